"""Calendars in tables: 月份 | 工作内容 | 负责人."""

from __future__ import annotations

import re

from cms.plan_import.lines import Line, flat
from cms.plan_import.recognise.calendar import Row
from cms.plan_import.recognise.entries import LABEL_LIMIT
from cms.plan_import.recognise.months import Span, span_at

_TIME_HEAD = re.compile(r"(月份|时间|周次|日期|月|起止时间|实施时间|时段|阶段)")
_MONTH_ONLY = re.compile(
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})(?:-(?:\d{1,2}|[一二三四五六七八九十]{1,2}))?"
)


def find_table_calendar(lines: list[Line]) -> list[Row]:
    """Return the rows of tables that have a column of times; the table's head stays in the text."""
    tables: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        if line.table is not None:
            tables.setdefault(line.table, []).append(index)
    return [row for rows in tables.values() for row in _rows_of(lines, rows)]


def _rows_of(lines: list[Line], numbers: list[int]) -> list[Row]:
    width = max(len(lines[index].cells) for index in numbers)
    head = lines[numbers[0]].cells
    for column in range(min(width, 3)):
        unit = _unit_of(head, column)
        spans = {index: span for index in numbers if (span := _cell_span(lines[index], column, unit))}
        named = [index for index in numbers if _cell(lines[index], column)]
        if len(spans) >= 2 and len(spans) * 5 >= len(named) * 3:
            return _build(lines, numbers, column, spans, head if numbers[0] not in spans else ())
    return []


def _unit_of(head: tuple[str, ...], column: int) -> str:
    """Return 月 or 周 when the column's head says what its bare numbers mean."""
    name = flat(head[column]).replace(" ", "") if column < len(head) else ""
    if not _TIME_HEAD.search(name):
        return ""
    return "周" if "周" in name else "月"


def _cell_span(line: Line, column: int, unit: str) -> Span | None:
    text = flat(_cell(line, column)).replace(" ", "")
    if unit and _MONTH_ONLY.fullmatch(text):
        text = f"第{text}周" if unit == "周" else f"{text}月"
    span = span_at(text)
    closed = span is not None and (span.end == len(text) or len(text) - span.end <= 12)
    return span if span and closed and len(_cell(line, column)) <= LABEL_LIMIT else None


def _cell(line: Line, column: int) -> str:
    return line.cells[column] if column < len(line.cells) else ""


def _build(
    lines: list[Line], numbers: list[int], column: int, spans: dict[int, Span], head: tuple[str, ...]
) -> list[Row]:
    """Make a row of each time; a row of the table without a time goes on with the row above."""
    rows: list[Row] = []
    for index in numbers:
        work = _work(lines[index], column, head)
        if index in spans:
            rows.append(Row(spans[index], _cell(lines[index], column), [work] if work else [], [index]))
        elif rows and not _cell(lines[index], column):
            rows[-1].work += [work] if work else []
            rows[-1].lines.append(index)
    return rows


def _work(line: Line, column: int, head: tuple[str, ...]) -> str:
    """Join the other columns; with more than one, each after the first says what it is (负责人：…)."""
    others = [(place, cell) for place, cell in enumerate(line.cells) if place != column and cell]
    parts = []
    for number, (place, cell) in enumerate(others):
        name = head[place] if number and place < len(head) else ""
        parts.append(f"{name}：{cell}" if name else cell)
    return "\n".join(parts)
