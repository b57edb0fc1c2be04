"""What an answer's field is made of: the columns it needs, how it is written, what it points to.

A list asks the database for exactly the columns of the fields that were chosen. The same fields are written
from a page object when a draft is shown, so that a preview and the published answer cannot differ in shape.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from cms.api.serialize.addresses import absolute, page_path
from cms.api.serialize.blocks import block_json
from cms.api.serialize.references import References
from cms.pages.models import BasePage

Loader = Callable[[list[int]], dict[int, Any]]


@dataclass(frozen=True)
class Field:
    """One field of an answer.

    `columns`: ORM paths of what it reads; `make(references, *values)` writes it (None: the value as it is).
    `collect(references, *values)` notes what it points to. `loader(ids)` fetches, for all rows in one query,
    what does not fit in a column; `make` then gets that value, and `of_page(page)` fetches it for a draft.
    `heavy` fields come only when they are asked for.
    """

    name: str
    columns: tuple[str, ...] = ()
    make: Callable[..., Any] | None = None
    collect: Callable[..., None] | None = None
    loader: Loader | None = None
    of_page: Callable[[Any], Any] | None = None
    heavy: bool = False


def plain(name: str, column: str = "") -> Field:
    """A field that is its column."""
    return Field(name, (column or name,))


def moment(name: str, *columns: str) -> Field:
    """A time, to the second, in UTC; the first of the columns that has one."""

    def make(_references: References, *values: datetime | None) -> datetime | None:
        value = next(filter(None, values), None)
        return value.astimezone(UTC).replace(microsecond=0) if value else None

    return Field(name, columns, make=make)


def link(name: str, column: str) -> Field:
    """A foreign key to a page: id, type, title and url, null when that page is not public."""
    return Field(
        name,
        (column,),
        make=lambda references, pk: references.page(pk),
        collect=lambda references, pk: references.want("page", pk),
    )


def picture(name: str, preset: str) -> Field:
    """A foreign key to a picture."""
    return Field(
        name,
        (f"{name}_id",),
        make=lambda references, pk: references.picture(pk, preset),
        collect=lambda references, pk: references.want("image", pk),
    )


def stream(model: type[BasePage], name: str) -> Field:
    """A StreamField: typed blocks, only when asked for."""
    blocks = block_json(model._meta.get_field(name).stream_block)
    return Field(
        name,
        (name,),
        make=lambda references, value: blocks.render(value.get_prep_value(), references),
        collect=lambda references, value: blocks.collect(value.get_prep_value(), references),
        heavy=True,
    )


def stream_schema(model: type[BasePage], name: str) -> Any:
    """Return the type of a StreamField's answer."""
    return block_json(model._meta.get_field(name).stream_block).schema


def url_field() -> Field:
    """The page's public address."""
    return Field("url", ("url_path",), make=lambda references, path: references.base + page_path(path))


SCHOOL_COLUMNS = ("code", "name", "page__url_path", "page__live")
SCHOOL_FACTS = ("stage", "township", "boarding", "status", "address", "phone")


def school(name: str, path: str, facts: Sequence[str] = ()) -> Field:
    """A school: code, name, address of its page; with `facts` what the directory says of it too."""

    def make(references: References, *values: Any) -> dict[str, Any] | None:
        code, title, url_path, live = values[:4]
        if code is None:
            return None
        url = absolute(references.base, page_path(url_path)) if live else None
        return {"code": code, "name": title, "url": url, **dict(zip(facts, values[4:], strict=True))}

    return Field(name, tuple(f"{path}__{column}" for column in (*SCHOOL_COLUMNS, *facts)), make=make)


@dataclass(frozen=True)
class Plan:
    """How a chosen set of fields is read: the columns, and for each field where its values stand in a row."""

    columns: tuple[str, ...]
    parts: tuple[tuple[Field, tuple[int, ...]], ...]

    def items(self, rows: Sequence[Sequence[Any]], references: References) -> list[dict[str, Any]]:
        """Return the rows as JSON objects; a fixed number of queries for what they point to."""
        if all(field.make is None for field, _places in self.parts):
            names = [field.name for field, _places in self.parts]
            first = [places[0] for _field, places in self.parts]
            return [dict(zip(names, [row[i] for i in first], strict=True)) for row in rows]
        loaded = self._load(rows, references)
        return [self._item(row, references, loaded) for row in rows]

    def _load(self, rows: Sequence[Sequence[Any]], references: References) -> dict[Any, dict[int, Any]]:
        """Fetch what the rows point to."""
        for field, places in self.parts:
            if field.collect:
                for row in rows:
                    field.collect(references, *[row[i] for i in places])
        references.load()
        loaders = {field.loader for field, _places in self.parts if field.loader}
        ids = [row[0] for row in rows]
        return {loader: loader(ids) if ids else {} for loader in loaders}

    def _item(
        self, row: Sequence[Any], references: References, loaded: dict[Any, dict[int, Any]]
    ) -> dict[str, Any]:
        item: dict[str, Any] = {}
        for field, places in self.parts:
            if field.loader:
                item[field.name] = field.make(references, loaded[field.loader].get(row[0]))  # type: ignore[misc]
            elif field.make:
                item[field.name] = field.make(references, *[row[i] for i in places])
            else:
                item[field.name] = row[places[0]]
        return item

    def of_page(self, page: BasePage, references: References) -> dict[str, Any]:
        """Return one page object, of any revision, as the same JSON."""
        row = [page.pk, *(_value(page, column) for column in self.columns[1:])]
        for field, places in self.parts:
            if field.collect:
                field.collect(references, *[row[i] for i in places])
        references.load()
        loaded = {f.loader: {page.pk: f.of_page(page)} for f, _places in self.parts if f.loader and f.of_page}
        return self._item(row, references, loaded)


@lru_cache(maxsize=512)
def plan(fields: tuple[Field, ...], extra_column: str = "pk") -> Plan:
    """Return the plan of these fields. The id always stands first, `extra_column` (of the order) second."""
    columns = list(dict.fromkeys(["pk", extra_column, *(c for f in fields for c in f.columns)]))
    places = {column: index for index, column in enumerate(columns)}
    return Plan(tuple(columns), tuple((f, tuple(places[c] for c in f.columns)) for f in fields))


def _value(page: Any, column: str) -> Any:
    """Follow an ORM path over objects; a missing relation is None."""
    value = page
    for part in column.split("__"):
        value = getattr(value, part, None)  # RelatedObjectDoesNotExist is an AttributeError
        if value is None:
            break
    return value


def named(fields: Iterable[Field]) -> dict[str, Field]:
    """Return the fields by name, in order."""
    return {field.name: field for field in fields}
