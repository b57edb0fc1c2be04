"""Calendars (月历): runs of lines that each name a later time become rows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from cms.plan_import.lines import Line, flat
from cms.plan_import.recognise.entries import Entry, entry_of, numbers_before_months
from cms.plan_import.recognise.headings import is_known_heading
from cms.plan_import.recognise.marks import mark_of
from cms.plan_import.recognise.months import Span, span_at

_NEXT_TIME = re.compile(r"[。;]\s*")
_MAX_GAP = 40  # lines between two rows of one calendar
_CLOSING = ("总之", "综上", "以上", "最后", "总的来说", "备注", "注：", "注:", "说明", "附")


@dataclass
class Row:
    """A row of the calendar, in words and in months. `lines` are the numbers of the lines it took."""

    span: Span
    label: str
    work: list[str]
    lines: list[int] = field(default_factory=list)


def find_calendar(lines: list[Line], free: Iterable[int]) -> list[Row]:
    """Return the rows found in the lines that are free, in the order of the text."""
    numbers = [index for index in free if lines[index].table is None]
    ambiguous = numbers_before_months([(index, lines[index].text) for index in numbers])
    found = [entry for index in numbers if (entry := entry_of(index, lines[index].text, index in ambiguous))]
    rows: list[Row] = []
    taken: set[int] = set()
    for weeks in (False, True):  # weeks inside a month belong to the month's row
        kind = [entry for entry in found if entry.span.weeks == weeks and entry.index not in taken]
        for run in _runs(kind, lines):
            rows += (made := _rows(run, lines, numbers))
            taken.update(index for row in made for index in row.lines)
    return sorted(rows, key=lambda row: row.lines[0])


def _runs(entries: list[Entry], lines: list[Line]) -> list[list[Entry]]:
    """Cut the entries into runs where time goes on and no new section begins; keep those that convince."""
    runs: list[list[Entry]] = []
    for entry in entries:
        if runs and _continues(runs[-1], entry, lines):
            runs[-1].append(entry)
        else:
            runs.append([entry])
    return [run for run in runs if _convinces(run)]


def _continues(run: list[Entry], entry: Entry, lines: list[Line]) -> bool:
    last = run[-1]
    if entry.index - last.index > _MAX_GAP or entry.trailing != last.trailing:
        return False
    if last.trailing and entry.index != last.index + 1:
        return False
    if last.rank != entry.rank and not (last.firm and entry.firm and entry.index == last.index + 1):
        return False
    if any(_begins_section(lines[index], last.rank) for index in range(last.index + 1, entry.index)):
        return False
    return _later(run, entry.span)


def _later(run: list[Entry], span: Span) -> bool:
    """Say whether the time comes after the last one, round the year at most once."""
    last = run[-1].span
    if span.weeks:
        return span.first > last.first
    steps = [(after.span.first - before.span.first) % 12 for before, after in pairwise(run)]
    step = (span.first - last.first) % 12
    near = step <= 7 or (span.first - last.last) % 12 <= 3
    return near and sum(steps) + step < 12


def _convinces(run: list[Entry]) -> bool:
    """Two rows do when the times stand apart from the work, three otherwise; one never does."""
    if len({entry.label for entry in run}) < 2:
        return False
    return len(run) >= 3 or all(entry.firm for entry in run)


def _begins_section(line: Line, rank: int) -> bool:
    """Say whether the line opens a section above the rows: 五、 or a heading, never a row's own points."""
    mark = mark_of(line.text)
    if mark:
        return mark.rank < min(rank, 3) or mark.rank == rank
    return line.level is not None or is_known_heading(line.text)


def _rows(run: list[Entry], lines: list[Line], numbers: list[int]) -> list[Row]:
    """Give each row the lines down to the next one, the last as many as the others had."""
    rows: list[Row] = []
    for place, entry in enumerate(run):
        following = [index for index in numbers if index > entry.index]
        if place + 1 < len(run):
            own = [index for index in following if index < run[place + 1].index]
        else:
            own = _lines_of_last(entry, following, lines, list(zip(rows, run, strict=False)))
        work = [part for part in (entry.work, *(lines[index].text for index in own)) if part]
        label = entry.label
        if not work and entry.alone:
            label, work = entry.alone[0], [entry.alone[1]]
        rows.append(Row(entry.span, label, work, [entry.index, *own]))
    return [part for row in rows for part in _apart(row)]


def _apart(row: Row) -> list[Row]:
    """Part a row whose one line names several times: 3月：摸底。4月：建档。"""
    if len(row.work) != 1 or not row.label.endswith(("：", ":")):
        return [row]
    text, parts = row.work[0], [row]
    for match in _NEXT_TIME.finditer(flat(text)):
        span = span_at(text, match.end())
        if span and not span.weeks and flat(text)[span.end : span.end + 1] == ":":
            parts.append(Row(span, text[span.start : span.end + 1], [text[span.end + 1 :]], row.lines))
    for part, after in pairwise(parts):
        part.work = [part.work[0][: len(part.work[0]) - len(after.label) - len(after.work[0])].strip()]
    for part in parts:
        part.work = [part.work[0].strip()]
    return parts if all(part.work[0] for part in parts) else [row]


def _lines_of_last(
    entry: Entry, following: list[int], lines: list[Line], before: list[tuple[Row, Entry]]
) -> list[int]:
    """Nothing marks the end of the last row: numbered points go on, plain lines only as often as before."""
    alike = [row for row, other in before if bool(other.work) == bool(entry.work)]
    plain_before = [sum(mark_of(lines[i].text) is None for i in row.lines[1:]) for row in alike]
    points_before = any(mark_of(lines[i].text) for row, _entry in before for i in row.lines[1:])
    allowed = max([*plain_before, 0 if entry.work else 1])
    own: list[int] = []
    expected = entry.index
    for index in following:
        line, expected = lines[index], expected + 1
        if index != expected or _begins_section(line, entry.rank) or line.text.startswith(_CLOSING):
            break
        if mark := mark_of(line.text):
            if not points_before or (own and mark.number == 1 and mark_of(lines[own[-1]].text)):
                break
        elif allowed == 0 or (own and mark_of(lines[own[-1]].text)):
            break
        else:
            allowed -= 1
        own.append(index)
    return own
