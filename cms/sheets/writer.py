"""Writes a list as .xlsx whose cells are text: nothing that somebody typed becomes a formula or a link."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from cms.sheets.columns import Column

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Rows of a fresh template that offer the choices as a drop-down list.
PREPARED_ROWS = 500
#: A text that starts so would turn into a formula when the list is saved as CSV or typed over.
_RISKY = ("=", "+", "-", "@", "\t", "\r")
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_sheet(columns: list[Column], rows: Iterable[Mapping[str, Any]], title: str) -> bytes:
    """Return the workbook: one sheet with headings and rows, and a second one that explains the columns."""
    import xlsxwriter

    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, _OPTIONS)
    sheet = book.add_worksheet(title[:31])
    head = book.add_format(
        {"bold": True, "bg_color": "#E6EFEF", "bottom": 1, "text_wrap": True, "num_format": "@"}
    )
    text = book.add_format({"num_format": "@"})
    guarded = book.add_format({"num_format": "@", "quote_prefix": True})
    last = PREPARED_ROWS
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width, text)
        sheet.write_string(0, place, f"{column.label}{' *' if column.required else ''}", head)
    for number, row in enumerate(rows, start=1):
        for place, column in enumerate(columns):
            shown = column.label_of(row.get(column.name, ""))
            sheet.write_string(number, place, shown, guarded if shown.startswith(_RISKY) else text)
        last = max(last, number)
    for place, column in enumerate(columns):
        if column.choices and not column.export_only:
            labels = [str(label) for _value, label in column.choices]
            sheet.data_validation(1, place, last, place, {"validate": "list", "source": labels})
    sheet.freeze_panes(1, 0)
    _write_guide(book, columns, head, text)
    book.close()
    return buffer.getvalue()


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


def xlsx_response(content: bytes, name: str) -> HttpResponse:
    """Return the workbook as a download that no cache keeps."""
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.xlsx")
    response["Cache-Control"] = "no-store"
    return response
