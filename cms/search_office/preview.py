"""What a group of synonyms would make of a search, before it is saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search.service import (
    SearchUnavailable,
    Synonym,
    current_engine,
    fold,
    grouped,
    parse,
    problems_of,
    split_group,
)


@dataclass(frozen=True)
class Preview:
    """What is wrong with the group; for each word of the search what will do in its place; how often each occurs."""

    faults: Sequence[str]
    question: str
    terms: Sequence[Sequence[str]]
    counts: Sequence[tuple[str, int]]


def preview(words: str, question: str, group: Synonym | None, access: frozenset[str]) -> Preview:
    """Return the preview of a group in the place of `group`, or of a new one."""
    others = list(Synonym.objects.exclude(pk=group.pk if group else 0).values_list("words", flat=True))
    listed = split_group(words)
    question = question.strip() or (listed[0] if listed else "")
    table = grouped([*others, words])
    terms = [[word, *table.get(fold(word), ())] for word in question.split() if parse(word).must]
    try:
        found = current_engine().counts(listed, access)
    except SearchUnavailable:
        found = []
    counts = list(zip(listed, found, strict=False))
    return Preview(problems_of(words, others), question, terms, counts)
