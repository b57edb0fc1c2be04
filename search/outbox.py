"""The way from a change in the database to the index: noted in the transaction of the change, worked off after it."""

from __future__ import annotations

import logging
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from search.engine import Document, Removal, SearchEngine, SearchUnavailable
from search.engines import current_engine
from search.lease import LeaseTaken, lease
from search.models import MAX_TRIES, IndexBatch, IndexChange
from search.sources import source_of

logger = logging.getLogger(__name__)
BATCH = 200
BACKOFF = (10, 60, 300, 1_800, 7_200)  # seconds before the next try
Key = tuple[str, str]


@dataclass
class Drained:
    """What one go did. `down` means that the engine could not be asked; nothing was lost."""

    changed: int = 0
    failed: int = 0
    down: bool = False


def note_change(kind: str, *object_ids: object) -> None:
    """Have the index look again at these things. Call it in the transaction that changes them."""
    IndexChange.objects.bulk_create(
        IndexChange(kind=kind, object_id=str(object_id)) for object_id in dict.fromkeys(object_ids)
    )


def drain(limit: int = BATCH, engine: SearchEngine | None = None) -> Drained:
    """Work off changes that are due, the oldest first. Another worker at it means nothing to do here."""
    if not IndexChange.objects.due().exists():
        return Drained()
    try:
        with lease():
            return _drain(limit, engine or current_engine())
    except LeaseTaken:
        return Drained()


def _drain(limit: int, engine: SearchEngine) -> Drained:
    rows = list(IndexChange.objects.due()[:limit])
    if not rows:
        return Drained()
    # The version is drawn before anything is read: whoever reads later has a higher one.
    batch = IndexBatch.objects.create()
    changes, unreadable = read_changes(((row.kind, row.object_id) for row in rows), batch.pk)
    try:
        refused = {refusal.key: refusal.reason for refusal in engine.apply(changes)}
    except SearchUnavailable as error:
        logger.warning("The search engine is down; %s changes wait: %s", len(rows), error)
        return Drained(down=True)
    failures = {**unreadable, **refused}
    _settle(rows, batch, failures)
    return Drained(changed=len(changes) - len(refused), failed=len(failures))


def read_changes(keys: Iterable[Key], version: int) -> tuple[list[Document | Removal], dict[str, str]]:
    """Read each thing as it is now; return the changes, and what could not be read with the reason."""
    changes: list[Document | Removal] = []
    unreadable: dict[str, str] = {}
    for kind, object_id in dict.fromkeys(keys):
        source = source_of(kind)
        try:
            with transaction.atomic():
                document = source.document(object_id, version) if source else None
        except Exception as error:
            logger.exception("%s:%s cannot be made a document", kind, object_id)
            unreadable[f"{kind}:{object_id}"] = f"{type(error).__name__}: {error}"
            continue
        changes.append(document or Removal(kind, object_id, version))
    return changes, unreadable


@transaction.atomic
def _settle(rows: Sequence[IndexChange], batch: IndexBatch, failures: dict[str, str]) -> None:
    """Tick off what was done; let what failed wait for its next try, or park it after the last."""
    done = [row.pk for row in rows if str(row) not in failures]
    IndexChange.objects.filter(pk__in=done).update(done_in=batch, error="")
    for row in rows:
        if str(row) in failures:
            row.error = failures[str(row)][:2_000]
            wait = BACKOFF[min(row.tries, len(BACKOFF) - 1)] * random.uniform(0.8, 1.2)  # noqa: S311
            row.due_at = timezone.now() + timedelta(seconds=wait)
            row.tries += 1
            row.parked = row.tries >= MAX_TRIES
            row.save()


def retry_parked(ids: Sequence[int] | None = None) -> int:
    """Put parked changes back into the queue, all or those named; return their number."""
    parked = IndexChange.objects.parked()
    chosen = parked if ids is None else parked.filter(pk__in=ids)
    return chosen.update(parked=False, tries=0, due_at=timezone.now())


def discard_parked(ids: Sequence[int]) -> int:
    """Delete parked changes that nobody will mend; return their number. The nightly comparison finds what is amiss."""
    return IndexChange.objects.parked().filter(pk__in=ids).delete()[0]


def forget_done(older_than: timedelta = timedelta(days=1)) -> int:
    """Delete what was worked off long ago (a rebuild needs the last day's)."""
    old = IndexChange.objects.filter(done_in__started_at__lt=timezone.now() - older_than)
    return old.delete()[0]
