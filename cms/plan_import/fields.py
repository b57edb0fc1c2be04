"""From a recognised plan to the fields of a page, and the proof that nothing was lost on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from cms.plan_import.html import plain_text, rich_text
from cms.plan_import.lines import count_characters
from cms.plan_import.recognise.plan import Paragraph, Plan

Block = tuple[str, Any]


def page_fields(plan: Plan, policies: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a PlanPage's fields, title and place apart.

    `policies` maps what stands in `plan.basis` to the policy page of this site.
    """
    return {
        "level": plan.level,
        "school_year": plan.period.school_year,
        "term": plan.period.term or "year",
        "date": plan.day,
        "sections": [_section(section.heading, section.paragraphs) for section in plan.sections],
        "calendar": [_row(row.first_month, row.last_month, row.label, row.work) for row in plan.calendar],
        "leading_group": [
            ("person", {"role": person.role, "names": person.names, "duty": ""}) for person in plan.people
        ],
        "basis": [("basis", {"policy": policies.get(title), "title": title}) for title in plan.basis],
        "body": [block for part in (plan.front, plan.opening, plan.footer) for block in _body(part)],
    }


def kept_characters(plan: Plan, fields: dict[str, Any]) -> int:
    """Count the characters of the input that stand in the fields.

    Each character of a field is counted once, and only for a character of the input that it can stand
    for. `basis` repeats what sections say, so it proves nothing and is left out.
    """
    wanted = Counter("".join("".join(plan.source).split()))
    found = Counter("".join("".join(_texts(plan, fields)).split()))
    return sum((wanted & found).values())


def read_characters(plan: Plan) -> int:
    """Count the characters of the input."""
    return sum(count_characters(text) for text in plan.source)


def _texts(plan: Plan, fields: dict[str, Any]) -> Iterable[str]:
    yield plan.title
    for _kind, section in fields["sections"]:
        yield section["heading"]
        yield plain_text(section["body"])
    for _kind, row in fields["calendar"]:
        yield from (row["label"], row["work"])
    for _kind, person in fields["leading_group"]:
        yield from (person["role"], person["names"])
    for kind, value in fields["body"]:
        if kind == "text":
            yield plain_text(value)
        else:
            yield from (cell for cells in value["table"]["data"] for cell in cells)


def _section(heading: str, paragraphs: list[Paragraph]) -> Block:
    return ("section", {"heading": heading, "body": rich_text(paragraphs), "key": ""})


def _row(first: int, last: int, label: str, work: str) -> Block:
    until = str(last) if last != first else ""
    return ("row", {"first_month": str(first), "last_month": until, "label": label, "work": work, "key": ""})


def _body(paragraphs: list[Paragraph]) -> Iterable[Block]:
    """Running text becomes text blocks, the rows of a table a table block."""
    for table, group in groupby(paragraphs, key=lambda paragraph: paragraph.table):
        if table is None:
            yield ("text", rich_text(group))
        else:
            yield ("table", {"caption": "", "table": _table([paragraph.cells for paragraph in group])})


def _table(rows: list[tuple[str, ...]]) -> dict[str, Any]:
    width = max(len(row) for row in rows)
    return {
        "data": [[*row, *([""] * (width - len(row)))] for row in rows],
        "cell": [],
        "mergeCells": [],
        "first_row_is_table_header": len(rows) > 1,
        "first_col_is_header": False,
        "table_caption": "",
        "table_header_choice": "row" if len(rows) > 1 else "neither",
    }
