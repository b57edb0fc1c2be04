"""What the worker does for the search: see that there is an index that fits the code, then bring changes into it."""

from __future__ import annotations

import logging
import time

from search.engine import SearchUnavailable
from search.engines import current_engine
from search.lease import LeaseTaken
from search.outbox import drain
from search.rebuild import RebuildFailed, rebuild

logger = logging.getLogger(__name__)
CHECK_SECONDS = 300  # how often the index is asked whether it still fits


class Keeper:
    """Keeps one index; each worker process has one keeper."""

    def __init__(self) -> None:
        self._checked = 0.0

    def step(self) -> bool:
        """Do the next thing; return True while there is more to do."""
        if time.monotonic() - self._checked > CHECK_SECONDS or not self._checked:
            self._fit()
        return bool(drain().changed)

    def _fit(self) -> None:
        """Build the index anew when there is none, or when it was made by other rules than the code's."""
        state = current_engine().health().state
        if state == "rebuild-needed":
            try:
                logger.info("The search index is being built: %s documents", rebuild())
            except (SearchUnavailable, RebuildFailed, LeaseTaken) as error:
                logger.warning("The search index could not be built: %s", error)
                return
        if state != "down":
            self._checked = time.monotonic()
