"""Reads an .xlsx file that somebody sent: nothing in it is trusted, every fault is named with its cell."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from typing import IO, Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from cms.sheets.columns import Column, SheetError, SheetRow

MAX_BYTES = 5 * 1024 * 1024
#: Unpacked size and number of parts: an honest list of 2,000 rows stays far below (against zip bombs).
MAX_UNPACKED = 60 * 1024 * 1024
MAX_PARTS = 300
MAX_ROWS = 2000
MAX_COLUMNS = 60
MAX_CELL = 500


def read_sheet(file: IO[bytes], columns: list[Column]) -> tuple[list[SheetRow], list[str]]:
    """Return the rows of the first sheet, and headings that mean nothing to us (their columns are left out).

    Headings are found by their text, in any order.

    Raises SheetError for what concerns the whole file. Faults of single cells are in `SheetRow.errors`.
    """
    from openpyxl import load_workbook

    _refuse_unsafe(file)
    try:
        book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
        grid = book.worksheets[0].iter_rows(max_col=MAX_COLUMNS)
        places, ignored = _find_headings(next(grid, ()), columns)
        rows = []
        for number, cells in enumerate(grid, start=2):
            row = _read_row(number, cells, places)
            if row is not None:
                rows.append(row)
            if len(rows) > MAX_ROWS:
                raise SheetError(_("The list has more than %(n)d rows. Split it.") % {"n": MAX_ROWS})
    except SheetError:
        raise
    except Exception as error:
        raise SheetError(_("The file cannot be read. Save it in Excel as .xlsx and try again.")) from error
    if not rows:
        raise SheetError(_("The list has no rows below the headings."))
    return rows, ignored


def _refuse_unsafe(file: IO[bytes]) -> None:
    """Raise SheetError unless the file is a workbook of sane size without document type declarations."""
    file.seek(0, 2)
    if file.tell() > MAX_BYTES:
        raise SheetError(_("The file is larger than %(size)s.") % {"size": filesizeformat(MAX_BYTES)})
    file.seek(0)
    if not zipfile.is_zipfile(file):
        raise SheetError(_("This is not an .xlsx file. In Excel choose “Save as” and the type .xlsx."))
    file.seek(0)
    with zipfile.ZipFile(file) as archive:
        parts = archive.infolist()
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
            raise SheetError(_("The file unpacks to more than a list can need."))
        if "xl/workbook.xml" not in archive.namelist():
            raise SheetError(_("This is not an .xlsx file. In Excel choose “Save as” and the type .xlsx."))
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                with archive.open(part) as stream:
                    if b"<!DOCTYPE" in stream.read(4096):
                        raise SheetError(_("The file holds a document type declaration, which is refused."))
    file.seek(0)


def _find_headings(cells: Any, columns: list[Column]) -> tuple[dict[int, Column], list[str]]:
    """Return position -> column, and unknown headings. Raises SheetError naming those that are missing."""
    by_label = {str(column.label): column for column in columns}
    places: dict[int, Column] = {}
    ignored = []
    for place, cell in enumerate(cells):
        label = str(cell.value or "").strip().rstrip("*").strip()
        column = by_label.get(label)
        if column is None or column in places.values():
            ignored += [label[:40]] if label else []
        elif not column.export_only:
            places[place] = column
    missing = [str(c.label) for c in columns if c.required and c not in places.values()]
    if missing:
        names = "、".join(missing)
        raise SheetError(_("The first row lacks headings: %(names)s. Use the template.") % {"names": names})
    return places, ignored


def _read_row(number: int, cells: Any, places: dict[int, Column]) -> SheetRow | None:
    """Return the row; None when all its cells are empty."""
    row = SheetRow(number, {column.name: "" for column in places.values()})
    for place, column in places.items():
        cell = cells[place] if place < len(cells) else None
        text, fault = _text_of(cell)
        value = column.value_of(text)
        if value is None:
            allowed = "、".join(str(label) for _value, label in column.choices)
            fault = _("“%(text)s” is not one of: %(allowed)s") % {"text": text[:40], "allowed": allowed}
        elif column.required and not text and not fault:
            fault = _("This cell must be filled in.")
        row.values[column.name] = text if value is None else value
        if fault:
            from openpyxl.utils import get_column_letter

            row.errors[column.name] = f"{get_column_letter(place + 1)}{number}: {fault}"
    return row if any(row.values.values()) else None


def _text_of(cell: Any) -> tuple[str, str]:
    """Return the cell's text and what is wrong with it. A formula is never computed or kept."""
    value = getattr(cell, "value", None)
    if value is None:
        return "", ""
    kind = getattr(cell, "data_type", "s")
    if kind == "f" or (kind == "s" and str(value).startswith("=")):
        return "", _("The cell holds a formula. Enter the value itself.")
    if kind == "e":
        return "", _("The cell holds an Excel error.")
    if isinstance(value, bool):
        return ("1" if value else "0"), ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime):
        value = value.date()
    text = value.isoformat() if isinstance(value, date) else " ".join(str(value).split())
    if len(text) > MAX_CELL:
        return text[:MAX_CELL], _("The text is longer than %(n)d characters.") % {"n": MAX_CELL}
    return text, ""
