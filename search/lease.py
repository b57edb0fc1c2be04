"""One writer at a time: a lease in the database, which runs out by itself should its holder die."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

from django.db.models import Q, QuerySet
from django.utils import timezone

from search.models import IndexLease

NAME = "index"
LENGTH = timedelta(seconds=90)


class LeaseTaken(Exception):  # noqa: N818
    """Somebody else writes to the index just now."""


@contextmanager
def lease(patience: float = 0.0) -> Iterator[None]:
    """Hold the right to write to the index.

    Raises LeaseTaken when somebody else still holds it after `patience` seconds.
    """
    holder = uuid4().hex
    end = time.monotonic() + patience
    IndexLease.objects.get_or_create(name=NAME)
    while not _free().update(holder=holder, until=timezone.now() + LENGTH):
        if time.monotonic() >= end:
            raise LeaseTaken
        time.sleep(0.2)
    try:
        yield
    finally:
        IndexLease.objects.filter(name=NAME, holder=holder).update(holder="")


def _free() -> QuerySet[IndexLease]:
    return IndexLease.objects.filter(Q(holder="") | Q(until__lt=timezone.now()), name=NAME)
