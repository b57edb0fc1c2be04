"""The way from a change in the database to the index: noted in the transaction of the change, worked off after it."""

from __future__ import annotations

import logging
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from search.engine import Document, Removal, SearchEngine, SearchUnavailable
from search.engines import current_engine
from search.lease import Held, LeaseTaken, lease
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
        with lease() as held:
            return _drain(limit, engine or current_engine(), held)
    except LeaseTaken:
        return Drained()


def _drain(limit: int, engine: SearchEngine, held: Held) -> Drained:
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
    if not _settle(rows, batch, failures, held):
        return Drained()
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
def _settle(rows: Sequence[IndexChange], batch: IndexBatch, failures: dict[str, str], held: Held) -> bool:
    """Tick off what was done; let what failed wait for its next try, or park it after the last.

    Return False, with all still to do, when a new generation came meanwhile that may lack the changes.
    """
    if held.is_stale():
        return False
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
    return True


def is_ahead(engine: SearchEngine) -> bool:
    """Say whether the index has seen higher versions than the database has given."""
    return engine.newest() > (IndexBatch.objects.aggregate(last=Max("pk"))["last"] or 0)


def outnumber(engine: SearchEngine) -> bool:
    """Let versions go on above those that the index has seen; return whether they did not.

    A database that was put back from a backup counts from further down: the index would refuse all that comes.
    """
    if not is_ahead(engine):
        return False
    IndexBatch.objects.create(pk=engine.newest() + 1)
    for sql in connection.ops.sequence_reset_sql(no_style(), [IndexBatch]):
        with connection.cursor() as cursor:
            cursor.execute(sql)
    return True


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
