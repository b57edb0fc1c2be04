"""Parameters of lists: made from the filter dataclasses, parsed strictly, described in OpenAPI."""

from __future__ import annotations

import re
from dataclasses import fields as dataclass_fields
from datetime import date, datetime
from typing import Annotated, Any, Literal, get_args, get_type_hints

from django.utils import timezone
from ninja import Schema
from pydantic import BeforeValidator, Field, StringConstraints, create_model
from pydantic_core import PydanticCustomError

from cms.api.resources import Resource
from cms.pages.selectors import PageFilter

MAX_LIMIT = 100
DEFAULT_LIMIT = 20
MAX_VALUES = 20
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"\d{1,9}")


def _exactly(pattern: re.Pattern[str]) -> BeforeValidator:
    """Refuse what pydantic would kindly convert: a number for a date, 1.0 for a number."""

    def check(value: Any) -> Any:
        if isinstance(value, str) and not pattern.fullmatch(value):
            raise PydanticCustomError("format", "is not written as expected")
        return value

    return BeforeValidator(check)


def _moment(value: datetime) -> datetime:
    return value if timezone.is_aware(value) else timezone.make_aware(value)


#: No NUL: PostgreSQL takes it in no text.
Text = Annotated[str, StringConstraints(max_length=100, pattern=r"^[^\x00]*$")]
Word = Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=r"^[^\x00]+$")]
Number = Annotated[int, _exactly(_NUMBER), Field(ge=0, le=999_999_999)]
Year = Annotated[int, _exactly(_NUMBER), Field(ge=1900, le=2200)]
Day = Annotated[date, _exactly(_DAY)]
Moment = Annotated[datetime, _exactly(re.compile(r"\d{4}-\d{2}-\d{2}[T ].*")), Field()]
Month = Annotated[str, StringConstraints(pattern=r"^(19|20|21)\d{2}-(0[1-9]|1[0-2])$")]
Flag = Literal["true", "false"]
Id = Annotated[int, Field(ge=1, le=2**31 - 1)]


def parameter_name(field_name: str) -> str:
    """Return how a filter's field is written in an address: date_gte is date__gte."""
    return re.sub(r"_(gte|lte)$", r"__\1", field_name)


def _type_of(hint: Any, name: str, choices: Any) -> Any:
    """Return the parameter type for the type of a filter's field."""
    several = tuple in (getattr(hint, "__origin__", None),)
    inner = get_args(hint)[0] if several or get_args(hint) else hint
    if choices:
        inner_type: Any = Literal[tuple(choices.values)]
    elif inner is int:
        inner_type = Year if "year" in name else Number
    else:
        inner_type = {date: Day, datetime: Moment, bool: Flag}.get(inner, Word if several else Text)
    if name == "month":
        inner_type = Month
    return Annotated[list[inner_type], Field(max_length=MAX_VALUES)] if several else inner_type


def filter_parameters(filters: type[PageFilter]) -> dict[str, Any]:
    """Return the pydantic fields of the filter's parameters."""
    hints = get_type_hints(filters)
    found: dict[str, Any] = {}
    for item in dataclass_fields(filters):
        type_ = _type_of(hints[item.name], item.name, item.metadata.get("choices"))
        default: Any = Field(default_factory=list) if isinstance(item.default, tuple) else None
        found[parameter_name(item.name)] = (type_ if default is not None else type_ | None, default)
    return found


def _names(allowed: list[str], star: bool) -> Any:
    """Return the type of a comma-separated list of names."""
    one = "|".join([*(["\\*"] if star else []), *allowed])
    return Annotated[str, StringConstraints(pattern=f"^({one})(,({one}))*$", max_length=1000)]


def fields_type(resource: Resource) -> Any:
    """Return the type of `fields=`: names with commas; `*` is what a list gives by itself."""
    return _names(list(resource.fields), star=True) | None


def expand_type(resource: Resource) -> Any:
    """Return the type of `expand=`: the links that may become whole."""
    return _names(resource.expandable, star=False) | None


def list_query(resource: Resource) -> type[Schema]:
    """Return the schema of the list's parameters."""
    orders = tuple(order.name for order in resource.orders)
    extra: dict[str, Any] = {"expand": (expand_type(resource), None)} if resource.expandable else {}
    extra["order"] = (Literal[orders], orders[0])
    return create_model(
        f"{resource.name.title()}Query",
        __base__=Schema,
        fields=(fields_type(resource), None),
        **extra,
        limit=(Annotated[int, _exactly(_NUMBER), Field(ge=1, le=MAX_LIMIT)], DEFAULT_LIMIT),
        cursor=(Annotated[str, StringConstraints(max_length=600)] | None, None),
        **filter_parameters(resource.filters),
    )


def detail_query(resource: Resource) -> type[Schema]:
    """Return the schema of the parameters of one thing."""
    extra: dict[str, Any] = {"expand": (expand_type(resource), None)} if resource.expandable else {}
    return create_model(
        f"{resource.name.title()}ItemQuery",
        __base__=Schema,
        fields=(fields_type(resource), None),
        **extra,
    )


def read_filter(resource: Resource, query: Any) -> PageFilter:
    """Return the filter that the parsed parameters describe."""
    values: dict[str, Any] = {}
    for item in dataclass_fields(resource.filters):
        value = getattr(query, parameter_name(item.name))
        if value is None or value == []:
            continue
        if isinstance(value, list):
            value = tuple(value)
        elif value in ("true", "false") and isinstance(item.default, bool | None) and item.name == "boarding":
            value = value == "true"
        elif isinstance(value, datetime):
            value = _moment(value)
        values[item.name] = value
    return resource.filters(**values)


def names_of(text: str | None) -> list[str]:
    """Split a comma-separated parameter."""
    return text.split(",") if text else []
