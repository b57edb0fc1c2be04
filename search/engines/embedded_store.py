"""The embedded engine's files: one SQLite database a generation, and a pointer to the one in use."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32

from search.engine import SearchUnavailable
from search.engines.embedded_columns import Columns
from search.fold import VERSION

SCHEMA = """
CREATE TABLE doc(
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, version INTEGER NOT NULL, removed INTEGER NOT NULL DEFAULT 0,
  kind TEXT NOT NULL, object_id TEXT NOT NULL, title TEXT NOT NULL, summary TEXT NOT NULL, body TEXT NOT NULL,
  number TEXT NOT NULL, url TEXT NOT NULL, digest TEXT NOT NULL, date TEXT, facets TEXT NOT NULL, access TEXT NOT NULL);
CREATE TABLE place(doc INTEGER PRIMARY KEY, day INTEGER NOT NULL, kind INTEGER NOT NULL, school INTEGER NOT NULL,
  township INTEGER NOT NULL, school_year INTEGER NOT NULL, status INTEGER NOT NULL, topics TEXT NOT NULL,
  change INTEGER NOT NULL);
CREATE INDEX place_change ON place(change);
CREATE TABLE counter(change INTEGER NOT NULL);
INSERT INTO counter VALUES(0);
CREATE TABLE value(id INTEGER PRIMARY KEY, facet TEXT NOT NULL, value TEXT NOT NULL, UNIQUE(facet, value));
CREATE TABLE term(id INTEGER PRIMARY KEY, text TEXT NOT NULL, weight INTEGER NOT NULL, UNIQUE(text, weight));
CREATE TABLE entry(weight INTEGER NOT NULL, entry TEXT NOT NULL, term INTEGER NOT NULL,
  PRIMARY KEY(weight, entry, term)) WITHOUT ROWID;
CREATE TABLE offered(term INTEGER NOT NULL, access TEXT NOT NULL, documents INTEGER NOT NULL,
  PRIMARY KEY(term, access)) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5(title, summary, body, meta, singles, content='',
  tokenize="unicode61 remove_diacritics 0");
"""
#: What a file is made by: another schema or other tokens make another number.
FORMAT = crc32(f"{VERSION} {SCHEMA}".encode()) & 0x7FFFFFFF
#: What a file is made by that nothing was built into: whoever keeps the index builds it from the database.
UNBUILT = 0
POINTER = "current"
BUSY_TIMEOUT = 20  # seconds
MAPPED = 2**31 - 2**16  # bytes of a file that are read without copying, as much as SQLite allows
FILLING = """
PRAGMA synchronous=OFF; PRAGMA cache_size=-131072; PRAGMA wal_autocheckpoint=20000;
INSERT INTO words(words, rank) VALUES('hashsize', 67108864);
INSERT INTO words(words, rank) VALUES('automerge', 0);
"""
SEALED = """
INSERT INTO words(words) VALUES('optimize');
INSERT INTO words(words, rank) VALUES('hashsize', 1048576);
INSERT INTO words(words, rank) VALUES('automerge', 4);
PRAGMA synchronous=NORMAL; PRAGMA wal_checkpoint(TRUNCATE);
"""


class Store:
    """Opens generations under `folder`. A thread keeps its connection until the pointer names another file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._local = threading.local()
        self._columns: tuple[str, Columns] = ("", Columns())

    def current(self) -> str:
        """Return the name of the generation in use; when there is none, make an empty one that is to be built."""
        name = self.current_or_none()
        if name is None:
            name = self.create(UNBUILT)
            self.point_to(name)
        return name

    def current_or_none(self) -> str | None:
        try:
            return (self.folder / POINTER).read_text()
        except FileNotFoundError:
            return None

    def names(self) -> list[str]:
        return sorted(path.name for path in self.folder.glob("*.sqlite3"))

    def create(self, made_by: int = FORMAT) -> str:
        """Make an empty generation, numbered after the last, and return its name."""
        self.folder.mkdir(parents=True, exist_ok=True)
        last = max((int(name.split(".")[0]) for name in self.names()), default=0)
        name = f"{last + 1:06}.sqlite3"
        connection = self.open(name)
        with connection:
            connection.executescript(SCHEMA)
            connection.execute(f"PRAGMA user_version = {made_by}")
        connection.close()
        return name

    def point_to(self, name: str) -> None:
        """Make the generation the one in use: one rename, so no reader ever sees half of it."""
        fresh = self.folder / f"{POINTER}.new"
        fresh.write_text(name)
        fresh.replace(self.folder / POINTER)

    def drop(self, name: str) -> None:
        for path in self.folder.glob(f"{name}*"):
            path.unlink(missing_ok=True)

    def open(self, name: str, *, filling: bool = False) -> sqlite3.Connection:
        """Open a generation; `filling` one that nobody reads yet trades safety, which `seal` makes good, for time."""
        connection = sqlite3.connect(
            self.folder / name, timeout=BUSY_TIMEOUT, isolation_level=None, check_same_thread=False
        )
        connection.row_factory = sqlite3.Row
        connection.executescript(
            f"PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size={MAPPED};"
        )
        if filling:
            connection.executescript(FILLING)
        return connection

    def seal(self, connection: sqlite3.Connection, name: str) -> None:
        """Make a filled generation ready to be read: one segment, the usual settings, everything on the disk."""
        connection.executescript(SEALED)
        with (self.folder / name).open("rb") as file:
            os.fsync(file.fileno())

    def connection(self) -> sqlite3.Connection:
        """Return this thread's connection to the generation in use."""
        name = self.current()
        if getattr(self._local, "name", None) != name:
            if getattr(self._local, "connection", None) is not None:
                self._local.connection.close()
            self._local.connection, self._local.name = self.open(name), name
        return self._local.connection

    def columns(self) -> Columns:
        """Return the facet columns of the generation that this thread asks; all threads share them."""
        name = self._local.name
        if self._columns[0] != name:
            self._columns = (name, Columns())
        return self._columns[1]

    def forget(self) -> None:
        """Let go of this thread's connection and of what is kept in memory: the files are gone."""
        (self.folder / POINTER).unlink(missing_ok=True)
        if getattr(self._local, "connection", None) is not None:
            self._local.connection.close()
        self._local = threading.local()
        self._columns = ("", Columns())

    @contextmanager
    def asked(self) -> Iterator[sqlite3.Connection]:
        """Yield the connection; SQLite's own errors come out as SearchUnavailable."""
        try:
            yield self.connection()
        except (sqlite3.Error, OSError) as error:
            raise SearchUnavailable(str(error)) from error


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """See one state of the index in all questions asked inside."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("COMMIT")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Hold the write lock from the beginning, so that what was read stays true until it is written."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
