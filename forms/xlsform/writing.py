"""A form's document as an XLSForm workbook.

The workbook is written twice: once plain, which is read back to see what XLSForm's own columns keep, and once with
what they do not keep in columns of our own (`forms.xlsform.own`). So whatever goes out comes back the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from pyxform.errors import PyXFormError
from pyxform.parsing.sheet_headers import process_header
from pyxform.question import Option
from pyxform.xls2xform import convert

from forms.codes.lookup import choices_of
from forms.definitions.document import Document
from forms.xlsform import own
from forms.xlsform.naming import Names
from forms.xlsform.notes import WorkbookRefusedError
from forms.xlsform.reading import DOCUMENT, flattened, read_rows
from forms.xlsform.refusals import in_chinese
from forms.xlsform.rows import GENDER, YES_NO, Line, Writer, agreed_list
from forms.xlsform.workbook import open_workbook

_SURVEY = (
    "type", "name", "label", "hint", "guidance_hint", "required", "required_message", "relevant", "constraint",
    "constraint_message", "appearance", "default", "read_only", "calculation", "choice_filter", "repeat_count",
    "parameters", "save_to", "xinqiao::type",
)  # fmt: skip
_WIDE = {"label": 40, "hint": 25, "relevant": 30, "constraint": 30, "calculation": 30}
#: So many choices of a code list of the site are written out.
MOST_CODES = 5_000
_REGISTER = re.compile(r"[A-Za-z_\u4e00-\u9fff][\w-]*$")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
Row = dict[str, str]


@dataclass
class Sheets:
    """The rows of a workbook before they are written."""

    survey: list[Line]
    choices: list[Row]
    settings: Row
    entities: list[Row] = field(default_factory=list)


def write_workbook(document: Document, slug: str, version: int | None = None) -> bytes:
    """Return the form as an `.xlsx` that pyxform accepts and that reads back as the same document.

    Raises WorkbookRefusedError when no XForm can be made of it, with pyxform's reason.
    """
    try:
        return _written(document, slug, version, saves=document.about is not None)
    except PyXFormError:
        # What pyxform asks of entities is more than a register asks; then they travel in our own columns alone.
        try:
            return _written(document, slug, version, saves=False)
        except PyXFormError as error:
            raise WorkbookRefusedError([in_chinese(str(error))]) from error


def _written(document: Document, slug: str, version: int | None, *, saves: bool) -> bytes:
    sheets = sheets_of(document, slug, version, saves=saves)
    book = open_workbook(as_xlsx(sheets), f"{slug}.xlsx", gate=False)
    plain, context = read_rows(book)
    for number, line in enumerate(sheets.survey, start=2):
        if line.item is not None:
            line.cells |= own.own_cells(context.plain.get(number, {}), line.item)
    theirs = {key: part for key, part in plain.items() if key != "steps"}
    ours = {key: part for key, part in flattened(document.compact()).items() if key != "steps"}
    sheets.settings |= own.own_cells(theirs, ours, DOCUMENT)
    content = as_xlsx(sheets)
    convert(content, file_type=".xlsx")
    return content


def sheets_of(document: Document, slug: str, version: int | None, *, saves: bool) -> Sheets:
    """Return the rows of the document's workbook, without our own columns."""
    names = Names(document)
    writer = Writer(document, names, saves)
    lines = list(writer.lines())
    choices = [row for name in document.lists for row in _choices(document, name, names.lists[name])]
    choices += _fixed(YES_NO, {"yes": _("Yes"), "no": _("No")}, lines)
    choices += _fixed(GENDER, {"male": _("Male"), "female": _("Female")}, lines)
    for value in sorted(writer.agreed):
        choices += _fixed(agreed_list(value), {value: _("I agree")}, lines)
    settings = {
        "form_title": document.title,
        "form_id": slug,
        "version": str(version or ""),
        "instance_name": _instance_name(document.summary, names),
        "allow_choice_duplicates": "yes" if _has_duplicates(choices) else "",
    }
    return Sheets(lines, choices, settings, _entities(document, writer) if saves else [])


