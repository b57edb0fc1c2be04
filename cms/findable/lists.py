"""The search boxes of modeladmin's lists: words in any of the fields, whatever the writing; a name by its sound too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

from cms.findable.folded import folded, holds, root_type
from cms.findable.models import FoldedText
from cms.pages.models import BasePage
from search.service import sounds_of

#: Rows that are compared here, where both sides can be folded; of a longer list the database compares the typed word.
MAX_ROWS = 20_000
MAX_WORDS = 8


class FoldingSearchHandler:
    """A search handler of modeladmin: looks through `search_fields`, the first of them by pinyin and initials too."""

    def __init__(self, search_fields: Sequence[str]) -> None:
        self.search_fields = search_fields

    def search_queryset(self, queryset: QuerySet[Any], search_term: str, **kwargs: Any) -> QuerySet[Any]:
        if not search_term or not self.search_fields:
            return queryset
        return rows_matching(queryset, self.search_fields, search_term)

    @property
    def show_search_form(self) -> bool:
        return bool(self.search_fields)


def written_ways(word: str) -> list[str]:
    """Return the word as it was typed and as it is folded, for conditions that the database compares."""
    return list(dict.fromkeys([word, folded(word)]))


def rows_matching(queryset: QuerySet[Any], fields: Sequence[str], text: str) -> QuerySet[Any]:
    """Return the rows that hold every word in one of the fields. One query more than the list itself."""
    words = [word for word in text.split()[:MAX_WORDS] if folded(word)]
    rows = list(queryset.order_by().values_list("pk", *fields)[: MAX_ROWS + 1])
    if len(rows) > MAX_ROWS:
        return _asked_of_database(queryset, fields, words)
    wanted = [folded(word) for word in words]
    return queryset.filter(pk__in={pk for pk, *values in rows if _holds_all(values, wanted)})


def _holds_all(values: Sequence[Any], wanted: Iterable[str]) -> bool:
    texts = [folded(str(value)) for value in values if value not in (None, "")]
    return all(
        any(word in text for text in texts) or _sounds_like(str(values[0] or ""), word) for word in wanted
    )


def _sounds_like(name: str, word: str) -> bool:
    typed = word.isascii() and word.isalpha() and len(word) > 1
    return typed and any(word in sound for sound in sounds_of(name))


def _asked_of_database(queryset: QuerySet[Any], fields: Sequence[str], words: Iterable[str]) -> QuerySet[Any]:
    for word in words:
        ways = [Q((f"{field}__icontains", way)) for field in fields for way in written_ways(word)]
        queryset = queryset.filter(pk__in=queryset.model._base_manager.filter(reduce(or_, ways)).values("pk"))
    return queryset


def words_in_page(text: str) -> Q:
    """Return the condition that a page's title or text, as it is published, holds every word."""
    rows = FoldedText.objects.filter(content_type=root_type(BasePage))
    for word in filter(None, map(folded, text.split()[:MAX_WORDS])):
        rows = rows.filter(holds(word, "title", "text"))
    return Q(pk__in=rows.values("object_id"))
