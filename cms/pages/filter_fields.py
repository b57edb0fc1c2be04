"""Fields of the filter dataclasses: each carries its condition, how it is read, and how it is counted.

Lookups are constants written in `cms.pages.selectors`; a value from a request is only ever a value.
Metadata: `condition(model, value) -> Q`, `read(data, name) -> value`, and for filter lists `facet`,
`columns` (value, label), `words(label) -> str`, `write(value) -> str`, `order` (sort key of FacetValue).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import field
from datetime import date, datetime
from typing import Any

from django.db.models import F, Model, Q, TextChoices
from django.db.models.functions import TruncMonth
from django.utils import timezone

_MONTH = re.compile(r"^(\d{4})-(0[1-9]|1[0-2])$")
MAX_VALUES = 20  # of one field in one request


def text_field() -> Any:
    """Words that must all occur in the page's title or text, whatever the writing."""

    def condition(_model: type[Model], value: str) -> Q:
        from cms.findable.lists import words_in_page

        return words_in_page(value)

    def read(data: Mapping[str, Any], name: str) -> str:
        return _clean(data.get(name, ""))[:100]

    return field(default="", metadata={"condition": condition, "read": read})


def one_of(
    lookup: str,
    *,
    label: str = "",
    choices: type[TextChoices] | None = None,
    type_: type = str,
    many: bool = False,
    facet: bool = True,
) -> Any:
    """Any of several values. `many`: over a many-to-many relation, so that no page comes twice."""

    def condition(model: type[Model], value: tuple[Any, ...]) -> Q:
        inside = Q((f"{lookup}__in", value))
        return Q(pk__in=model._default_manager.filter(inside).order_by().values("pk")) if many else inside

    def read(data: Mapping[str, Any], name: str) -> tuple[Any, ...]:
        values = data.getlist(name) if hasattr(data, "getlist") else list(data.get(name, ()))
        parsed = [_parse(type_, _clean(str(value))) for value in values[:MAX_VALUES]]
        kept = [v for v in parsed if v not in (None, "") and (choices is None or v in choices.values)]
        return tuple(dict.fromkeys(kept))

    order: Callable[[Any], Any] = lambda item: (-item.count, item.label)  # noqa: E731
    if choices:
        order = lambda item: choices.values.index(item.value)  # noqa: E731
    elif type_ is int:
        order = lambda item: -int(item.value)  # noqa: E731
    return field(
        default=(),
        metadata={
            "condition": condition,
            "read": read,
            "facet": facet,
            "choices": choices,
            "columns": (F(lookup), F(label or lookup)),
            "words": (lambda word: str(choices(word).label)) if choices else str,
            "write": _write,
            "order": order,
        },
    )


def equals(lookup: str, *, type_: type = date, default: Any = None, facet: bool = False) -> Any:
    """One value: equal to it, or from it, or up to it, as the lookup says."""
    kind = str if isinstance(default, str) else type_

    def read(data: Mapping[str, Any], name: str) -> Any:
        value = _parse(kind, _clean(data.get(name, "")))
        return default if value is None else value

    return field(
        default=default,
        metadata={
            "condition": lambda _model, value: Q((lookup, value)),
            "read": read,
            "facet": facet,
            "columns": (F(lookup), F(lookup)),
            "words": _write,
            "write": _write,
            "order": lambda item: item.value == "false",
        },
    )


def month_field(lookup: str) -> Any:
    """A month, written 2026-09."""

    def condition(model: type[Model], value: str) -> Q:
        year, month = map(int, value.split("-"))
        return Q((f"{lookup}__year", year), (f"{lookup}__month", month))

    def read(data: Mapping[str, Any], name: str) -> str:
        value = str(data.get(name, ""))
        return value if _MONTH.match(value) and value[:4] != "0000" else ""

    def write(value: Any) -> str:
        return f"{value:%Y-%m}" if value else ""

    return field(
        default="",
        metadata={
            "condition": condition,
            "read": read,
            "facet": True,
            "columns": (TruncMonth(lookup), TruncMonth(lookup)),
            "words": write,
            "write": write,
            "order": lambda item: -int(item.value.replace("-", "")),
        },
    )


def _clean(value: str) -> str:
    return value.replace("\x00", "").strip()


def _write(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _parse(type_: type, text: str) -> Any:
    """Return the value, or None when the text is not one. Numbers stay within a database's integer."""
    if type_ is str:
        return text
    if type_ is bool:
        return {"true": True, "1": True, "false": False, "0": False}.get(text)
    with suppress(ValueError):
        if type_ is datetime:
            moment = datetime.fromisoformat(text)
            return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
        if type_ is date:
            return date.fromisoformat(text)
        if text.isascii() and text.isdigit() and len(text) < 10:
            return int(text)
    return None
