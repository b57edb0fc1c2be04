"""Lists and single things: rows of exactly the columns asked for, written as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from cms.api.cursor import read_cursor, write_cursor
from cms.api.fields import Field, plan
from cms.api.params import names_of, read_filter
from cms.api.problems import not_found
from cms.api.resources import RESOURCES, Resource
from cms.api.serialize.addresses import base_of
from cms.api.serialize.references import References
from cms.api.statements import item_statement, list_statement


def list_page(request: HttpRequest, resource: Resource, query: Any) -> dict[str, Any]:
    """Return `{"items", "next", "total"}` for the parsed parameters of a list."""
    order = resource.order(query.order)
    filters = read_filter(resource, query)
    fields, expand = chosen_fields(resource, query, resource.light)
    reading = plan(fields, order.column)
    after = read_cursor(resource.name, order, query.cursor) if query.cursor is not None else None
    rows = list_statement(
        resource.name, filters, reading.columns, order, after, query.limit + 1
    ).rows()  # one more than asked for tells whether there is more
    # The total is a column; a page after the last row has no row to carry it.
    total = rows[0][-1] if rows else (resource.queryset(filters).count() if after else 0)
    last = rows[query.limit - 1] if len(rows) > query.limit else None
    base = base_of(request)
    items = reading.items(rows[: query.limit], References(base))
    expand_items(resource, items, expand, base)
    following = write_cursor(resource.name, order, last[1], last[0]) if last else None
    return {
        "items": items,
        "next": _address(request, base, following) if following else None,
        "total": total,
    }


def chosen_fields(
    resource: Resource, query: Any, default: Iterable[str]
) -> tuple[tuple[Field, ...], list[str]]:
    """Return the fields of `fields=` and the names of `expand=`; what is expanded is among the fields."""
    expand = names_of(getattr(query, "expand", None))
    names = names_of(query.fields) or list(default)
    if "*" in names:
        names = [*names, *resource.light]
    return resource.chosen([*names, *expand], expand), expand


def expand_items(resource: Resource, items: list[dict[str, Any]], expand: Iterable[str], base: str) -> None:
    """Put whole items in the place of the links named in `expand`; one level deep."""
    for name in expand:
        if name not in resource.expansions:
            continue
        target = RESOURCES[resource.expansions[name]]
        links = [link for item in items for link in _links(item[name])]
        whole = items_by_id(target, {link["id"] for link in links}, base)
        for link in links:
            link.update(whole.get(link["id"], {}))


def _links(value: Any) -> list[dict[str, Any]]:
    return value if isinstance(value, list) else [value] if value else []


def items_by_id(resource: Resource, ids: Iterable[int], base: str) -> dict[int, dict[str, Any]]:
    """Return the public things of these ids as a list gives them."""
    ids = list(ids)
    if not ids:
        return {}
    reading = plan(resource.chosen(resource.light))
    rows = list(resource.queryset().filter(pk__in=ids).values_list(*reading.columns))
    return {item["id"]: item for item in reading.items(rows, References(base))}


def one_item(request: HttpRequest, resource: Resource, pk: int, query: Any) -> dict[str, Any]:
    """Return one public thing, with its body unless `fields` says otherwise. Raises the problem 404."""
    fields, expand = chosen_fields(resource, query, resource.fields)
    reading = plan(fields)
    rows = item_statement(resource.name, reading.columns, pk).rows()
    if not rows:
        raise not_found()
    base = base_of(request)
    items = reading.items(rows, References(base))
    expand_items(resource, items, expand, base)
    return items[0]


def _address(request: HttpRequest, base: str, cursor: str) -> str:
    """Return the address of this list, going on at the cursor."""
    pairs = [(k, v) for k, values in request.GET.lists() if k != "cursor" for v in values]
    return f"{base}{request.path}?{urlencode([*pairs, ('cursor', cursor)])}"
