"""The door of the app: what other apps may import from search."""

from search.asking import Answer, Found, ask
from search.correction import FEW, correction
from search.engine import (
    FACETS,
    MAX_WINDOW,
    PUBLIC,
    Document,
    Health,
    Hit,
    Query,
    Result,
    SearchUnavailable,
    Sort,
)
from search.engines import current_engine
from search.gaps import note_gap
from search.highlight import mark, snippet
from search.keeper import Keeper
from search.outbox import drain, forget_done, note_change, retry_parked
from search.sources import Source, register_source
from search.tokens import token_texts as tokens_of_text

__all__ = [
    "FACETS",
    "FEW",
    "MAX_WINDOW",
    "PUBLIC",
    "Answer",
    "Document",
    "Found",
    "Health",
    "Hit",
    "Keeper",
    "Query",
    "Result",
    "SearchUnavailable",
    "Sort",
    "Source",
    "ask",
    "correction",
    "current_engine",
    "drain",
    "forget_done",
    "mark",
    "note_change",
    "note_gap",
    "register_source",
    "retry_parked",
    "snippet",
    "tokens_of_text",
]
