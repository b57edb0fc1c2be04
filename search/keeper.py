"""What the worker does for the search: see that there is an index that fits the code, then bring changes into it."""

from __future__ import annotations

import logging
import time

from search.engine import SearchUnavailable
from search.engines import current_engine
from search.lease import LeaseTaken
from search.outbox import drain, outnumber
from search.rebuild import RebuildFailed, rebuild

logger = logging.getLogger(__name__)
CHECK_SECONDS = 300  # how often the index is asked whether it still fits
AGAIN_SECONDS = 20  # when it did not, and could not be built


class Keeper:
    """Keeps one index; each worker process has one keeper."""

    def __init__(self) -> None:
        self._check_at = 0.0

    def step(self) -> bool:
        """Do the next thing; return True while there is more to do."""
        if time.monotonic() >= self._check_at:
            self._check_at = time.monotonic() + (CHECK_SECONDS if self._fit() else AGAIN_SECONDS)
        return bool(drain().changed)

    def _fit(self) -> bool:
        """Build the index anew when there is none, or when it was made by other rules; return whether it fits now."""
        engine = current_engine()
        state = engine.health().state
        try:
            if state == "rebuild-needed":
                logger.info("The search index is being built: %s documents", rebuild())
            elif state == "ok" and outnumber(engine):
                logger.warning("The database is older than the search index: versions go on above its own")
        except (SearchUnavailable, RebuildFailed, LeaseTaken) as error:
            logger.warning("The search index could not be built: %s", error)
            return False
        return state != "down"
