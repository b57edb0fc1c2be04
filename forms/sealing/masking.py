"""What is shown of a sensitive answer to whoever has not asked to see it: enough to know it again, no more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

#: What is shown where nothing of the value may be told, its length included.
HIDDEN = "******"


class Typed(Protocol):
    """A question or a property: it has a type."""

    type: str


def mask(thing: Any, value: Any) -> str:
    """Return the answer to a sensitive question, or a sensitive property's value, masked by its type.

    Empty for no answer. An answer that could not be read ({"raw": ...}) is hidden whole.
    """
    if value is None or value == "" or value == []:
        return ""
    masked = _MASKS.get(thing.type)
    return masked(value) if masked and isinstance(value, str) else HIDDEN


def mask_id_number(value: str) -> str:
    """Return 430***********1234."""
    return f"{value[:3]}{'*' * 11}{value[-4:]}" if len(value) == 18 else HIDDEN


def mask_phone(value: str) -> str:
    """Return 138****5678; of a landline the area code and the last two digits."""
    if len(value) == 11 and value.isdigit():
        return f"{value[:3]}****{value[-4:]}"
    area, dash, rest = value.partition("-")
    return f"{area}-******{rest[-2:]}" if dash and len(rest) >= 7 else HIDDEN


def mask_name(value: str) -> str:
    """Return 王**: the surname's first character, and two stars whatever the name's length."""
    return f"{value[:1]}**"


def mask_date(value: str) -> str:
    """Return 2015年**月**日."""
    return f"{value[:4]}年**月**日" if len(value) == 10 else HIDDEN


_MASKS: dict[str, Callable[[str], str]] = {
    "id_number": mask_id_number,
    "phone": mask_phone,
    "name": mask_name,
    "date": mask_date,
}
