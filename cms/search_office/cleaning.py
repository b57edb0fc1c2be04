"""What is done for the search every night."""

from __future__ import annotations

import logging

from cms.outbox.jobs import register_daily
from search.service import SearchUnavailable, forget_gaps, sweep

logger = logging.getLogger(__name__)


def register() -> None:
    """Register the nightly comparison and the cleaning of questions."""
    register_daily("mend-search-index", mend_index)
    register_daily("clean-search-gaps", forget_gaps)


def mend_index() -> None:
    """Have the worker mend whatever differs between index and database. Raises SearchUnavailable: tried again later."""
    try:
        mended = sweep()
    except SearchUnavailable:
        logger.warning("The search engine is down; the nightly comparison is put off")
        raise
    if mended:
        logger.warning("The search index differed from the database in %s documents", mended)
