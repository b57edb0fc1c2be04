"""Work on the whole index in the background: rebuilding and comparing, with a progress that can be looked at."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

from django.utils import timezone

from search.engine import SearchUnavailable
from search.engines import current_engine
from search.lease import LeaseTaken, lease
from search.models import IndexRun
from search.rebuild import PATIENCE, Progress, RebuildFailed, compare, rebuild, repair

logger = logging.getLogger(__name__)
LOST = timedelta(hours=2)  # after this long without an end a run is taken for dead
KEPT = 50  # keys of each sort of difference that a report names


def start_run(kind: str, user: Any = None) -> IndexRun | None:
    """Note a run; None while another one is under way."""
    busy = IndexRun.objects.filter(
        state__in=[IndexRun.State.WAITING, IndexRun.State.RUNNING],
        created_at__gt=timezone.now() - LOST,
    )
    if busy.exists():
        return None
    return IndexRun.objects.create(kind=kind, user=user, total=current_engine().health().documents)


def carry_out(run_id: int) -> None:
    """Do what the run asks for, and write down what came of it."""
    runs = IndexRun.objects.filter(pk=run_id)
    run = runs.get()
    runs.update(state=IndexRun.State.RUNNING, done=0)
    work = _rebuild if run.kind == IndexRun.Kind.REBUILD else _compare
    try:
        report = work(lambda done: runs.update(done=done))
    except (SearchUnavailable, RebuildFailed, LeaseTaken) as error:
        logger.warning("Run %s of the index failed: %s", run_id, error)
        runs.update(state=IndexRun.State.FAILED, error=_words(error), finished_at=timezone.now())
        return
    runs.update(state=IndexRun.State.DONE, report=report, finished_at=timezone.now())


def _rebuild(progress: Progress) -> dict[str, Any]:
    count = rebuild(progress)
    return {"documents": count, "generation": current_engine().health().generation}


def _compare(progress: Progress) -> dict[str, Any]:
    drift = compare(progress=progress)
    lists = {"missing": drift.missing, "left_over": drift.left_over, "different": drift.different}
    return {
        "numbers": drift.numbers,
        "mended": repair(drift),
        **{name: {"count": len(keys), "first": keys[:KEPT]} for name, keys in lists.items()},
    }


def roll_back() -> str:
    """Put the generation before back in use and return its name. Raises SearchUnavailable, LeaseTaken.

    It misses what changed since: a comparison brings that in.
    """
    with lease(PATIENCE):
        return current_engine().rollback()


def sweep() -> int:
    """Compare index and database and have the worker mend what differs; return how much that was."""
    return repair(compare())


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:2_000]
