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
from search.gaps import SHOWN_FROM, forget_gaps, note_gap
from search.grammar import Match, Plan, parse
from search.highlight import mark, snippet
from search.keeper import Keeper
from search.lease import LeaseTaken
from search.models import IndexChange, IndexRun, SavedSearch, SearchGap, Synonym
from search.outbox import discard_parked, drain, forget_done, note_change, retry_parked
from search.runs import carry_out, roll_back, start_run, sweep
from search.sources import Source, register_source
from search.suggestions import entries, sounds_of
from search.synonyms import forget_synonyms, grouped, problems_of, split_group
from search.tokens import token_texts as tokens_of_text

__all__ = [
    "FACETS",
    "FEW",
    "FOLDING",
    "MAX_WINDOW",
    "PUBLIC",
    "SHOWN_FROM",
    "Answer",
    "Document",
    "Found",
    "Health",
    "Hit",
    "IndexChange",
    "IndexRun",
    "Keeper",
    "LeaseTaken",
    "Match",
    "Plan",
    "Query",
    "Result",
    "SavedSearch",
    "SearchGap",
    "SearchUnavailable",
    "Sort",
    "Source",
    "Synonym",
    "ask",
    "carry_out",
    "correction",
    "current_engine",
    "discard_parked",
    "drain",
    "entries",
    "fold",
    "forget_done",
    "forget_gaps",
    "forget_synonyms",
    "grouped",
    "mark",
    "note_change",
    "note_gap",
    "parse",
    "problems_of",
    "register_source",
    "retry_parked",
    "roll_back",
    "snippet",
    "sounds_of",
    "split_group",
    "start_run",
    "sweep",
    "tokens_of_text",
]
