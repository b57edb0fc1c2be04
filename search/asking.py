"""A question and its answer, ready to be shown: what was found, and how it is marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from search.engine import Hit, Query, Result
from search.engines import current_engine
from search.grammar import parse
from search.highlight import mark, snippet
from search.synonyms import current_synonyms


@dataclass(frozen=True)
class Found:
    """One thing found, with title and text marked."""

    hit: Hit
    title: SafeString
    snippet: SafeString


@dataclass(frozen=True)
class Answer:
    """The result of a query, and the tokens that its marks are made from."""

    result: Result
    words: Sequence[str] = field(default_factory=tuple)

    @property
    def found(self) -> list[Found]:
        return [Found(hit, mark(hit.title, self.words), self._snippet(hit)) for hit in self.result.hits]

    def _snippet(self, hit: Hit) -> SafeString:
        """Show the introduction when it says what was asked for, else the place in the text that does."""
        marked = snippet(hit.summary, self.words)
        if "<mark>" in marked or not hit.body:
            return marked
        inside = snippet(hit.body, self.words)
        return inside if "<mark>" in inside or not hit.summary else marked


def ask(query: Query) -> Answer:
    """Ask the engine in use. Raises SearchUnavailable."""
    words = parse(query.text, current_synonyms()).words
    return Answer(current_engine().search(query), words)
