"""Writes a list as .xlsx whose cells are text: nothing that somebody typed becomes a formula or a link."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from itertools import chain, islice
from tempfile import TemporaryFile
from typing import IO, Any

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from cms.sheets.columns import Column

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Rows of a fresh template that offer the choices as a drop-down list.
PREPARED_ROWS = 500
#: The rows that a sheet of Excel holds under its headings.
SHEET_ROWS = 1_048_575
#: A text that starts so would turn into a formula when the list is saved as CSV or typed over.
_RISKY = ("=", "+", "-", "@", "\t", "\r")
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_sheet(columns: list[Column], rows: Iterable[Mapping[str, Any]], title: str) -> bytes:
    """Return the workbook: sheets with headings and rows, and a last one that explains the columns."""
    buffer = BytesIO()
    write_sheet_to(buffer, columns, rows, title)
    return buffer.getvalue()


def write_sheet_to(
    out: IO[bytes], columns: list[Column], rows: Iterable[Mapping[str, Any]], title: str
) -> None:
    """Write the workbook to a file, row by row: memory does not grow with the rows."""
    import xlsxwriter

    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        head = book.add_format(
            {"bold": True, "bg_color": "#E6EFEF", "bottom": 1, "text_wrap": True, "num_format": "@"}
        )
        text = book.add_format({"num_format": "@"})
        guarded = book.add_format({"num_format": "@", "quote_prefix": True})
        for part, share in enumerate(_shares(rows), start=1):
            sheet = book.add_worksheet(title[:31] if part == 1 else f"{title[:26]} {part}")
            for place, column in enumerate(columns):
                sheet.set_column(place, place, column.width, text)
                sheet.write_string(0, place, f"{column.label}{' *' if column.required else ''}", head)
            last = PREPARED_ROWS
            for number, row in enumerate(share, start=1):
                for place, column in enumerate(columns):
                    shown = column.label_of(row.get(column.name, ""))
                    sheet.write_string(number, place, shown, guarded if shown.startswith(_RISKY) else text)
                last = max(last, number)
            _offer_choices(sheet, columns, last)
            sheet.freeze_panes(1, 0)
        _write_guide(book, columns, head, text)


def _shares(rows: Iterable[Mapping[str, Any]]) -> Iterator[Iterable[Mapping[str, Any]]]:
    """Give the rows in shares that a sheet can hold; at least one, which may be empty."""
    left = iter(rows)
    yield islice(left, SHEET_ROWS)
    for first in left:
        yield chain([first], islice(left, SHEET_ROWS - 1))


def _offer_choices(sheet: Any, columns: list[Column], last: int) -> None:
    for place, column in enumerate(columns):
        if column.choices and not column.export_only:
            labels = [str(label) for _value, label in column.choices]
            sheet.data_validation(1, place, last, place, {"validate": "list", "source": labels})


def _write_guide(book: Any, columns: list[Column], head: Any, text: Any) -> None:
    guide = book.add_worksheet(_("How to fill in"))
    guide.set_column(0, 1, 14, text)
    guide.set_column(2, 2, 80, text)
    for place, label in enumerate((_("Column"), _("Required"), _("How to fill in"))):
        guide.write_string(0, place, label, head)
    for number, column in enumerate(columns, start=1):
        hint = str(column.hint)
        if column.export_only:
            hint = _("Only in exported lists; ignored when imported.")
        elif column.choices:
            options = "、".join(str(label) for _value, label in column.choices)
            hint = " ".join(filter(None, (hint, _("One of: %(options)s") % {"options": options})))
        guide.write_string(number, 0, str(column.label), text)
        guide.write_string(number, 1, _("Yes") if column.required else _("No"), text)
        guide.write_string(number, 2, hint, text)


def xlsx_stream(
    columns: list[Column], rows: Iterable[Mapping[str, Any]], title: str, name: str
) -> HttpResponseBase:
    """Write the workbook to a file of the system's, and return it as a download that no cache keeps."""
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    write_sheet_to(file, columns, rows, title)
    file.seek(0)
    response = FileResponse(file, content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.xlsx") or ""
    response["Cache-Control"] = "no-store"
    return response


def xlsx_response(content: bytes, name: str) -> HttpResponse:
    """Return the workbook as a download that no cache keeps."""
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.xlsx")
    response["Cache-Control"] = "no-store"
    return response
