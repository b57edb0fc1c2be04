"""Search results as a list to take away: CSV in pieces, or Excel. Nothing in a cell becomes a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from tempfile import TemporaryFile
from typing import Any

from django.conf import settings
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from cms.findable.kinds import kind_label, status_label
from cms.sheets.writer import XLSX
from cms.staff_search.results import StaffFound, all_found
from search.service import Query

MOST = 5_000  # rows; the last one says when there are more
BOM = "\ufeff"  # what Excel takes for UTF-8
_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
Row = list[str]


def export(user: Any, query: Query, total: int, suffix: str) -> HttpResponseBase:
    """Return the results as a download. Raises SearchUnavailable."""
    rows = _rows(all_found(user, query, MOST), total)
    name = f"{_('Search results')}-{timezone.localdate():%Y%m%d}.{suffix}"
    response: HttpResponseBase
    if suffix == "csv":
        response = StreamingHttpResponse(_csv(rows), content_type="text/csv; charset=utf-8")
    else:
        file = TemporaryFile()  # noqa: SIM115 - the response closes it
        _write_xlsx(file, rows)
        file.seek(0)
        response = FileResponse(file, content_type=XLSX)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
    response.headers["Cache-Control"] = "private, no-store"
    return response


def safe(text: str) -> str:
    """Return the text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text and text[0] in _FORMULA else text


def _rows(found: Iterable[StaffFound], total: int) -> Iterator[Row]:
    yield [
        _("Title"), _("Kind"), _("School"), _("Township"), _("School year"), _("Topics"), _("Status"), _("Date"),
        _("Public"), _("Address"),
    ]  # fmt: skip
    yield from map(_row, found)
    if total > MOST:
        yield [_("Only the first %(n)d of %(total)d are in this list.") % {"n": MOST, "total": total}]


def _row(one: StaffFound) -> Row:
    hit = one.found.hit

    def of(facet: str) -> list[str]:
        return list(hit.facets.get(facet, ()))

    return [
        hit.title,
        kind_label(hit.kind),
        "、".join(of("school")),
        "、".join(of("township")),
        "、".join(one.years),
        "、".join(of("topic")),
        "、".join(map(status_label, of("status"))),
        hit.date.isoformat() if hit.date else "",
        _("No") if one.draft else _("Yes"),
        f"{settings.WAGTAILADMIN_BASE_URL}{one.url}" if one.url else "",
    ]


def _csv(rows: Iterable[Row]) -> Iterator[str]:
    buffer = StringIO()
    writer = csv.writer(buffer)
    yield BOM
    for row in rows:
        writer.writerow(map(safe, row))
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _write_xlsx(file: Any, rows: Iterable[Row]) -> None:
    from xlsxwriter import Workbook  # 14 MB of code: read when it is asked for

    options = {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    }  # fmt: skip
    with Workbook(file, options) as book:
        sheet = book.add_worksheet(_("Search results")[:31])
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, 48)
        sheet.set_column(1, 8, 16)
        sheet.set_column(9, 9, 48)
        bold = book.add_format({"bold": True})
        for number, row in enumerate(rows):
            for place, text in enumerate(row):
                sheet.write_string(number, place, text[:32_767], bold if number == 0 else None)
