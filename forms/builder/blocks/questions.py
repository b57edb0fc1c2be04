"""A block for each type of question: what stands open in it, and what it adds to the common settings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup

from forms.builder.blocks import settings as one
from forms.builder.blocks.settings import line, lines, number, one_of, tick, word

OFTEN, CHOOSING, PERSON, THINGS, WORKED = (
    _("Often used"),
    _("With choices"),
    _("People and places"),
    _("Files and agreement"),
    _("Worked out"),
)
SUGGESTED_SENSITIVE = frozenset({"id_number", "location", "signature"})


@dataclass(frozen=True)
class Kind:
    """How a type of question looks in the builder. `open` and `folded` are settings beside the common ones."""

    type: str
    label: Any
    icon: str
    group: Any
    open: dict[str, blocks.Block] = field(default_factory=dict)
    folded: dict[str, blocks.Block] = field(default_factory=dict)
    without: tuple[str, ...] = ()


def _limits(kind: str) -> dict[str, blocks.Block]:
    hint = _("Such as 2026-09-01, or today.") if kind == "date" else ""
    return {"minimum": line(word("minimum"), hint, 40), "maximum": line(word("maximum"), hint, 40)}


_UNIT = line(word("unit"), _("Stands behind the answer: years, cm."), 20)
_CHOOSING = {"choices": one.CHOICES}
_SHARED = {"list": one.LIST, "choice_filter": one.CHOICE_FILTER}
_FILES = {
    "maximum": number(_("Most files"), min_value=1, max_value=20, default=1),
    "max_bytes": number(
        _("Largest file, in bytes"), min_value=1024, max_value=50 * 1024 * 1024, default=10 * 1024 * 1024
    ),
}
_KEYBOARDS = [
    ("text", _("text")), ("digits", _("digits")), ("email", _("e-mail address")), ("url", _("web address")),
    ("barcode", _("bar code")),
]  # fmt: skip
_SLIDER = one_of(
    word("appearance"),
    [("field", _("field")), ("slider", _("slider"))],
    "field",
    _("A slider needs a lower and an upper limit."),
)
_STEP = line(word("step"), _("With a lower limit: only whole steps above it."), 40)
_UNASKED = (
    "required_when",
    "required_message",
    "constraint",
    "constraint_message",
    "read_only",
    "hint",
    "guidance",
)
_ACCEPTS = [("any", _("mobile or landline")), ("mobile", _("mobile")), ("landline", _("landline"))]
_LOOKS = [
    ("radio", _("all choices open")),
    ("select", _("drop-down")),
    ("search", _("drop-down with search")),
]
_RESULTS = [("text", _("text")), ("number", _("number")), ("date", _("date"))]

KINDS: tuple[Kind, ...] = (
    Kind("text", _("Short text"), "pilcrow", OFTEN, folded={
        "max_length": number(word("max_length"), min_value=1, max_value=5000, default=500),
        "keyboard": one_of(word("keyboard"), _KEYBOARDS, "text"),
        "pattern": line(word("pattern"), _("A regular expression that the whole answer must match."), 500),
    }),
    Kind("long_text", _("Long text"), "doc-full", OFTEN, folded={
        "max_length": number(word("max_length"), min_value=1, max_value=50_000, default=5000),
        "rows": number(_("Lines shown"), min_value=2, max_value=30, default=5),
    }),
    Kind("yes_no", _("Yes or no"), "check", OFTEN),
    Kind("integer", _("Whole number"), "order", OFTEN, folded={
        **_limits("integer"), "unit": _UNIT, "step": _STEP, "appearance": _SLIDER,
    }),
    Kind("date", _("Date"), "date", OFTEN, folded=_limits("date")),
    Kind("decimal", _("Number with decimals"), "decimal", OFTEN, folded={
        **_limits("decimal"),
        "places": number(word("places"), min_value=0, max_value=10, default=2),
        "unit": _UNIT,
        "step": _STEP,
        "appearance": _SLIDER,
    }),
    Kind("time", _("Time of day"), "time", OFTEN),
    Kind("datetime", _("Date and time"), "date", OFTEN),
    Kind("month", _("Month"), "calendar-alt", OFTEN),
    Kind("choice", _("Single choice"), "radio-full", CHOOSING, _CHOOSING,
         {"appearance": one_of(word("appearance"), _LOOKS, "radio"), **_SHARED}),
    Kind("choices", _("Multiple choice"), "list-ul", CHOOSING, _CHOOSING, {
        "minimum": number(word("minimum"), min_value=0, default=0),
        "maximum": number(word("maximum"), min_value=1),
        **_SHARED,
    }),
    Kind("ranking", _("Ranking"), "list-ol", CHOOSING, _CHOOSING, _SHARED),
    Kind("matrix", _("Rating matrix"), "table", CHOOSING,
         {"rows": lines(word("rows"), _("One row a line: its text, or name|text."), 4, 20_000), **_CHOOSING}, _SHARED),
    Kind("scored", _("Scored question"), "pick", CHOOSING, {"choices": one.SCORED_CHOICES}, _SHARED),
    Kind("name", _("Person's name"), "user", PERSON),
    Kind("gender", _("Gender"), "group", PERSON),
    Kind("id_number", _("Id number"), "key", PERSON),
    Kind("phone", _("Telephone"), "mobile-alt", PERSON, folded={"accepts": one_of(word("accepts"), _ACCEPTS, "any")}),
    Kind("address", _("Address"), "home", PERSON, folded={
        "within": line(word("within"), _("The first 2, 4 or 6 digits of a division's code."), 6),
        "detail_required": tick(word("detail_required"), default=True),
    }),
    Kind("location", _("Location"), "site", PERSON),
    Kind("record", _("Record of a register"), "folder-open-1", PERSON, {"register": line(word("register"), "", 64)}),
    Kind("file", _("Files"), "doc-empty", THINGS, folded={
        **_FILES, "extensions": line(word("extensions"), _("With spaces between: pdf docx jpg."), 200),
    }),
    Kind("photo", _("Photos"), "image", THINGS, folded=_FILES),
    Kind("signature", _("Signature"), "edit", THINGS),
    Kind("consent", _("Agreement"), "clipboard-list", THINGS, {"text": lines(word("text"), rows=5)}, {
        "agreed": line(word("agreed"), _("What formulas see of a person who agrees."), 64),
    }),
    Kind("calculation", _("Calculation"), "cogs", WORKED, {
        "calculation": one.formula(word("calculation"), _("For example sum(${income}) or ${weight} div ${height}.")),
        "shown": tick(word("shown")),
    }, {"result": one_of(word("result"), _RESULTS, "text")}, (*_UNASKED, "required", "default")),
    Kind("hidden", _("Hidden value"), "no-view", WORKED, folded={
        "parameter": line(word("parameter"), _("The key in the form's address that may set it."), 64),
    }, without=(*_UNASKED, "required")),
)  # fmt: skip


def question_block(kind: Kind) -> blocks.StructBlock:
    """Return the block of a type of question: text first, then what the type needs, the rest folded away."""
    required: dict[str, blocks.Block] = {} if "required" in kind.without else {"required": one.REQUIRED}
    in_front: dict[str, blocks.Block] = {"label": one.LABEL, **kind.open, **required}
    common = {name: block for name, block in one.COMMON.items() if name not in kind.without}
    first: dict[str, blocks.Block] = {name: common.pop(name) for name in ("name", "hint") if name in common}
    folded: dict[str, blocks.Block] = {**first, **kind.folded, **common}
    return blocks.StructBlock(
        [*in_front.items(), *folded.items()],
        label=kind.label,
        icon=kind.icon,
        group=kind.group,
        label_format="{label}",
        form_layout=BlockGroup(children=list(in_front), settings=list(folded)),
        search_index=False,
    )


def question_blocks() -> list[tuple[str, blocks.Block]]:
    """Return all blocks of questions, by type."""
    return [(kind.type, question_block(kind)) for kind in KINDS]
