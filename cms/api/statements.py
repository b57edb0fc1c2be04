"""Compiled list queries, kept: putting a query together costs Django more time than the database needs for it.

Only the SQL text and its parameters are kept, never a row: each request asks the database anew. The key is all
that the SQL is made of, so that an entry can never be wrong; the least used ones go.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import IntegerField, QuerySet, Subquery

from cms.api.cursor import Order
from cms.api.resources import RESOURCES
from cms.pages.selectors import PageFilter

KEPT = 1024


class Count(Subquery):
    """How many rows a query has, as a column: list and total come from one statement and agree."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


@dataclass(frozen=True)
class Statement:
    """SQL with its parameters, and how each column's value becomes Python's."""

    sql: str
    params: tuple[Any, ...]
    converters: tuple[tuple[int, tuple[Any, ...], Any], ...]

    @classmethod
    def of(cls, queryset: QuerySet[Any]) -> Statement:
        """Compile a `values_list` queryset."""
        compiler = queryset.query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        converters = compiler.get_converters([expression for expression, _sql, _alias in compiler.select])
        found = tuple(
            (place, tuple(convert), expression) for place, (convert, expression) in converters.items()
        )
        return cls(sql, tuple(params), found)

    def rows(self) -> list[Sequence[Any]]:
        """Run the statement and return all rows."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.params)
            rows: list[Any] = [list(row) for row in cursor.fetchall()]
        for place, convert, expression in self.converters:
            for row in rows:
                value = row[place]
                for step in convert:
                    value = step(value, expression, connection)
                row[place] = value
        return rows


@lru_cache(maxsize=KEPT)
def list_statement(
    name: str,
    filters: PageFilter,
    columns: tuple[str, ...],
    order: Order,
    after: tuple[Any, int] | None,
    limit: int,
) -> Statement:
    """Return the statement of one page of a library; the last column is the total of the filter."""
    matching = RESOURCES[name].queryset(filters)
    queryset = matching.annotate(api_total=Count(matching.values("pk")))
    if after is not None:
        queryset = queryset.filter(order.after(*after))
    return Statement.of(queryset.order_by(*order.by()).values_list(*columns, "api_total")[:limit])


@lru_cache(maxsize=KEPT)
def item_statement(name: str, columns: tuple[str, ...], pk: int) -> Statement:
    """Return the statement of one public thing."""
    return Statement.of(RESOURCES[name].queryset().filter(pk=pk).values_list(*columns)[:1])