def _choices(document: Document, name: str, shown: str) -> list[Row]:
    rows = []
    for choice in list(choices_of(document, name))[:MOST_CODES]:
        row = {"list_name": shown, "name": choice.value, "label": choice.label or choice.value}
        if choice.score is not None:
            row["xinqiao_score"] = str(choice.score)
        rows.append(row | {key: value for key, value in choice.extra.items() if _is_column(key)})
    return rows or [{"list_name": shown, "name": "-", "label": "-"}]


def _is_column(title: str) -> bool:
    """Say whether a column of this title means nothing to XLSForm."""
    from pyxform import aliases

    known = {"label", "list_name", "name", "xinqiao_score", "image", "audio", "video", "big-image"}
    read = process_header(title, True, aliases.list_header, set(Option.get_slot_names()))[1]
    return title not in known and title not in Option.get_slot_names() and read == (title,)


def _fixed(name: str, labels: dict[str, str], lines: list[Line]) -> list[Row]:
    used = any(line.cells.get("type", "").endswith(f" {name}") for line in lines)
    rows = [{"list_name": name, "name": value, "label": label} for value, label in labels.items()]
    return rows if used else []


def _has_duplicates(choices: list[Row]) -> bool:
    return len({(row["list_name"], row["name"]) for row in choices}) < len(choices)


def _instance_name(summary: str, names: Names) -> str:
    """Return concat() of the texts and answers of the summary; empty when a text has both kinds of quotes."""
    if not summary:
        return ""
    parts = []
    for part in re.split(r"(\$\{[^{}]+\})", names.label(summary)):
        if part.startswith("${") and part.endswith("}"):
            parts.append(part)
        elif part:
            quote = '"' if "'" in part else "'"
            if quote in part:
                return ""
            parts.append(f"{quote}{part}{quote}")
    return f"concat({', '.join(parts)})"


def _entities(document: Document, writer: Writer) -> list[Row]:
    about = document.about
    if about is None or not _REGISTER.match(about.register_name):
        return []
    when = writer.expression(about.when)
    row = {"list_name": about.register_name, "label": _instance_name(document.summary, writer.names) or "'-'"}
    if about.mode == "makes":
        return [row | {"create_if": when}]
    record = next((name for name, placed in document.questions.items() if placed.item.type == "record"), "")
    return [row | {"update_if": when, "entity_id": f"${{{writer.names.of(record)}}}"}] if record else []


def as_xlsx(sheets: Sheets) -> bytes:
    """Return the rows as a workbook, for people as well: titles stay in sight, long texts wrap."""
    packed = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(packed, options) as book:
        rows = [line.cells for line in sheets.survey]
        _sheet(book, "survey", rows, _SURVEY)
        _sheet(book, "choices", sheets.choices, ("list_name", "name", "label"))
        _sheet(book, "settings", [sheets.settings], ("form_title", "form_id"))
        if sheets.entities:
            _sheet(book, "entities", sheets.entities, ("list_name",))
    return packed.getvalue()


def _sheet(book: Any, name: str, rows: list[Row], first: tuple[str, ...]) -> None:
    every = dict.fromkeys(title for row in rows for title, text in row.items() if text)
    titles = [title for title in first if title in every or title in {"type", "name", "label", "list_name"}]
    titles += [title for title in every if title not in titles]
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bg_color": "#E8EEF7", "bottom": 1})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.freeze_panes(1, 0)
    for column, title in enumerate(titles):
        sheet.set_column(column, column, 12 if title.startswith("xinqiao") else _WIDE.get(title, 18))
        sheet.write_string(0, column, title, head)
        for number, row in enumerate(rows, start=1):
            if row.get(title):
                sheet.write_string(number, column, _CONTROL.sub("", row[title])[:32_767], body)
