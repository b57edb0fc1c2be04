"""How the embedded index is asked: the best hits, the total, the counts of each facet."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date

from search.engine import Hit, Query, Result
from search.engines.embedded_columns import Columns, Numbers, numbers_of
from search.engines.embedded_match import match_expression
from search.grammar import Match, Plan

WEIGHTS = (
    "5.0, 2.0, 1.0, 0.0, 1.0"  # title, summary, body; access and facets, which are no text; single characters
)
ORDERS = {
    "relevance": f"bm25(words, {WEIGHTS}), day DESC, doc",
    "newest": "day DESC, doc DESC",
    "oldest": "day = 0, day, doc",
}
Filters = Mapping[str, Sequence[str]]


#: From so many hits on, those with one of the words in their titles come first; only where these do not fill the page
#: is every hit ranked. Nobody can tell the order of ten thousand texts that mention a word, and it saves half the time.
MANY = 5_000


class Question:
    """One query against one connection: the same conditions for hits, total and facets."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        columns: Columns,
        query: Query,
        plan: Plan,
        filters: Filters,
        relaxed: Sequence[str] = (),
        without: int = 0,
    ) -> None:
        self.connection, self.columns, self.query = connection, columns, query
        self.plan, self.filters = plan, filters
        self.relaxed, self.without = relaxed, without

    def answer(self) -> Result:
        facets: dict[str, list[tuple[str, int]]] = {}
        if self.query.facets:
            total, facets = self._counted()
        else:
            total = self.total()
        return Result(
            hits=self._hits(total) if total else (), total=total, facets=facets, relaxed=bool(self.relaxed)
        )

    def total(self) -> int:
        """Return how many documents answer the question."""
        where, parameters = self._where()
        source = "words JOIN place ON doc = words.rowid" if self._is_dated else "words"
        sql = f"SELECT count(*) FROM {source} WHERE {where}"  # noqa: S608
        return self.connection.execute(sql, parameters).fetchone()[0]

    @property
    def _is_dated(self) -> bool:
        return bool(self.query.date_from or self.query.date_to)

    def _counted(self) -> tuple[int, dict[str, list[tuple[str, int]]]]:
        """Return the total and the counts of each facet, from one look at the index; filters narrow in memory."""
        self.columns.refresh(self.connection)
        sql = "SELECT json_group_array(rowid) FROM words WHERE words MATCH ?"
        found = self.connection.execute(sql, [self._expression({})]).fetchone()[0]
        numbers: Numbers = json.loads(found)
        if self.without:
            numbers = [number for number in numbers if number != self.without]
        numbers = self._of_period(numbers)
        wanted = {
            facet: numbers_of(self.connection, facet, values)
            for facet, values in self.filters.items()
            if values
        }
        narrowed = self.columns.narrowed(numbers, wanted)
        if not narrowed and not self.filters:
            return 0, {}
        facets = {
            facet: self._named(
                facet, self.columns.narrowed(numbers, wanted, facet) if facet in wanted else narrowed
            )
            for facet in self.query.facets
        }
        return len(narrowed), facets

    def _named(self, facet: str, numbers: Numbers) -> list[tuple[str, int]]:
        """Return the facet's values with counts, most first."""
        rows = self.connection.execute("SELECT id, value FROM value WHERE facet = ?", [facet])
        names = dict(map(tuple, rows))
        counts = self.columns.counts(facet, numbers).items()
        found = [(names[number], count) for number, count in counts if number in names]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))

    def _expression(self, filters: Filters, *, titled: bool = False) -> str:
        return match_expression(
            self.plan, sorted(self.query.access), filters, relaxed=self.relaxed, titled=titled
        )

    def _where(self, *, titled: bool = False) -> tuple[str, list[object]]:
        """Return the conditions and their parameters."""
        parameters: list[object] = [self._expression(self.filters, titled=titled)]
        sql = "words MATCH ?"
        if self.query.date_from:
            sql, parameters = f"{sql} AND day >= ?", [*parameters, self.query.date_from.toordinal()]
        if self.query.date_to:
            sql, parameters = f"{sql} AND day BETWEEN 1 AND ?", [*parameters, self.query.date_to.toordinal()]
        if self.without:
            sql, parameters = f"{sql} AND words.rowid <> ?", [*parameters, self.without]
        return sql, parameters

    def _hits(self, total: int) -> list[Hit]:
        """Return the page of hits, the best first."""
        asked = bool(self.plan.must or self.relaxed)
        sort = self.query.sort if asked or self.query.sort != "relevance" else "newest"
        if sort != "relevance" or total < MANY:
            return self._page(*self._where(), ORDERS[sort], [])
        if self._is_of_characters:
            return self._recent()
        found = self._page(*self._where(titled=True), ORDERS[sort], [])
        if len(found) == self.query.limit:
            return found
        titled = "words.rowid NOT IN (SELECT rowid FROM words WHERE words MATCH ?)"
        first = [self._expression(self.filters, titled=True)]
        return self._page(*self._where(), f"{titled}, {ORDERS[sort]}", first)

    @property
    def _is_of_characters(self) -> bool:
        clauses = [one for term in self.plan.must for wording in term.wordings for one in wording]
        return not self.relaxed and all(clause.match is Match.ONE for clause in clauses)

    def _recent(self) -> list[Hit]:
        """Return those with the characters in their titles, the newest first; then the others.

        Of so many texts with a single character none is better than another, and ranking them costs most of the time.
        """
        self.columns.refresh(self.connection)
        wanted = self.query.offset + self.query.limit
        titled = self._numbers(titled=True)
        found = self.columns.newest(titled, wanted)
        if len(found) < wanted:
            known = set(titled)
            others = [number for number in self._numbers() if number not in known]
            found += self.columns.newest(others, wanted - len(found))
        return [self._hit(number, 0.0) for number in found[self.query.offset :]]

    def _numbers(self, *, titled: bool = False) -> Numbers:
        """Return the documents that answer the question, all filters applied."""
        sql = "SELECT json_group_array(rowid) FROM words WHERE words MATCH ?"
        found = self.connection.execute(sql, [self._expression(self.filters, titled=titled)]).fetchone()[0]
        return self._of_period(json.loads(found))

    def _of_period(self, numbers: Numbers) -> Numbers:
        period = (self.query.date_from, self.query.date_to)
        return self.columns.between(numbers, *(day.toordinal() if day else None for day in period))

    def _page(
        self, where: str, parameters: Sequence[object], order: str, more: Sequence[object]
    ) -> list[Hit]:
        best = self.connection.execute(
            f"SELECT doc, bm25(words, {WEIGHTS}) AS score FROM words JOIN place ON doc = words.rowid"  # noqa: S608
            f" WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?",
            [*parameters, *more, self.query.limit, self.query.offset],
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
