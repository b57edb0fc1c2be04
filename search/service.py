"""The door of the app: what other apps may import from search."""

from search.engine import (
    FACETS,
    PUBLIC,
    Document,
    Health,
    Hit,
    Query,
    Result,
    SearchUnavailable,
)
from search.engines import current_engine
from search.highlight import mark, snippet
from search.keeper import Keeper
from search.outbox import drain, forget_done, note_change, retry_parked
from search.sources import Source, register_source

__all__ = [
    "FACETS",
    "PUBLIC",
    "Document",
    "Health",
    "Hit",
    "Keeper",
    "Query",
    "Result",
    "SearchUnavailable",
    "Source",
    "current_engine",
    "drain",
    "forget_done",
    "mark",
    "note_change",
    "register_source",
    "retry_parked",
    "snippet",
]
