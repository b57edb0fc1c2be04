"""Looking through titles and introductions in the database, for the time in which the search engine is down."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F, Q

from cms.findable.documents import KINDS
from cms.outbox.public import public_path
from cms.pages.models import BasePage
from cms.pages.selectors import published
from search.service import Answer, Hit, Query, Result, tokens_of_text

MAX_WORDS = 6


def search_titles(query: Query) -> Answer:
    """Return public pages whose title or introduction holds every word, the newest first, without counts."""
    kinds = query.filters.get("kind") or list(KINDS)
    pages = published(BasePage.objects.filter(content_type__model__in=_models(kinds)))
    for word in query.text.split()[:MAX_WORDS]:
        pages = pages.filter(Q(title__icontains=word) | Q(intro__icontains=word))
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


def _models(kinds: Iterable[str]) -> list[str]:
    return [str(model._meta.model_name) for kind, model in KINDS.items() if kind in set(kinds)]
