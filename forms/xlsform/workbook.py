"""An XLSForm workbook as rows of cells under the columns' proper names.

pyxform reads the file and is the gate: what it refuses is refused. Rows are read here once more, since what pyxform
makes of them no longer says in which row and column something stood.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import PurePath

from django.utils.translation import gettext as _
from pyxform import aliases
from pyxform.errors import PyXFormError
from pyxform.parsing.sheet_headers import process_header
from pyxform.question import MultipleChoiceQuestion, Option
from pyxform.survey import Survey
from pyxform.xls2json_backends import DefinitionData, get_xlsform
from pyxform.xls2xform import convert

from forms.xlsform.notes import Notes, WorkbookRefusedError
from forms.xlsform.refusals import in_chinese

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED = 100 * 1024 * 1024
MAX_ROWS = 20_000
FILE_TYPES = {".xlsx", ".xlsm", ".xls", ".csv", ".md"}
KNOWN_SHEETS = {"survey", "choices", "settings", "entities", "external_choices", "osm"}

#: What pyxform calls a column -> what a form's author calls it.
_COLUMNS = {
    ("bind", "relevant"): "relevant",
    ("bind", "required"): "required",
    ("bind", "jr:requiredMsg"): "required_message",
    ("bind", "constraint"): "constraint",
    ("bind", "jr:constraintMsg"): "constraint_message",
    ("bind", "calculate"): "calculation",
    ("bind", "readonly"): "read_only",
    ("bind", "entities:saveto"): "save_to",
    ("control", "appearance"): "appearance",
    ("control", "jr:count"): "repeat_count",
    ("control", "rows"): "rows",
    ("media", "image"): "image",
    ("media", "big-image"): "big-image",
    ("media", "audio"): "audio",
    ("media", "video"): "video",
    ("list name",): "list_name",
    ("title",): "form_title",
    ("id_string",): "form_id",
    ("dataset",): "list_name",
}
_TRANSLATED = {
    "label", "hint", "guidance_hint", "required_message", "constraint_message", "image", "big-image", "audio", "video",
}  # fmt: skip
_ALIASES = {
    "survey": aliases.survey_header,
    "choices": aliases.list_header,
    "settings": aliases.settings_header,
    "entities": aliases.entities_header,
}
_SLOTS = {
    "survey": set(MultipleChoiceQuestion.get_slot_names()),
    "choices": set(Option.get_slot_names()),
    "settings": set(Survey.get_slot_names()),
    "entities": {"dataset", "entity_id", "create_if", "update_if", "repeat", "label"},
}
_SPACES = re.compile(r"( )+")
_CHINESE = re.compile(r"chinese|中文|汉语|简体|\bzh\b", re.IGNORECASE)


@dataclass(frozen=True)
class Column:
    """A column of a sheet: its title as typed, its proper name, and the language of its texts."""

    title: str
    name: str
    language: str = ""


@dataclass(frozen=True)
class Row:
    """A row of a sheet: its number as in a spreadsheet, and its cells that are not empty by proper column names."""

    number: int
    cells: dict[str, str]
    titles: dict[str, str] = field(default_factory=dict)


@dataclass
class Workbook:
    """The sheets of a form."""

    survey: list[Row]
    choices: list[Row]
    settings: dict[str, str]
    entities: list[Row]
    language: str
    name: str
    notes: Notes
    xform: str = ""


def open_workbook(content: bytes, filename: str, *, gate: bool = True) -> Workbook:
    """Read a workbook. Raises WorkbookRefusedError when pyxform refuses it or it is too large.

    `gate=False` only reads the rows; it is for workbooks that were written here.
    """
    suffix = PurePath(filename).suffix.lower()
    check_file(content, suffix)
    try:
        # A text is handed over as text: pyxform tells files by their first bytes.
        data = get_xlsform(
            content if suffix in {".xlsx", ".xlsm", ".xls"} else content.decode("utf-8-sig"), suffix
        )
        xform = _passed(content, suffix, filename) if gate else ""
    except UnicodeDecodeError as error:
        raise WorkbookRefusedError([_("The file is not a spreadsheet: its text is not UTF-8.")]) from error
    except PyXFormError as error:
        raise WorkbookRefusedError([in_chinese(str(error))]) from error
    except WorkbookRefusedError:
        raise
    except Exception as error:
        raise WorkbookRefusedError([_broken(error)]) from error
    return _read(data, PurePath(filename).stem, xform)


def _broken(error: Exception) -> str:
    return _("The workbook cannot be read (%(error)s).") % {"error": f"{type(error).__name__}: {error}"[:300]}


def check_file(content: bytes, suffix: str) -> None:
    """Refuse a file by its kind and size, before anything reads it. Raises WorkbookRefusedError."""
    if suffix not in FILE_TYPES:
        raise WorkbookRefusedError([_("An XLSForm is a spreadsheet: .xlsx, .xls or .csv.")])
    if len(content) > MAX_BYTES:
        raise WorkbookRefusedError([_("The workbook is larger than 10 MB.")])
    if suffix in {".xlsx", ".xlsm"}:
        try:
            with zipfile.ZipFile(BytesIO(content)) as archive:
                unpacked = sum(entry.file_size for entry in archive.infolist())
        except zipfile.BadZipFile as error:
            raise WorkbookRefusedError([_("The file is damaged, or it is no Excel workbook.")]) from error
        if unpacked > MAX_UNPACKED:
            raise WorkbookRefusedError([_("The workbook is larger than 100 MB when it is unpacked.")])


def _passed(content: bytes, suffix: str, filename: str) -> str:
    """Return the XForm that pyxform makes of the workbook. Raises what pyxform raises."""
    given = content if suffix in {".xlsx", ".xlsm", ".xls"} else content.decode("utf-8-sig")
    return convert(xlsform=given, file_type=suffix).xform


def _read(data: DefinitionData, name: str, xform: str) -> Workbook:
    notes = Notes()
    columns = {sheet: _columns(sheet, data) for sheet in _ALIASES}
    settings = _rows("settings", data, columns, "")
    flat = dict(settings[0].cells) if settings else {}
    language = _language(columns, flat.get("default_language", ""))
    sheets = {sheet: _rows(sheet, data, columns, language) for sheet in ("survey", "choices", "entities")}
    if len(sheets["survey"]) + len(sheets["choices"]) > MAX_ROWS:
        raise WorkbookRefusedError([_("The workbook has more than %(count)d rows.") % {"count": MAX_ROWS}])
    _note_languages(columns, language, notes)
    for sheet in ("external_choices", "osm"):
        if getattr(data, sheet):
            notes.add(sheet, 1, "", sheet, _("This sheet is not used here."))
    return Workbook(
        sheets["survey"], sheets["choices"], flat, sheets["entities"], language, name, notes, xform
    )


def _columns(sheet: str, data: DefinitionData) -> dict[str, Column]:
    """Return the columns of a sheet by their titles."""
    titles = _titles(sheet, data)
    double = any("::" in title for title in titles)
    found = {}
    for title in titles:
        tokens = tuple(process_header(title, double, _ALIASES[sheet], _SLOTS[sheet])[1])
        found[title] = _column(title, tokens, sheet)
    return found


def _titles(sheet: str, data: DefinitionData) -> list[str]:
    header = getattr(data, f"{sheet}_header")
    titles = list(header[0]) if header else []
    for row in getattr(data, sheet) or []:
        titles += [title for title in row if title not in titles]
    return titles


def _column(title: str, tokens: tuple[str, ...], sheet: str) -> Column:
    for length in (2, 1):
        name = _COLUMNS.get(tokens[:length]) or (tokens[0] if length == 1 else None)
        rest = tokens[length:]
        if name and not rest:
            return Column(title, name)
        if name in _TRANSLATED and len(rest) == 1 and sheet != "settings":
            return Column(title, str(name), rest[0])
    return Column(title, "::".join(tokens))


def _language(columns: dict[str, dict[str, Column]], default: str) -> str:
    """Return the language whose texts are taken: the form's default, Chinese, those without a language, the first."""
    every = [column for sheet in ("survey", "choices") for column in columns[sheet].values()]
    languages = list(dict.fromkeys(column.language for column in every if column.language))
    if default in languages:
        return default
    chinese = next((language for language in languages if _CHINESE.search(language)), "")
    if chinese:
        return chinese
    plain = any(column.name == "label" and not column.language for column in columns["survey"].values())
    return "" if plain or not languages else languages[0]


