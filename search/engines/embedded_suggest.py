"""What the embedded index offers while somebody types: each title and name once, with the readers it is offered to."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from search.suggestions import entries, typed

TITLE, NAME = 1, 3
NAMED_FACETS = ("school", "topic")
LOOKED_AT = 400  # entries of a beginning that are compared; one letter begins very many
Term = tuple[str, int]


def terms_of(title: str, facets: Mapping[str, Sequence[str]]) -> dict[Term, None]:
    """Return what a document offers, with its weight: its title, and the names of its school and topics."""
    names = (value for facet in NAMED_FACETS for value in facets.get(facet, ()))
    return {(title, TITLE): None} | dict.fromkeys((name, NAME) for name in names)


def offer(connection: sqlite3.Connection, terms: Iterable[Term], access: Sequence[str]) -> None:
    """Count one more document that offers the terms to the holders of these tokens."""
    for text, weight in terms:
        found = _number(connection, text, weight)
        if found is None:
            cursor = connection.execute("INSERT INTO term(text, weight) VALUES(?, ?)", [text, weight])
            found = int(cursor.lastrowid or 0)
            rows = ((weight, entry, found) for entry in entries(text))
            connection.executemany("INSERT OR IGNORE INTO entry VALUES(?, ?, ?)", rows)
        connection.executemany(
            "INSERT INTO offered VALUES(?, ?, 1) ON CONFLICT DO UPDATE SET documents = documents + 1",
            [(found, token) for token in access],
        )


def withdraw(connection: sqlite3.Connection, terms: Iterable[Term], access: Sequence[str]) -> None:
    """Count one document less; what nobody is offered any more goes altogether."""
    for text, weight in terms:
        found = _number(connection, text, weight)
        if found is None:
            continue
        pairs = [(found, token) for token in access]
        connection.executemany(
            "UPDATE offered SET documents = documents - 1 WHERE term = ? AND access = ?", pairs
        )
        connection.executemany("DELETE FROM offered WHERE term = ? AND access = ? AND documents <= 0", pairs)
        if not connection.execute("SELECT 1 FROM offered WHERE term = ? LIMIT 1", [found]).fetchone():
            rows = ((weight, entry, found) for entry in entries(text))
            connection.executemany("DELETE FROM entry WHERE weight = ? AND entry = ? AND term = ?", rows)
            connection.execute("DELETE FROM term WHERE id = ?", [found])


def offered(connection: sqlite3.Connection, prefix: str, access: Iterable[str], limit: int) -> list[str]:
    """Return names, then titles, that begin with what was typed, the short ones first."""
    start, tokens = typed(prefix), sorted(access)
    found: dict[str, None] = {}
    for weight in (NAME, TITLE):
        if not start or not tokens or len(found) >= limit:
            break
        rows = connection.execute(
            "SELECT DISTINCT text FROM (SELECT term FROM entry WHERE weight = ? AND entry >= ? AND entry < ?"  # noqa: S608
            f" AND EXISTS(SELECT 1 FROM offered WHERE term = entry.term AND access IN ({','.join('?' * len(tokens))}))"
            " LIMIT ?) AS begun JOIN term ON id = begun.term ORDER BY length(text), text LIMIT ?",
            [weight, start, start + "\U0010ffff", *tokens, LOOKED_AT, limit],
        )
        found |= dict.fromkeys(row["text"] for row in rows)
    return list(found)[:limit]


def _number(connection: sqlite3.Connection, text: str, weight: int) -> int | None:
    found = connection.execute("SELECT id FROM term WHERE text = ? AND weight = ?", [text, weight]).fetchone()
    return found["id"] if found else None
