"""How documents get into the embedded index and out of it again."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence

from search.engine import Document, Refusal, Removal
from search.engines.embedded_columns import SINGLE_FACETS
from search.engines.embedded_match import index_singles, index_text, value_token
from search.engines.embedded_suggest import offer, terms_of, withdraw


def write(connection: sqlite3.Connection, changes: Sequence[Document | Removal]) -> list[Refusal]:
    """Make the changes whose version is not older than what is there; doing so twice changes nothing."""
    refusals = []
    connection.execute("UPDATE counter SET change = change + 1")
    for change in changes:
        if isinstance(change, Document) and not change.access:
            refusals.append(Refusal(change.key, "a document that nobody may see"))
            continue
        row = connection.execute("SELECT * FROM doc WHERE key = ?", [change.key]).fetchone()
        if row is not None and row["version"] > change.version:
            continue
        if row is not None and not row["removed"]:
            _take_out(connection, row)
        if isinstance(change, Document):
            _put_in(connection, change, row["id"] if row else None)
        else:
            _remember_removal(connection, change)
    return refusals


def _put_in(connection: sqlite3.Connection, document: Document, number: int | None) -> None:
    stored = (
        document.key, document.version, 0, document.kind, document.object_id, document.title, document.summary,
        document.body, document.number, document.url, document.digest,
        document.date.isoformat() if document.date else None,
        json.dumps(_facets(document), ensure_ascii=False), json.dumps(sorted(document.access)),
    )  # fmt: skip
    cursor = connection.execute(
        "INSERT OR REPLACE INTO doc(id, key, version, removed, kind, object_id, title, summary, body, number, url,"
        " digest, date, facets, access) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [number, *stored],
    )
    number = int(cursor.lastrowid or 0)
    texts = (document.title, document.number, document.summary, document.body)
    columns = _columns(*texts, _facets(document), sorted(document.access))
    connection.execute(
        "INSERT INTO words(rowid, title, summary, body, meta, singles) VALUES(?, ?, ?, ?, ?, ?)",
        [number, *columns],
    )
    _place(connection, document, number)
    offer(connection, terms_of(document.title, document.facets), sorted(document.access))


def _take_out(connection: sqlite3.Connection, row: sqlite3.Row) -> None:
    """FTS5 without content forgets a row only when told its tokens again; they come from the stored text."""
    facets, access = json.loads(row["facets"]), json.loads(row["access"])
    columns = _columns(row["title"], row["number"], row["summary"], row["body"], facets, access)
    connection.execute(
        "INSERT INTO words(words, rowid, title, summary, body, meta, singles)"
        " VALUES('delete', ?, ?, ?, ?, ?, ?)",
        [row["id"], *columns],
    )
    connection.execute("DELETE FROM place WHERE doc = ?", [row["id"]])
    withdraw(connection, terms_of(row["title"], facets), access)


def _remember_removal(connection: sqlite3.Connection, removal: Removal) -> None:
    """Keep the version of what is gone, so that an older change that comes late does not bring it back."""
    connection.execute(
        "INSERT INTO doc(key, version, removed, kind, object_id, title, summary, body, number, url, digest, facets,"
        " access) VALUES(?, ?, 1, ?, ?, '', '', '', '', '', '', '{}', '[]') ON CONFLICT(key) DO UPDATE SET"
        " version = excluded.version, removed = 1, title = '', summary = '', body = '', number = '', facets = '{}',"
        " access = '[]'",
        [removal.key, removal.version, removal.kind, removal.object_id],
    )


def _facets(document: Document) -> dict[str, list[str]]:
    facets = {facet: list(values) for facet, values in document.facets.items() if values}
    return {**facets, "kind": [document.kind]}


def _columns(
    title: str,
    number: str,
    summary: str,
    body: str,
    facets: Mapping[str, Sequence[str]],
    access: Sequence[str],
) -> list[str]:
    """Return what the index holds of a document: three texts, a column of access and facets, one of characters."""
    marks = [value_token("access", token) for token in access]
    marks += [value_token(facet, value) for facet, values in facets.items() for value in values]
    named = f"{title} {number}" if number else title
    singles = index_singles(named, f"{summary} {body}")
    return [index_text(named), index_text(summary), index_text(body), " ".join(marks), singles]


def _place(connection: sqlite3.Connection, document: Document, number: int) -> None:
    facets = _facets(document)
    single = [_value(connection, facet, facets.get(facet, [""])[0]) for facet in SINGLE_FACETS]
    topics = json.dumps([_value(connection, "topic", value) for value in facets.get("topic", [])])
    day = document.date.toordinal() if document.date else 0
    connection.execute(
        "INSERT INTO place SELECT ?, ?, ?, ?, ?, ?, ?, ?, change FROM counter", [number, day, *single, topics]
    )


def _value(connection: sqlite3.Connection, facet: str, value: str) -> int:
    """Return the number of a facet's value; 0 stands for none."""
    if not value:
        return 0
    connection.execute("INSERT OR IGNORE INTO value(facet, value) VALUES(?, ?)", [facet, value])
    found = connection.execute(
        "SELECT id FROM value WHERE facet = ? AND value = ?", [facet, value]
    ).fetchone()
    return found[0]