def _note_languages(columns: dict[str, dict[str, Column]], language: str, notes: Notes) -> None:
    for sheet in ("survey", "choices"):
        for column in columns[sheet].values():
            if column.language and column.language != language:
                reason = _("A form here has one language; this workbook's is taken from “%(language)s”.")
                shown = language or _("the columns without a language")
                notes.add(sheet, 1, column.title, column.language, reason % {"language": shown})


def _rows(
    sheet: str, data: DefinitionData, columns: dict[str, dict[str, Column]], language: str
) -> list[Row]:
    found = []
    # As pyxform reads them: runs of spaces count as one on the survey sheet.
    tidy = (lambda text: _SPACES.sub(" ", text.strip())) if sheet == "survey" else str.strip
    for number, raw in enumerate(getattr(data, sheet) or [], start=2):
        cells, titles = _cells(raw, columns[sheet], language, tidy)
        if cells:
            found.append(Row(number, cells, titles))
    return found


def _cells(
    raw: dict[str, str], columns: dict[str, Column], language: str, tidy: Callable[[str], str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return a row's cells in the language, else without a language, else in whichever there is."""
    ranked: dict[str, tuple[int, str, str]] = {}
    for title, value in raw.items():
        column = columns[title]
        text = tidy(str(value)) if value is not None else ""
        rank = 0 if column.language == language else 1 if not column.language else 2
        if text and (column.name not in ranked or rank < ranked[column.name][0]):
            ranked[column.name] = (rank, text, title)
    return (
        {name: text for name, (_rank, text, _title) in ranked.items()},
        {name: title for name, (_rank, _text, title) in ranked.items()},
    )
