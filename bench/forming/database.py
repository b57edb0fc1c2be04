"""A database and a folder of the measurement's own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


def open_site() -> None:
    """Set Django up, as the environment says."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.forming.settings")
    os.environ.setdefault("LOG_LEVEL", "ERROR")
    import django

    django.setup()


@contextmanager
def own_site() -> Iterator[None]:
    """Set Django up on a new SQLite file, or on the empty database of DATABASE_URL."""
    with TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path(folder) / 'bench.sqlite3'}")
        os.environ["DATA_DIR"] = folder
        open_site()
        from django.core.management import call_command

        call_command("catalog", verbosity=0)
        call_command("migrate", verbosity=0, interactive=False)
        yield
