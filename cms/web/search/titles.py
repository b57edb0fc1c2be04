"""Looking through titles and introductions in the database, for the time in which the search engine is down."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F, Q
from django.db.models.functions import Length

from cms.findable.documents import KINDS
from cms.findable.folded import folded, holds, root_type
from cms.findable.models import FoldedText
from cms.outbox.public import public_path
from cms.pages.models import BasePage
from cms.pages.selectors import published
from search.service import Answer, Hit, Query, Result, tokens_of_text

MAX_WORDS = 6
_QUOTES = str.maketrans(dict.fromkeys('"“”「」『』', " "))


def search_titles(query: Query) -> Answer:
    """Return public pages whose title or introduction holds every word, the newest first, without counts."""
    kinds = query.filters.get("kind") or list(KINDS)
    pages = published(BasePage.objects.filter(content_type__model__in=_models(kinds)))
    for word in _words(query.text):
        pages = pages.filter(titled(word) | Q(intro__icontains=word))
    if query.date_from:
        pages = pages.filter(date__gte=query.date_from)
    if query.date_to:
        pages = pages.filter(date__lte=query.date_to)
    ordered = pages.order_by(F("date").desc(nulls_last=True), "-pk").select_related("content_type", "school")
    names = {model._meta.model_name: kind for kind, model in KINDS.items()}
    hits = [
        Hit(
            kind=names[page.content_type.model],
            object_id=str(page.pk),
            score=0.0,
            title=page.title,
            summary=page.intro,
            body="",
            url=public_path(page.url_path) or "",
            date=page.date,
            facets={"school": [page.school.name]} if page.school else {},
        )
        for page in ordered[query.offset : query.offset + query.limit]
    ]
    return Answer(Result(hits, pages.count()), tokens_of_text(query.text))


def _words(text: str) -> list[str]:
    """Return the words that must be there; what is kept out, and filters typed as field:value, are left aside."""
    words = text.translate(_QUOTES).split()
    return [word for word in words if word[0] != "-" and ":" not in word and "：" not in word][:MAX_WORDS]


def titled(word: str) -> Q:
    """Return the condition that a page's title holds the word, whatever the writing."""
    rows = FoldedText.objects.filter(holds(folded(word), "title"), content_type=root_type(BasePage))
    return Q(pk__in=rows.values("object_id"))


def titles_with(text: str, limit: int) -> list[str]:
    """Return titles of public pages that hold what was typed, the short ones first."""
    if not folded(text):
        return []
    pages = published(BasePage.objects.filter(titled(text), content_type__model__in=_models(KINDS)))
    shortest = pages.order_by(Length("title"), "title").values_list("title", flat=True)
    return list(dict.fromkeys(shortest[: limit * 3]))[:limit]


def _models(kinds: Iterable[str]) -> list[str]:
    return [str(model._meta.model_name) for kind, model in KINDS.items() if kind in set(kinds)]
