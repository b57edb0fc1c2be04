"""The language people type: words, "phrases", -exclusions and field:value. Nothing else has a meaning.

Only `parse` reads what a person typed; the engines get clauses of tokens and can be given no syntax of their own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from search.fold import fold
from search.tokens import is_ideograph, token_texts

MAX_LENGTH = 200  # characters; longer questions are cut, as every search box does
MAX_TERMS = 12
FIELDS = {
    "kind": "kind", "类型": "kind", "school": "school", "学校": "school", "township": "township", "乡镇": "township",
    "year": "school_year", "学年": "school_year", "topic": "topic", "主题": "topic",
    "status": "status", "状态": "status",
}  # fmt: skip
_PART = re.compile(
    r"""(?P<minus>-)?(?:(?P<field>[a-z]+|[\u4e00-\u9fff]{2}):(?P<value>"[^"]*"|\S+)|"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))"""
)
_QUOTES = str.maketrans("“”「」『』：－", '"""""":-')


class Match(Enum):
    """How a clause's tokens are looked for."""

    PHRASE = "phrase"  # next to one another
    ONE = "one"  # a single ideograph, which may be either half of a pair
    PART = "part"  # a word or number at the edge of what was typed, which may be a piece of a longer one


@dataclass(frozen=True)
class Clause:
    """Tokens, and how they are looked for."""

    tokens: tuple[str, ...]
    match: Match = Match.PHRASE


#: All of these clauses have to be there.
Wording = tuple[Clause, ...]


@dataclass(frozen=True)
class Term:
    """One word as typed, and the other words (synonyms) that will do in its place."""

    wordings: tuple[Wording, ...]


@dataclass(frozen=True)
class Plan:
    """A question understood: every `must` has to be there, no `must_not` may be."""

    must: tuple[Term, ...] = ()
    must_not: tuple[Term, ...] = ()
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked: no text, or signs alone (😀, quotes around nothing)."""
        return not (self.must or self.must_not or self.filters)

    @property
    def words(self) -> tuple[str, ...]:
        """All tokens asked for, each once: for the relaxed question and the highlighter."""
        clauses = (clause for term in self.must for wording in term.wordings for clause in wording)
        return tuple(dict.fromkeys(token for clause in clauses for token in clause.tokens))


Synonyms = Mapping[str, Sequence[str]]


def parse(text: str, synonyms: Synonyms | None = None) -> Plan:
    """Return the plan of what was typed. `synonyms` maps folded words to words that mean the same."""
    must: list[Term] = []
    must_not: list[Term] = []
    filters: dict[str, list[str]] = {}
    for part in _PART.finditer(text.translate(_QUOTES)[:MAX_LENGTH]):
        name = FIELDS.get(part["field"] or "")
        if name and not part["minus"]:
            filters.setdefault(name, []).append(part["value"].strip('"'))
            continue
        term = _term(part["phrase"] if part["phrase"] is not None else part[0].lstrip("-"), synonyms or {})
        if term.wordings:
            (must_not if part["minus"] else must).append(term)
    return Plan(tuple(must[:MAX_TERMS]), tuple(must_not[:MAX_TERMS]), filters)


def plain_words(text: str) -> list[tuple[int, int]]:
    """Return where the words stand that are neither quoted, nor kept out, nor a filter."""
    found = _PART.finditer(text.translate(_QUOTES)[:MAX_LENGTH])
    return [part.span() for part in found if part["word"] and not part["minus"]]


def _term(word: str, synonyms: Synonyms) -> Term:
    wordings = (_wording(one) for one in (word, *synonyms.get(fold(word), ())))
    return Term(tuple(wording for wording in wordings if wording))


def _wording(word: str) -> Wording:
    """Split a word at its edges: what was typed may begin and end in the middle of what a text says.

    A lone ideograph there may be half of a pair in the text, a number there a piece of a longer one; only the middle
    is sure to be the same tokens.
    """
    found = token_texts(word)
    first = [found.pop(0)] if found and _is_loose(found[0]) else []
    last = [found.pop()] if found and _is_loose(found[-1]) else []
    middle = [Clause(tuple(found))] if found else []
    return (*map(_edge, first), *middle, *map(_edge, last))


def _is_loose(token: str) -> bool:
    return len(token) == 1 or not is_ideograph(token[0])


def _edge(token: str) -> Clause:
    return Clause((token,), Match.ONE if is_ideograph(token[0]) else Match.PART)
