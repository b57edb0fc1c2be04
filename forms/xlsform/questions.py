"""A row of the survey sheet as a question of the form."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from pyxform import aliases
from pyxform.parsing.parameters import parse as read_parameters
from pyxform.question_type_dictionary import QUESTION_TYPE_DICT
from pyxform.utils import default_is_dynamic

from forms.xlsform.context import Cells, Context
from forms.xlsform.outline import Node, type_of
from forms.xlsform.paths import both

Item = dict[str, Any]
Reader = Callable[[Cells, Node, Context], Item]

LONGEST_TEXT = 5_000
AUDIO = ("mp3", "m4a", "wav", "ogg", "amr")
VIDEO = ("mp4", "mov", "webm", "3gp")
#: What the phone or the account would fill in -> what the hidden value that stands for it begins with.
_METADATA = {"start": "=now()", "today": "=today()"}
_PHONE = {
    "end", "deviceid", "subscriberid", "simserial", "phonenumber", "username", "email", "start-geopoint",
    "background-geopoint", "osm",
}  # fmt: skip
#: What leaves no answer at all.
_NOTHING = {"audit", "background-audio", "xml-external", "csv-external"}
_UNSEEN = {"hidden", "calculate", *_METADATA, *_PHONE}
#: What a calculated value of a type gives.
_RESULTS = {"integer": "number", "int": "number", "decimal": "number", "range": "number", "date": "date"}


def question_of(node: Node, context: Context) -> Item | None:
    """Return the question or note as JSON; None, with a note, for what a form does not have."""
    cells = context.cells(node)
    kind = canonical(type_of(node.row).kind)
    if kind in _NOTHING or not kind:
        reason = _("A form in the browser has nothing like this type; the row is left out.")
        context.notes.add("survey", node.row.number, "type", node.row.cells["type"], reason)
        return None
    if kind == "note" and "calculation" not in node.row.cells:
        item = _note(cells, node, context)
    elif node.row.cells.get("calculation") and kind not in _PHONE | {"start", "today"}:
        item = _calculation(cells, node, context, kind)
    else:
        read = READERS[kind]
        item = {**common(cells, node, context, seen=kind not in _UNSEEN), **read(cells, node, context)}
        _presets(item, node)
    cells.rest()
    return {key: value for key, value in item.items() if value not in ("", None)}


def canonical(kind: str) -> str:
    """Return the one name of a question type that may be written in several ways."""
    if kind in READERS or kind in _NOTHING:
        return kind
    parts = QUESTION_TYPE_DICT.get(kind, {})
    bind, control = parts.get("bind", {}), parts.get("control", {})
    preload = bind.get("jr:preloadParams", "").removeprefix("uri:")
    if preload:
        return str(preload)
    if control.get("tag") == "upload":
        return {"image/*": "photo", "audio/*": "audio", "video/*": "video"}.get(control["mediatype"], "file")
    if control.get("tag") == "trigger":
        return "acknowledge"
    if not control:
        return "calculate" if bind else ""
    if bind.get("readonly") == "true()":
        return "note"
    return {"int": "integer", "string": "text"}.get(bind.get("type", ""), str(bind.get("type", "")))


def common(cells: Cells, node: Node, context: Context, *, seen: bool = True) -> Item:
    """Return what every question has; one that people see gets a label in any case."""
    label, hint, guidance = (
        context.rewriter.label(cells.take(column)) for column in ("label", "hint", "guidance_hint")
    )
    for column in ("image", "big-image", "audio", "video"):
        cells.not_carried(column, _("Questions here have no pictures or sounds of their own."))
    if seen and not label:
        label = node.unique
        context.notes.add(
            "survey", node.row.number, "label", "", _("There is no label; the name is shown instead.")
        )
    return {
        "name": node.unique,
        "label": label,
        "hint": hint,
        "guidance": guidance,
        "relevant": context.expression(cells, "relevant", node),
        "constraint": context.expression(cells, "constraint", node),
        "constraint_message": cells.take("constraint_message"),
        "required": _required(cells, node, context),
        "required_message": cells.take("required_message"),
        "read_only": _read_only(cells),
        "default": _default(cells, node, context),
        "saves_to": _saves_to(cells, context),
    }


def _saves_to(cells: Cells, context: Context) -> str:
    if context.about is None:
        cells.not_carried("save_to", _("The form writes to no register."))
        return ""
    return cells.take("save_to").rpartition("#")[2]


def _required(cells: Cells, node: Node, context: Context) -> bool | str:
    found = context.expression(cells, "required", node)
    return {"true()": True, "false()": False, "": False}.get(found, found)


def _read_only(cells: Cells) -> bool:
    text = aliases.BINDING_CONVERSIONS.get(cells.take("read_only"), cells.take("read_only"))
    if text not in {"", "true()", "false()"}:
        cells.not_carried("read_only", _("Whether a question is read-only does not depend on answers here."))
    return text == "true()"


def _default(cells: Cells, node: Node, context: Context) -> str:
    text = cells.take("default")
    if not text:
        return ""
    if default_is_dynamic(text, type_of(node.row).kind):
        found = context.expression(cells, "default", node)
        return f"={found}" if found else ""
    if text.startswith("="):
        cells.not_carried("default", _("A default that begins with “=” would be an expression here."))
        return ""
    return text


def _presets(item: Item, node: Node) -> None:
    """Add what an old type like `percentage` brings with it."""
    preset = QUESTION_TYPE_DICT.get(node.row.cells["type"], {})
    constraint = preset.get("bind", {}).get("constraint", "")
    if constraint:
        item["constraint"] = item["constraint"] or constraint
    if "hint" in preset:
        item["hint"] = item["hint"] or preset["hint"]


def appearances(cells: Cells, known: set[str]) -> set[str]:
    """Return the known words of the column “appearance”; the others are noted."""
    words = cells.take("appearance").split()
    unknown = [word for word in words if word not in known]
    if unknown:
        title = cells.title("appearance")
        reason = _("The form lays this question out in its own way.")
        cells.notes.add(cells.sheet, cells.row.number, title, " ".join(unknown), reason)
    return set(words) & known


def parameters(cells: Cells, known: set[str]) -> dict[str, str]:
    """Return the known pairs of the column “parameters”; the others are noted."""
    pairs = read_parameters(cells.take("parameters"), cells.row.number)
    unknown = {key: value for key, value in pairs.items() if key not in known}
    if unknown:
        shown = " ".join(f"{key}={value}" for key, value in unknown.items())
        reason = _("There is no such parameter here.")
        cells.notes.add(cells.sheet, cells.row.number, cells.title("parameters"), shown, reason)
    return {key: value for key, value in pairs.items() if key in known}


def _note(cells: Cells, node: Node, context: Context) -> Item:
    label = context.rewriter.label(cells.take("label"))
    hint = context.rewriter.label(cells.take("hint"))
    for column in ("required", "read_only"):  # A note has no answer: pyxform makes it read-only in any case.
        cells.take(column)
    return {
        "type": "note",
        "name": node.unique,
        "label": "\n\n".join(part for part in (label, hint) if part) or node.unique,
        "relevant": context.expression(cells, "relevant", node),
    }


def _calculation(cells: Cells, node: Node, context: Context, kind: str) -> Item:
    """Return a value that is worked out; one of another type than `calculate` is shown, and nobody can type over it."""
    calculation = context.expression(cells, "calculation", node)
    cells.not_carried("trigger", _("A calculation here follows its answers at all times."))
    shown = kind not in {"calculate", "hidden"}
    if shown and not _read_only(cells):
        title, value = cells.title("calculation"), cells.row.cells["calculation"]
        reason = _("The calculated value is shown, and cannot be typed over.")
        context.notes.add("survey", node.row.number, title, value, reason)
    result = _RESULTS.get(cells.take("bind::type") or kind, "text")
    item = {
        **common(cells, node, context, seen=shown),
        "shown": shown,
        "result": result,
        "type": "calculation",
    }
    if not calculation:
        return {key: item[key] for key in ("name", "label")} | {"type": "hidden"}
    return item | {"calculation": calculation}


def _text(cells: Cells, node: Node, context: Context) -> Item:
    looks = appearances(cells, {"multiline", "numbers", "url"})
    rows = parameters(cells, {"rows"}).get("rows") or cells.take("rows")
    if "multiline" in looks or rows:
        lines = int(rows) if rows.isdigit() else 5
        return {"type": "long_text", "max_length": 50_000, "rows": min(max(lines, 2), 30)}
    keyboard = "digits" if "numbers" in looks else "url" if "url" in looks else "text"
    return {"type": "text", "max_length": LONGEST_TEXT, "keyboard": keyboard}


def _barcode(cells: Cells, node: Node, context: Context) -> Item:
    appearances(cells, set())
    return {"type": "text", "max_length": LONGEST_TEXT, "keyboard": "barcode"}


def _shape(cells: Cells, node: Node, context: Context) -> Item:
    appearances(cells, set())
    parameters(cells, set())
    cells.not_carried("type", _("A line or an area on a map is typed as text here."))
    return {"type": "text", "max_length": LONGEST_TEXT}


def _plain(kind: str, **more: Any) -> Reader:
    def read(cells: Cells, node: Node, context: Context) -> Item:
        appearances(cells, set())
        parameters(cells, set())
        return {"type": kind, **more}

    return read


def _date(cells: Cells, node: Node, context: Context) -> Item:
    referred = f"${{{node.name}}}" in context.everything
    looks = appearances(cells, set() if referred or node.row.cells.get("constraint") else {"month-year"})
    if "month-year" in looks:
        cells.not_carried("appearance", _("The answer is the month alone, as 2026-09, without a day."))
        return {"type": "month"}
    return {"type": "date"}


def _range(cells: Cells, node: Node, context: Context) -> Item:
    appearances(cells, set())
    given = {"start": "1", "end": "10", "step": "1"} | parameters(cells, {"start", "end", "step"})
    try:
        start, end, step = (Decimal(given[key]) for key in ("start", "end", "step"))
    except InvalidOperation:
        return {"type": "decimal", "places": 10}
    low, high, step = min(start, end), max(start, end), abs(step)
    whole = all(value == value.to_integral_value() for value in (low, high, step))
    if whole:
        limits: Item = {"minimum": int(low), "maximum": int(high), "step": int(step)}
        return {"type": "integer", "appearance": "slider", **limits}
    limits = {"minimum": str(low), "maximum": str(high), "step": str(step)}
    return {"type": "decimal", "appearance": "slider", "places": 10, **limits}


def _photo(cells: Cells, node: Node, context: Context) -> Item:
    looks = appearances(cells, {"signature"})
    parameters(cells, set())
    return {"type": "signature" if "signature" in looks else "photo"}


def _acknowledge(cells: Cells, node: Node, context: Context) -> Item:
    appearances(cells, set())
    given = cells.row.cells
    text = context.rewriter.label(given.get("label") or given.get("hint") or node.unique)
    return {"type": "consent", "text": text, "agreed": "OK"}


def _hidden(cells: Cells, node: Node, context: Context) -> Item:
    appearances(cells, set())
    return {"type": "hidden"}


def _metadata(cells: Cells, node: Node, context: Context) -> Item:
    kind = canonical(type_of(node.row).kind)
    parameters(cells, set())
    appearances(cells, set())
    cells.take("calculation")
    cells.take("trigger")
    if kind not in _METADATA:
        cells.not_carried("type", _("The browser does not tell this; the value stays empty."))
        return {"type": "hidden"}
    return {"type": "hidden", "default": _METADATA[kind]}


READERS: dict[str, Reader] = {
    "text": _text,
    "barcode": _barcode,
    "integer": _plain("integer"),
    "decimal": _plain("decimal", places=10),
    "date": _date,
    "time": _plain("time"),
    "dateTime": _plain("datetime"),
    "range": _range,
    "geopoint": _plain("location"),
    "geotrace": _shape,
    "geoshape": _shape,
    "photo": _photo,
    "audio": _plain("file", extensions=list(AUDIO)),
    "video": _plain("file", extensions=list(VIDEO)),
    "file": _plain("file"),
    "acknowledge": _acknowledge,
    "hidden": _hidden,
    "note": _plain("note"),
    "calculate": _hidden,
    **dict.fromkeys((*_METADATA, *_PHONE), _metadata),
}


def hide(item: Item, condition: str) -> Item:
    """Return the item with a further condition on it: that of a group around it."""
    relevant = both(condition, item.get("relevant", ""))
    return {**item, "relevant": relevant} if relevant else item
