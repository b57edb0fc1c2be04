"""Writing exports: CSV that Excel opens rightly, Excel itself, JSON Lines."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from io import StringIO, TextIOWrapper
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from forms.out.rows import Kept, Rows
from forms.out.tables import Table, fixed_headings, item_headings
from forms.out.workbook import Book, is_number

#: UTF-8 with this mark in front is what Excel takes for UTF-8.
BOM = "\ufeff"
#: What a spreadsheet takes for the beginning of a formula (OWASP: CSV injection).
_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
#: So many submissions are written at a time, a third of a megabyte of wide forms.
FLUSHED = 50
Progress = Callable[[int], None]


def safe(text: str, *, numeric: bool = False) -> str:
    """Return the text so that no spreadsheet takes it for a formula; a number keeps its minus."""
    if not text or text[0] not in _FORMULA or (numeric and is_number(text)):
        return text
    return "'" + text


def headings(table: Table) -> list[str]:
    """Return the headings of a table."""
    return (item_headings() if table.rosters else fixed_headings()) + [
        c.label for c in table.columns.values()
    ]


def numeric_places(table: Table) -> frozenset[int]:
    """Return the places of the columns that hold numbers."""
    before = len(item_headings() if table.rosters else fixed_headings())
    return frozenset(before + i for i, column in enumerate(table.columns.values()) if column.numeric)


def safe_row(row: list[str], numbers: frozenset[int]) -> list[str]:
    """Return the row with every cell safe. Most cells are: they are let through by a look at their first sign."""
    return [
        cell if not cell or cell[0] not in _FORMULA else safe(cell, numeric=place in numbers)
        for place, cell in enumerate(row)
    ]


def csv_lines(
    kept: Iterable[Kept], rows: Rows, table: Table, progress: Progress | None = None
) -> Iterator[str]:
    """Give the lines of one table as CSV, some rows at a time."""
    buffer = StringIO()
    writer = csv.writer(buffer)
    numbers = numeric_places(table)
    buffer.write(BOM)
    writer.writerow([safe(text) for text in headings(table)])
    for count, submission in enumerate(kept, 1):
        for row in rows.of(submission, table):
            writer.writerow(safe_row(row, numbers))
        if count % FLUSHED == 0:
            yield _emptied(buffer)
            if progress:
                progress(count)
    yield _emptied(buffer)


def _emptied(buffer: StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def write_csv(out: IO[bytes], kept: Iterable[Kept], rows: Rows, progress: Progress | None = None) -> None:
    """Write one table as CSV; several as a ZIP with a CSV for each."""
    if len(rows.tables) == 1:
        for text in csv_lines(kept, rows, rows.tables[0], progress):
            out.write(text.encode())
        return
    with TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{place}.csv" for place in range(len(rows.tables))]
        _write_side_by_side(paths, kept, rows, progress)
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for path, table in zip(paths, rows.tables, strict=True):
                archive.write(path, f"{_file_name(table.label)}.csv")


def _write_side_by_side(
    paths: list[Path], kept: Iterable[Kept], rows: Rows, progress: Progress | None
) -> None:
    files = [path.open("w", encoding="utf-8", newline="") for path in paths]
    try:
        writers = [csv.writer(file) for file in files]
        numbers = [numeric_places(table) for table in rows.tables]
        for file, writer, table in zip(files, writers, rows.tables, strict=True):
            file.write(BOM)
            writer.writerow([safe(text) for text in headings(table)])
        for count, submission in enumerate(kept, 1):
            for writer, table, places in zip(writers, rows.tables, numbers, strict=True):
                writer.writerows(safe_row(row, places) for row in rows.of(submission, table))
            if progress and count % FLUSHED == 0:
                progress(count)
    finally:
        for file in files:
            file.close()


def write_xlsx(out: IO[bytes], kept: Iterable[Kept], rows: Rows, progress: Progress | None = None) -> None:
    """Write an Excel file with a sheet for each table. Cells are text or numbers, never formulas or links."""
    with Book(out) as book:
        sheets = [
            (book.add(table.label, headings(table), numeric_places(table)), table) for table in rows.tables
        ]
        for count, submission in enumerate(kept, 1):
            for sheet, table in sheets:
                for row in rows.of(submission, table):
                    sheet.write(row)
            if progress and count % FLUSHED == 0:
                progress(count)


def _file_name(text: str) -> str:
    return "".join("_" if sign in '<>:"/\\|?*\t\r\n' else sign for sign in text)[:60] or "table"


def write_jsonl(out: IO[bytes], kept: Iterable[Kept], rows: Rows, progress: Progress | None = None) -> None:
    """Write one JSON object a line: receipt, school, state, times, and the answers as they are kept.

    Only the columns of the tables are in it, so that sensitive answers stay out unless they were asked for.
    """
    names = {name for table in rows.tables for name, column in table.columns.items()}
    names |= {column.matrix for table in rows.tables for column in table.columns.values() if column.matrix}
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    text = TextIOWrapper(out, encoding="utf-8", write_through=False)
    for count, submission in enumerate(kept, 1):
        text.write(f"{encode(_object(submission, names))}\n")
        if progress and count % FLUSHED == 0:
            progress(count)
    text.flush()
    text.detach()


def _object(kept: Kept, names: set[str]) -> dict[str, Any]:
    keys = ("receipt", "school", "about", "submitted_by", "state", "submitted_at", "changed_at")
    return {
        "id": str(kept.uuid),
        **dict(zip(keys, kept.head, strict=True)),
        "answers": _plain(kept.answers, kept.calculated, names),
    }


def _plain(answers: dict[str, Any], calculated: dict[str, Any], names: set[str]) -> dict[str, Any]:
    values = {**answers.get("values", {}), **calculated.get("values", {})}
    plain: dict[str, Any] = {name: value for name, value in values.items() if name in names}
    for roster, items in answers.get("rosters", {}).items():
        worked = {item["id"]: item for item in calculated.get("rosters", {}).get(roster, [])}
        plain[roster] = [_plain(item, worked.get(item["id"], {}), names) for item in items]
    return plain


WRITERS: dict[str, Callable[..., None]] = {"csv": write_csv, "xlsx": write_xlsx, "jsonl": write_jsonl}
