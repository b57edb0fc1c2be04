"""One plan recognised: every line of it in exactly one place."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from cms.plan_import.lines import Line
from cms.plan_import.recognise.calendar import Row, find_calendar
from cms.plan_import.recognise.facts import (
    Period,
    basis_of,
    day_of,
    period_of,
    term_of_calendar,
    year_of_day,
)
from cms.plan_import.recognise.level import level_of
from cms.plan_import.recognise.outline import Outline, outline_of
from cms.plan_import.recognise.people import Person, find_people
from cms.plan_import.recognise.splitting import PlanText
from cms.plan_import.recognise.tables import find_table_calendar


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of running text: `lead` is the heading at its start, shown bold."""

    text: str
    lead: str = ""
    bullet: bool = False
    cells: tuple[str, ...] = ()
    table: int | None = None


@dataclass
class Section:
    """A section: its heading with the number, and what stands beneath."""

    heading: str
    paragraphs: list[Paragraph] = field(default_factory=list)


@dataclass(frozen=True)
class CalendarRow:
    """A calendar row with its months worked out."""

    first_month: int
    last_month: int
    label: str
    work: str


@dataclass
class Plan:
    """What was recognised. `front`, `opening` and `footer` have no place in a section."""

    title: str
    source: list[str]
    sections: list[Section] = field(default_factory=list)
    calendar: list[CalendarRow] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    basis: list[str] = field(default_factory=list)
    front: list[Paragraph] = field(default_factory=list)
    opening: list[Paragraph] = field(default_factory=list)
    footer: list[Paragraph] = field(default_factory=list)
    level: str = "school"
    level_is_guess: bool = False
    period: Period = field(default_factory=lambda: Period(None))
    term_is_guess: bool = False
    weeks_are_guessed: bool = False
    day: date | None = None


def recognise(part: PlanText) -> Plan:
    """Sort the lines of one plan into title, sections, calendar, people and the rest."""
    lines = part.lines
    rows, people, outline = _find(lines)
    plan = Plan("".join(line.text for line in part.title), [line.text for line in part.all_lines()])
    plan.people = people
    plan.front = [_paragraph(line) for line in part.front]
    plan.footer = [_paragraph(line) for line in part.footer]
    taken = {index for row in rows for index in row.lines}
    taken |= {index for person in people for index in person.lines}
    _fill_sections(plan, lines, outline, taken)
    _state_facts(plan, [line.text for line in lines], rows)
    return plan


def _find(lines: list[Line]) -> tuple[list[Row], list[Person], Outline]:
    """Look for tables of months, months in lines, people, and in what is left for headings."""
    everything = range(len(lines))
    rows = find_table_calendar(lines)
    taken = {index for row in rows for index in row.lines}
    people = find_people(lines, [index for index in everything if index not in taken])
    taken |= {index for person in people for index in person.lines}
    rows += find_calendar(lines, [index for index in everything if index not in taken])
    taken |= {index for row in rows for index in row.lines}
    rows.sort(key=lambda row: row.lines[0])
    return rows, people, outline_of(lines, [index for index in everything if index not in taken])


def _fill_sections(plan: Plan, lines: list[Line], outline: Outline, taken: set[int]) -> None:
    target = plan.opening
    for index, line in enumerate(lines):
        if index in taken:
            continue
        cut = outline.cuts.get(index, 0)
        if index in outline.opens:
            section = Section(line.text[:cut].strip())
            plan.sections.append(section)
            target = section.paragraphs
            if rest := line.text[cut:].strip():
                target.append(Paragraph(rest))
        else:
            target.append(_paragraph(line, cut))


def _paragraph(line: Line, cut: int = 0) -> Paragraph:
    return Paragraph(line.text[cut:].strip(), line.text[:cut].strip(), line.bullet, line.cells, line.table)


def _state_facts(plan: Plan, texts: list[str], rows: list[Row]) -> None:
    plan.level, said = level_of(plan.title, texts)
    plan.level_is_guess = not said
    plan.period = period_of(plan.title, texts)
    plan.day = day_of(texts)
    if plan.period.school_year is None and (year := year_of_day(plan.day)):
        plan.period = Period(year, plan.period.term, "from the day")
    if not plan.period.term:
        guess = term_of_calendar(
            [month for row in rows if not row.span.weeks for month in row.span.months("")]
        )
        plan.period = Period(plan.period.school_year, guess, plan.period.warning)
        plan.term_is_guess = bool(guess)
    plan.weeks_are_guessed = any(row.span.weeks for row in rows)
    for row in rows:
        first, last = row.span.months(plan.period.term)
        plan.calendar.append(CalendarRow(first, last, row.label, "\n".join(row.work)))
    plan.basis = basis_of(texts)
