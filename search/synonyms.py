"""Words that mean the same, kept by the bureau: a search for one finds the others too."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.core.cache import cache

from search.fold import fold
from search.grammar import Synonyms

KEY = "search.synonyms"
SECONDS = 300  # other processes learn of a change after at most this long
_PARTING = re.compile(r"[\s,，、;；=]+")


def current_synonyms() -> Synonyms:
    """Return the synonyms in force: folded word -> the other words of its groups."""
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
        words = [word for word in _PARTING.split(group) if word]
        for word in words:
            others = table.setdefault(fold(word), [])
            others += [other for other in words if other != word and other not in others]
    return table
