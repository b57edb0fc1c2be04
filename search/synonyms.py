"""Words that mean the same, kept by the bureau: a search for one finds the others too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from django.core.cache import cache
from django.utils.translation import gettext as _

from search.fold import fold
from search.grammar import Synonyms
from search.tokens import token_texts

KEY = "search.synonyms"
SECONDS = 300  # other processes learn of a change after at most this long
MAX_WORDS = 12  # of a group: each is asked for, so each costs time
MAX_LENGTH = 20  # characters of a word
_PARTING = re.compile(r"[\s,，、;；=]+")


_left_aside: ContextVar[bool] = ContextVar("left_aside", default=False)


@contextmanager
def no_synonyms() -> Iterator[None]:
    """Have `current_synonyms` know none within this block."""
    token = _left_aside.set(True)
    try:
        yield
    finally:
        _left_aside.reset(token)


def current_synonyms() -> Synonyms:
    """Return the synonyms in force: folded word -> the other words of its groups."""
    if _left_aside.get():
        return {}
    found = cache.get(KEY)
    if found is None:
        from search.models import Synonym

        found = grouped(Synonym.objects.values_list("words", flat=True))
        cache.set(KEY, found, SECONDS)
    return found


def forget_synonyms() -> None:
    """Make a change count at once in this process, and soon in the others."""
    cache.delete(KEY)


def grouped(groups: Iterable[str]) -> dict[str, list[str]]:
    """Return the groups turned into a table, word -> the others. A word in two groups has the words of both."""
    table: dict[str, list[str]] = {}
    for group in groups:
        words = split_group(group)
        for word in words:
            others = table.setdefault(fold(word), [])
            others += [other for other in words if other != word and other not in others]
    return table


def split_group(group: str) -> list[str]:
    """Return the words of one group."""
    return [word for word in _PARTING.split(group) if word]


def problems_of(group: str, others: Iterable[str]) -> list[str]:
    """Return what is wrong with a group, in words for its editor, beside the groups there are already."""
    words = split_group(group)
    if len(words) < 2:
        return [_("Enter at least two words that mean the same.")]
    found = [_("At most %(n)d words make a group.") % {"n": MAX_WORDS}] if len(words) > MAX_WORDS else []
    found += [text for word in words for text in _word_problems(word)]
    return found + _clashes(words) + _chains(words, others)


def _word_problems(word: str) -> list[str]:
    if len(word) > MAX_LENGTH:
        return [_("“%(word)s” is longer than %(n)d characters.") % {"word": word, "n": MAX_LENGTH}]
    if len("".join(token_texts(word))) < 2:
        return [_("“%(word)s” is too short: it would be found almost everywhere.") % {"word": word}]
    return []


def _clashes(words: Sequence[str]) -> list[str]:
    """Name words that are there twice, or inside one another: the longer would find all that has the shorter."""
    folded = [fold(word) for word in words]
    found = []
    for place, word in enumerate(folded):
        if word in folded[:place]:
            found.append(_("“%(word)s” is there twice.") % {"word": words[place]})
        for other in folded:
            if word != other and word in other:
                values = {"short": word, "long": other}
                found.append(
                    _("“%(short)s” is a part of “%(long)s”, so a search for it finds both already.") % values
                )
    return found


def _chains(words: Sequence[str], others: Iterable[str]) -> list[str]:
    """Name words of another group: A = B here and B = C there would make a chain that leads one way only."""
    found = []
    for group in others:
        known = {fold(word) for word in split_group(group)}
        shared = [word for word in words if fold(word) in known]
        found += [
            _("“%(word)s” is in the group “%(group)s” already. Add the words there.")
            % {"word": word, "group": group}
            for word in shared
        ]
    return found
