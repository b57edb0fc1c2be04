"""The migrated database that test runs begin with: made once for this state of the code, then copied.

`python -m tests.database` makes it ahead of them.

Migrating takes most of a minute's work of one core; each worker and each later run would do it again.
"""

import fcntl
import hashlib
import importlib.metadata
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.db import connection

from xinqiao.settings.env import DATA_DIR, ROOT

STEM = "migrated"
SOURCES = ("cms/**/*.py", "forms/**/*.py", "search/**/*.py", "site/**/*.py", "locale/**/*.po")


def begin_with_a_copy(anew: bool = False, reuse: bool = False) -> None:
    """Put a copy of the migrated database where the tests look for theirs.

    `anew` migrates first; `reuse` takes the test database that stands, whatever state of the code made it.
    """
    name = connection.creation._get_test_db_name()
    with _alone():
        if reuse and not anew and _kept().stands(name):
            return
        _migrated(anew).copy(name)


def _kept() -> "_Sqlite | _Postgres":
    return _Sqlite() if connection.vendor == "sqlite" else _Postgres()


def _migrated(anew: bool = False) -> "_Sqlite | _Postgres":
    kept = _kept()
    if anew or not kept.stands(kept.kept):
        kept.forget()
        with _named(kept.name):
            connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        kept.keep()
    return kept


@contextmanager
def _alone() -> Iterator[None]:
    """Make other workers wait: the first one migrates for all."""
    with (DATA_DIR / f"{STEM}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _named(name: str) -> Iterator[None]:
    """Let the test database have this name for a while, and leave the connection as it was."""
    tests, before = connection.settings_dict["TEST"], connection.settings_dict["NAME"]
    wanted, tests["NAME"] = tests["NAME"], name
    try:
        yield
    finally:
        connection.close()
        tests["NAME"], connection.settings_dict["NAME"] = wanted, before


def _digest() -> str:
    """Name this state of the code: what migrates, what fills the first tables, and the packages it stands on."""
    found = hashlib.sha256()
    for pattern in SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            found.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    packages = sorted(f"{d.name}=={d.version}" for d in importlib.metadata.distributions())
    found.update("\n".join(packages).encode())
    return found.hexdigest()[:12]


class _Sqlite:
    """Files beside each other."""

    def __init__(self) -> None:
        self.kept = str(DATA_DIR / f"{STEM}-{_digest()}.sqlite3")
        self.name = f"{self.kept}.new"

    def stands(self, name: str) -> bool:
        return Path(name).exists()

    def forget(self) -> None:
        for path in DATA_DIR.glob(f"{STEM}-*.sqlite3*"):
            path.unlink()

    def keep(self) -> None:
        Path(self.name).replace(self.kept)

    def copy(self, name: str) -> None:
        for rest in ("-wal", "-shm"):
            Path(name + rest).unlink(missing_ok=True)
        shutil.copyfile(self.kept, name)


class _Postgres:
    """Databases of one server; a template without other users is copied by the server itself."""

    def __init__(self) -> None:
        self.kept = f"xinqiao_{STEM}_{_digest()}"
        self.name = f"{self.kept}_new"

    def stands(self, name: str) -> bool:
        return bool(self._ask("SELECT 1 FROM pg_database WHERE datname = %s", name))

    def forget(self) -> None:
        for (name,) in self._ask(
            "SELECT datname FROM pg_database WHERE datname LIKE %s", f"xinqiao_{STEM}_%"
        ):
            self._do("DROP DATABASE {}", name)

    def keep(self) -> None:
        self._do("ALTER DATABASE {} RENAME TO {}", self.name, self.kept)

    def copy(self, name: str) -> None:
        self._do("DROP DATABASE IF EXISTS {}", name)
        self._do("CREATE DATABASE {} TEMPLATE {}", name, self.kept)

    def _ask(self, question: str, *values: str) -> list[tuple]:
        with connection.creation._nodb_cursor() as cursor:
            cursor.execute(question, values)
            return cursor.fetchall()

    def _do(self, statement: str, *names: str) -> None:
        quoted = [connection.ops.quote_name(name) for name in names]
        with connection.creation._nodb_cursor() as cursor:
            cursor.execute(statement.format(*quoted))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xinqiao.settings.test")
    django.setup()
    with _alone():
        _migrated()
