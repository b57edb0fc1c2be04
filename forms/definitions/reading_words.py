"""What pydantic's errors mean to the person who designs a form."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _


def problem_with(error: Any) -> str:
    """Return the rest of a sentence that begins with the setting: “Most characters” is too large (at most 5000)."""
    kind, given = error["type"], error.get("ctx", {})
    if kind == "value_error":
        return _(str(given.get("error", "")).rstrip(".")) or _("cannot be used")
    template, key = _templates().get(kind, ("", ""))
    return template % {"limit": given.get(key)} if template else _problem_of_type(kind)


def _templates() -> dict[str, tuple[str, str]]:
    """Return, by pydantic's type of error, the words and the key of what limits the value."""
    return {
        "missing": (_("is missing"), ""),
        "union_tag_not_found": (_("does not say its type"), ""),
        "string_too_short": (_("is empty"), ""),
        "too_short": (_("is empty"), ""),
        "string_too_long": (_("is too long (at most %(limit)s characters)"), "max_length"),
        "too_long": (_("has too many entries (at most %(limit)s)"), "max_length"),
        "greater_than_equal": (_("is too small (at least %(limit)s)"), "ge"),
        "less_than_equal": (_("is too large (at most %(limit)s)"), "le"),
        "string_pattern_mismatch": (_("has signs that it may not have"), ""),
        "extra_forbidden": (_("is not known here"), ""),
        "union_tag_invalid": (_("is of a type that we do not know (%(limit)s)"), "tag"),
        "literal_error": (_("has a value that we do not know"), ""),
    }


def _problem_of_type(kind: str) -> str:
    """Return what is wrong when a value is of another kind than it should be."""
    table = (
        (("int",), _("is no whole number")),
        (("decimal", "float", "finite"), _("is no number")),
        (("bool",), _("is neither yes nor no")),
        (("string",), _("is no text")),
        (("tuple", "list", "set"), _("is no list")),
        (("dict", "model", "mapping"), _("is no group of settings")),
    )
    return next((words for starts, words in table if kind.startswith(starts)), _("cannot be used"))


def advice_for(error: Any, setting: str) -> str:
    """Return what to do about it."""
    kind = error["type"]
    if kind == "string_pattern_mismatch":
        return _pattern_advice(setting)
    if kind in {"missing", "string_too_short", "union_tag_not_found"}:
        return _("Please fill it in.")
    if kind == "too_short":
        return _("Please add at least one.")
    if kind in {"extra_forbidden", "union_tag_invalid"}:
        return _("Please check the spelling, or take it out.")
    if kind == "literal_error":
        return _("Please use one of these: %(values)s.") % {
            "values": error["ctx"]["expected"].replace(" or ", ", ")
        }
    return _("Please change it.")


def _pattern_advice(setting: str) -> str:
    if setting == "value":
        return _("Use at most 64 characters, and no white space.")
    if setting in {"minimum", "maximum"}:
        return _("Write a day as 2026-09-01, or the word today.")
    if setting == "within":
        return _("Write the first 2, 4 or 6 digits of the division's code.")
    return _(
        "Begin with a letter or Chinese character; then letters, digits, _ . - are allowed, at most 64 in all."
    )
