"""The settings sheet and the entities sheet: what a form is called, and the register it writes to."""

from __future__ import annotations

import re
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _
from pyxform import aliases

from forms.registers.models import Register
from forms.xlsform.context import Cells, Context
from forms.xlsform.workbook import Row, Workbook

#: Settings that were heard elsewhere, or that only say how the workbook is to be read.
_HEARD = {
    "form_title", "form_id", "default_language", "allow_choice_duplicates", "name", "clean_text_values",
    "instance_name", "add_none_option", "omit_instanceID",
}  # fmt: skip
_PART = re.compile(r"""\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|\$\{(?P<name>[^}]*)\})\s*""")


def survey_settings(book: Workbook) -> dict[str, str]:
    """Return the settings, those that stand on the survey sheet as rows included."""
    found = dict(book.settings)
    for row in book.survey:
        setting = aliases.settings_header.get(row.cells.get("type", ""))
        if setting and "name" in row.cells:
            found[{"title": "form_title", "id_string": "form_id"}.get(str(setting), str(setting))] = (
                row.cells["name"]
            )
    return found


def title_of(settings: dict[str, str], book: Workbook) -> str:
    """Return the form's title, at most 200 characters."""
    return (settings.get("form_title") or settings.get("form_id") or book.name or _("Form"))[:200]


def slug_of(settings: dict[str, str], book: Workbook) -> str:
    """Return an address for the form: its id, with Chinese written in pinyin."""
    from pypinyin import lazy_pinyin  # 60 MB of dictionaries: read when they are asked for

    text = settings.get("form_id") or book.name or title_of(settings, book)
    return slugify("-".join(lazy_pinyin(text)))[:60].strip("-_") or "form"


def summary_of(settings: dict[str, str], context: Context) -> str:
    """Return what a submission is called: the text with `${name}` that `instance_name` puts together."""
    given = settings.get("instance_name", "")
    if not given:
        return ""
    inner = re.fullmatch(r"\s*concat\((.*)\)\s*", given, re.DOTALL)
    parts = _parts(inner[1] if inner else given)
    if parts is None:
        reason = _("A submission's name is put together from texts and answers alone.")
        context.notes.add("settings", 2, "instance_name", given, reason)
        return ""
    return context.rewriter.label("".join(parts))


def _parts(text: str) -> list[str] | None:
    """Return the parts of concat() as texts with `${name}`; None when one is neither a text nor an answer."""
    found, at = [], 0
    while at < len(text):
        match = _PART.match(text, at)
        if not match:
            return None
        found.append(f"${{{match['name']}}}" if match["name"] else match["double"] or match["single"] or "")
        at = match.end()
        if at < len(text):
            if text[at] != ",":
                return None
            at += 1
    return found


def note_settings(context: Context) -> None:
    """Say which settings are not carried."""
    reasons = {
        "version": _("Versions are numbered when a form is published."),
        "public_key": _("Sensitive answers are sealed by this site's own keys."),
        "submission_url": _("Answers are sent to this site."),
    }
    for setting, value in context.book.settings.items():
        if setting not in _HEARD and not setting.startswith("xinqiao"):
            reason = reasons.get(setting, _("There is nothing in a form that this column could set."))
            context.notes.add("settings", 2, setting, value, reason)


def about_of(context: Context) -> dict[str, Any] | None:
    """Return how the form stands to a register, from the first row of the entities sheet."""
    for row in context.book.entities[1:]:
        cells = Cells(row, context.notes, "entities")
        cells.not_carried("list_name", _("A form writes to one register."))
    return _about(context.book.entities[0], context) if context.book.entities else None


def _about(row: Row, context: Context) -> dict[str, Any] | None:
    cells = Cells(row, context.notes, "entities")
    register = cells.take("list_name")
    if not Register.objects.filter(name=register).exists():
        reason = _("There is no register “%(register)s”; the form writes to none.")
        cells.not_carried("list_name", reason % {"register": register})
        return None
    updates = bool(cells.row.cells.get("entity_id") or cells.row.cells.get("update_if"))
    cells.not_carried("label", _("What a record is called is settled at its register."))
    cells.not_carried("entity_id", _("Which record a form is about is chosen when it is begun."))
    cells.not_carried("repeat", _("Records are made of the form as a whole, not of the items of a repeat."))
    when = context.expression(cells, "update_if" if updates else "create_if", context.root)
    cells.rest()
    about = {"register": register, "mode": "about" if updates else "makes"}
    return about | ({"when": when} if when else {})
