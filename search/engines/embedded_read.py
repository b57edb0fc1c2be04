"""How the embedded index is asked: the best hits, the total, the counts of each facet."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from search.engine import Hit, Query, Result
from search.engines.embedded_match import match_expression
from search.engines.embedded_write import SINGLE_FACETS
from search.grammar import Plan

WEIGHTS = (
    "5.0, 2.0, 1.0, 0.0"  # title, summary, body; the last column holds access and facets, which are no text
)
ORDERS = {
    "relevance": f"bm25(words, {WEIGHTS}), day DESC, doc",
    "newest": "day DESC, doc DESC",
    "oldest": "day = 0, day, doc",
}
Filters = Mapping[str, Sequence[str]]


class Question:
    """One query against one connection: the same conditions for hits, total and facets."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        query: Query,
        plan: Plan,
        filters: Filters,
        relaxed: Sequence[str] = (),
        without: int = 0,
    ) -> None:
        self.connection, self.query, self.plan, self.filters = connection, query, plan, filters
        self.relaxed, self.without = relaxed, without

    def answer(self) -> Result:
        total = self.total()
        return Result(
            hits=self._hits() if total else (),
            total=total,
            facets={facet: self._counts(facet) for facet in self.query.facets}
            if total or self.filters
            else {},
            relaxed=bool(self.relaxed),
        )

    def _where(self, ignoring: str = "") -> tuple[str, list[object]]:
        """Return the conditions and their parameters; `ignoring` leaves one facet's own filter out."""
        filters = {facet: values for facet, values in self.filters.items() if facet != ignoring}
        expression = match_expression(self.plan, sorted(self.query.access), filters, relaxed=self.relaxed)
        parameters: list[object] = [expression]
        sql = "words MATCH ?"
        if self.query.date_from:
            sql, parameters = f"{sql} AND day >= ?", [*parameters, self.query.date_from.toordinal()]
        if self.query.date_to:
            sql, parameters = f"{sql} AND day BETWEEN 1 AND ?", [*parameters, self.query.date_to.toordinal()]
        if self.without:
            sql, parameters = f"{sql} AND doc <> ?", [*parameters, self.without]
        return sql, parameters

    def total(self) -> int:
        """Return how many documents answer the question."""
        where, parameters = self._where()
        sql = f"SELECT count(*) FROM words JOIN place ON doc = words.rowid WHERE {where}"  # noqa: S608
        return self.connection.execute(sql, parameters).fetchone()[0]

    def _hits(self) -> list[Hit]:
        where, parameters = self._where()
        sort = (
            self.query.sort if self.plan.must or self.relaxed or self.query.sort != "relevance" else "newest"
        )
        best = self.connection.execute(
            f"SELECT doc, bm25(words, {WEIGHTS}) AS score FROM words JOIN place ON doc = words.rowid"  # noqa: S608
            f" WHERE {where} ORDER BY {ORDERS[sort]} LIMIT ? OFFSET ?",
            [*parameters, self.query.limit, self.query.offset],
        ).fetchall()
        return [self._hit(row["doc"], -row["score"]) for row in best]

    def _hit(self, number: int, score: float) -> Hit:
        row = self.connection.execute("SELECT * FROM doc WHERE id = ?", [number]).fetchone()
        return Hit(
            kind=row["kind"],
            object_id=row["object_id"],
            score=score,
            title=row["title"],
            summary=row["summary"],
            body=row["body"],
            url=row["url"],
            date=date.fromisoformat(row["date"]) if row["date"] else None,
            facets=json.loads(row["facets"]),
        )

    def _counts(self, facet: str) -> list[tuple[str, int]]:
        """Return the facet's values with counts, most first; its own filter does not narrow them."""
        where, parameters = self._where(ignoring=facet)
        column = facet if facet in SINGLE_FACETS else "topics"
        rows = self.connection.execute(
            f"SELECT {column}, count(*) FROM words JOIN place ON doc = words.rowid"  # noqa: S608
            f" WHERE {where} GROUP BY {column}",
            parameters,
        ).fetchall()
        counts: Counter[int] = Counter()
        for value, count in rows:
            for number in [value] if facet in SINGLE_FACETS else json.loads(value):
                counts[number] += count
        names = dict(
            self.connection.execute("SELECT id, value FROM value WHERE facet = ?", [facet]).fetchall()
        )
        found = [(names[number], count) for number, count in counts.items() if number in names]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))
