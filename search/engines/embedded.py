"""The embedded engine: SQLite FTS5 in a file of its own. No service, many processes, rebuilt beside the old file."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from search.engine import MAX_WINDOW, Document, Health, Query, Refusal, Removal, Result, SearchUnavailable
from search.engines.embedded_columns import Columns
from search.engines.embedded_rare import may_occur, rarest, telling
from search.engines.embedded_read import Question
from search.engines.embedded_store import FORMAT, Store, snapshot, transaction
from search.engines.embedded_suggest import offered
from search.engines.embedded_write import write
from search.engines.filters import united
from search.grammar import Plan, parse
from search.synonyms import current_synonyms

RELAXED_TOKENS = 14  # the rarest tokens of a long question decide; the others only cost time
SIMILAR_TOKENS = 20


class EmbeddedEngine:
    """See `search.engine.SearchEngine`."""

    name = "embedded"

    def __init__(self, folder: Path) -> None:
        self.store = Store(folder)

    def search(self, query: Query) -> Result:
        """Answer with everything that holds all words; when nothing does, with what holds some."""
        if query.offset + query.limit > MAX_WINDOW or not query.access:
            return Result()
        plan = parse(query.text, current_synonyms())
        if plan.is_empty and query.text.strip():
            return Result()
        filters = united(query.filters, plan.filters)
        with self.asked() as (connection, columns):
            result = Question(connection, columns, query, plan, filters).answer()
            if result.total or not plan.must:
                return result
            rare = rarest(connection, plan.words, RELAXED_TOKENS)
            return Question(connection, columns, query, plan, filters, rare).answer() if rare else result

    def similar(self, kind: str, object_id: str, query: Query) -> Result:
        """Return documents that share the rarest words of this one's title and text, itself left out.

        To those who may not find the document itself nothing is like it.
        """
        with self.asked() as (connection, columns):
            row = connection.execute(
                "SELECT id, title, summary, body, access FROM doc WHERE key = ? AND removed = 0",
                [f"{kind}:{object_id}"],
            ).fetchone()
            if row is None or query.access.isdisjoint(json.loads(row["access"])):
                return Result()
            words = telling(row["title"], f"{row['summary']} {row['body']}")
            rare = rarest(connection, words, SIMILAR_TOKENS, at_least=2)
            if not rare:
                return Result()
            return Question(
                connection, columns, query, Plan(), united(query.filters), rare, without=row["id"]
            ).answer()

    def suggest(self, prefix: str, access: frozenset[str], limit: int = 8) -> list[str]:
        """Return titles and names that begin, or have a word that begins, with what was typed."""
        with self.store.asked() as connection:
            return offered(connection, prefix, access, limit)

    def counts(self, texts: Sequence[str], access: frozenset[str]) -> list[int]:
        """Return for each text how many documents of the reader's hold it, synonyms left aside."""
        query = Query(access=access)
        with self.asked() as (connection, columns):
            plans = [parse(text) if access else Plan() for text in texts]
            return [
                Question(connection, columns, query, plan, {}).total() if may_occur(connection, plan) else 0
                for plan in plans
            ]

    @contextmanager
    def asked(self) -> Iterator[tuple[sqlite3.Connection, Columns]]:
        """Yield one state of the index: its connection and its facet columns."""
        with self.store.asked() as connection, snapshot(connection):
            yield connection, self.store.columns()

    def apply(self, changes: Sequence[Document | Removal]) -> list[Refusal]:
        with self.store.asked() as connection, transaction(connection):
            return write(connection, changes)

    def digests(self) -> Iterator[tuple[str, str]]:
        """Yield key and digest of everything in the index, in the order of the keys."""
        with self.store.asked() as connection:
            for row in connection.execute("SELECT key, digest FROM doc WHERE removed = 0 ORDER BY key"):
                yield row["key"], row["digest"]

    def newest(self) -> int:
        """Return the highest version that the index has seen, 0 when there is none."""
        if self.store.current_or_none() is None:
            return 0
        with self.store.asked() as connection:
            return connection.execute("SELECT ifnull(max(version), 0) FROM doc").fetchone()[0]

    @contextmanager
    def rebuild(self) -> Iterator[EmbeddedRebuild]:
        """Yield a new generation. The one before is kept for `rollback`, older ones are dropped."""
        fresh = EmbeddedRebuild(self.store)
        try:
            yield fresh
        finally:
            fresh.close()

    def rollback(self) -> str:
        """Go back to the generation before the one in use, and return its name."""
        current = self.store.current()
        earlier = [name for name in self.store.names() if name < current]
        if not earlier:
            raise SearchUnavailable("there is no earlier generation")
        self.store.point_to(earlier[-1])
        return earlier[-1]

    def refresh(self) -> None:
        """Nothing waits here: what was applied is found at once."""

    def destroy(self) -> None:
        """Drop every generation."""
        for name in self.store.names():
            self.store.drop(name)
        self.store.forget()

    def health(self) -> Health:
        try:
            with self.store.asked() as connection:
                count = connection.execute("SELECT count(*) FROM doc WHERE removed = 0").fetchone()[0]
                version = connection.execute("PRAGMA user_version").fetchone()[0]
        except SearchUnavailable as error:
            return Health("down", detail=str(error))
        return Health("ok" if version == FORMAT else "rebuild-needed", self.store.current(), count)


class EmbeddedRebuild:
    """A generation being made beside the one in use."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.name = store.create()
        self.connection = store.open(self.name, filling=True)
        self.committed = False

    def add(self, documents: Iterable[Document]) -> int:
        with transaction(self.connection):
            batch = list(documents)
            write(self.connection, batch)
        return len(batch)

    def apply(self, changes: Sequence[Document | Removal]) -> list[Refusal]:
        with transaction(self.connection):
            return write(self.connection, changes)

    def count(self) -> int:
        return self.connection.execute("SELECT count(*) FROM doc WHERE removed = 0").fetchone()[0]

    def commit(self) -> None:
        before = self.store.current_or_none()
        self.store.seal(self.connection, self.name)
        self.store.point_to(self.name)
        self.committed = True
        for name in self.store.names():
            if name not in {before, self.name}:
                self.store.drop(name)

    def close(self) -> None:
        self.connection.close()
        if not self.committed:
            self.store.drop(self.name)
