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
from search.fold import VERSION as FOLDING
from search.fold import fold
from search.gaps import note_gap
from search.highlight import mark, snippet
from search.keeper import Keeper
from search.outbox import drain, forget_done, note_change, retry_parked
from search.sources import Source, register_source
from search.suggestions import entries, sounds_of
from search.tokens import token_texts as tokens_of_text

__all__ = [
    "FACETS",
    "FEW",
    "FOLDING",
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
    "entries",
    "fold",
    "forget_done",
    "mark",
    "note_change",
    "note_gap",
    "register_source",
    "retry_parked",
    "snippet",
    "sounds_of",
    "tokens_of_text",
]
