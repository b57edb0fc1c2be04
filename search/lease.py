"""One writer at a time: a lease in the database, which runs out by itself should its holder die."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from search.models import IndexLease

NAME = "index"


class LeaseTaken(Exception):  # noqa: N818
    """Somebody else writes to the index just now."""


@dataclass(frozen=True)
class Held:
    """A lease that is held. `swaps` is how many generations had been put in use when it was taken."""

    holder: str
    swaps: int

    def renew(self) -> None:
        """Hold it for its whole length again. Raises LeaseTaken when it ran out and somebody else took it."""
        if not self._rows().update(until=_end()):
            raise LeaseTaken

    def announce_swap(self) -> None:
        """Say that a new generation comes: who went on past the end of an older lease finds that out by `is_stale`."""
        if not self._rows().update(swaps=F("swaps") + 1, until=_end()):
            raise LeaseTaken

    def is_stale(self) -> bool:
        """Say whether another generation came meanwhile, so that what was written may stand in the old one only."""
        return not IndexLease.objects.filter(name=NAME, swaps=self.swaps).exists()

    def _rows(self) -> QuerySet[IndexLease]:
        return IndexLease.objects.filter(name=NAME, holder=self.holder)


@contextmanager
def lease(patience: float = 0.0) -> Iterator[Held]:
    """Hold the right to write to the index.

    Raises LeaseTaken when somebody else still holds it after `patience` seconds.
    """
    holder = uuid4().hex
    end = time.monotonic() + patience
    IndexLease.objects.get_or_create(name=NAME)
    while not _free().update(holder=holder, until=_end()):
        if time.monotonic() >= end:
            raise LeaseTaken
        time.sleep(0.2)
    try:
        yield Held(holder, IndexLease.objects.get(name=NAME).swaps)
    finally:
        IndexLease.objects.filter(name=NAME, holder=holder).update(holder="")


def _end() -> datetime:
    return timezone.now() + timedelta(seconds=settings.SEARCH_LEASE_SECONDS)


def _free() -> QuerySet[IndexLease]:
    return IndexLease.objects.filter(Q(holder="") | Q(until__lt=timezone.now()), name=NAME)
