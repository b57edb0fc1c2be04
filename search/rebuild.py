"""Building the index anew beside the one in use, and comparing it with the database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from search.engine import Rebuild, SearchEngine
from search.engines import current_engine
from search.lease import Held, lease
from search.models import IndexBatch, IndexChange
from search.outbox import is_ahead, note_change, outnumber, read_changes
from search.parts import chunked
from search.sources import all_documents, count_documents

CHUNK = 500
REPLAY_ROUNDS = 20
PATIENCE = 120  # seconds to wait for the worker's lease
Progress = Callable[[int], object]


class RebuildFailed(Exception):  # noqa: N818
    """The new index is not what it should be; the old one stays in use."""


def rebuild(progress: Progress | None = None, engine: SearchEngine | None = None) -> int:
    """Fill a new generation, replay what changed meanwhile, verify, and put it in use; return its size.

    Searching goes on in the old generation all the time, and the worker goes on writing to it. Raises RebuildFailed.
    """
    engine = engine or current_engine()
    outnumber(engine)
    start = IndexBatch.objects.create().pk
    replayed: set[int] = set()
    with engine.rebuild() as fresh:
        count = 0
        for chunk in chunked(all_documents(start), CHUNK):
            count += fresh.add(chunk)
            if progress:
                progress(count)
        _replay(fresh, start, replayed)
        with lease(PATIENCE) as held:
            # Nobody writes now. A worker whose lease ran out before it was ready begins again after the swap.
            held.announce_swap()
            _replay(fresh, start, replayed, held)
            _verify(fresh)
            held.renew()
            fresh.commit()
        return fresh.count()


def _replay(fresh: Rebuild, start: int, replayed: set[int], held: Held | None = None) -> None:
    """Bring into the new generation what the worker has done since `start`, but for the changes in `replayed`."""
    for _round in range(REPLAY_ROUNDS):
        latest = IndexBatch.objects.create().pk
        rows = IndexChange.objects.filter(done_in__gt=start).values_list("pk", "kind", "object_id")
        done = [row for row in rows if row[0] not in replayed]
        if not done:
            break
        for chunk in chunked(done, CHUNK):
            changes, unreadable = read_changes(((kind, object_id) for _pk, kind, object_id in chunk), latest)
            refused = fresh.apply(changes)
            if unreadable or refused:
                raise RebuildFailed(str(unreadable or refused))
            if held:
                held.renew()
        replayed.update(pk for pk, _kind, _object_id in done)


def _verify(fresh: Rebuild) -> None:
    """Demand as many documents as the database has, give or take those whose change still waits."""
    expected = count_documents()
    waiting = IndexChange.objects.open().count()
    found = fresh.count()
    if abs(found - expected) > waiting:
        raise RebuildFailed(f"{found} documents in the new index, {expected} in the database")


@dataclass
class Drift:
    """How index and database differ: keys that are missing, left over, or of other content.

    `ahead` says that the index has seen higher versions than the database has given: it would refuse all that comes.
    """

    missing: list[str] = field(default_factory=list)
    left_over: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)
    ahead: bool = False
    #: Documents of each kind: kind -> [in the index, in the database].
    numbers: dict[str, list[int]] = field(default_factory=dict)

    @property
    def keys(self) -> list[str]:
        return [*self.missing, *self.left_over, *self.different]

    @property
    def is_none(self) -> bool:
        return not self.keys and not self.ahead


def compare(engine: SearchEngine | None = None, progress: Progress | None = None) -> Drift:
    """Compare every document of the database with the index."""
    engine = engine or current_engine()
    engine.refresh()
    indexed = dict(engine.digests())
    drift = Drift(ahead=is_ahead(engine))
    for key in indexed:
        drift.numbers.setdefault(key.split(":", 1)[0], [0, 0])[0] += 1
    for place, document in enumerate(all_documents(0), 1):
        drift.numbers.setdefault(document.kind, [0, 0])[1] += 1
        if progress and place % CHUNK == 0:
            progress(place)
        digest = indexed.pop(document.key, None)
        if digest is None:
            drift.missing.append(document.key)
        elif digest != document.digest:
            drift.different.append(document.key)
    drift.left_over = list(indexed)
    return drift


def repair(drift: Drift, engine: SearchEngine | None = None) -> int:
    """Have the worker look again at everything that differs; return how much that is."""
    if drift.ahead:
        outnumber(engine or current_engine())
    for key in drift.keys:
        note_change(*key.split(":", 1))
    return len(drift.keys)
