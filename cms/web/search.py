"""`/search/`: words in titles, introductions and texts of public pages.

Thin on purpose: `find` is all that a full-text engine has to take over.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from cms.pages.models import (
    ActivityNewsPage,
    BasePage,
    PlanPage,
    PlanTemplatePage,
    PolicyPage,
    SchoolPage,
    StandardPage,
)
from cms.pages.selectors import published
from cms.web.frame import Entry
from cms.web.lists import Pages, Pairs, paginate, with_query

MAX_LENGTH, MAX_WORDS = 80, 6


@dataclass(frozen=True)
class Kind:
    """A kind of page that one can look in: its type, its name, and where its text stands."""

    model: type[BasePage]
    label: Any
    texts: tuple[str, ...]


KINDS: dict[str, Kind] = {
    "policy": Kind(PolicyPage, _("Policies"), ("body",)),
    "news": Kind(ActivityNewsPage, _("Activity news"), ("body",)),
    "plan": Kind(PlanPage, _("Plans"), ("sections", "calendar", "body")),
    "template": Kind(PlanTemplatePage, _("Plan templates"), ("sections", "calendar")),
    "school": Kind(SchoolPage, _("Schools"), ("body",)),
    "page": Kind(StandardPage, _("Other pages"), ("body",)),
}


@require_safe
def site_search(request: HttpRequest) -> HttpResponse:
    """Show what was found; without words only the box. Bad parameters are left out."""
    words = words_of(request.GET.get("q", ""))
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else ""
    path = reverse("site_search")
    state = [("q", " ".join(words))] if words else []
    counts = {name: find(words, name).count() for name in KINDS} if words else {}
    pages = _results(request, words, kind, path, [*state, *([("kind", kind)] if kind else [])])
    _add_excerpts(pages, words)
    context = {
        "words": words,
        "query": " ".join(words),
        "kind": kind,
        "pages": pages,
        "kinds": [
            {
                "name": name,
                "label": KINDS[name].label,
                "count": count,
                "url": with_query(path, [*state, ("kind", name)]),
            }
            for name, count in counts.items()
            if count or name == kind
        ],
        "all_url": with_query(path, state),
        "total": sum(counts.values()),
        "crumbs": [Entry(str(_("Home")), "/")],
    }
    return render(request, "cms/search.html", context)


def words_of(text: str) -> list[str]:
    """Return the words of a query: at most six, without null bytes."""
    return text.replace("\x00", " ")[:MAX_LENGTH].split()[:MAX_WORDS]


def find(words: list[str], kind: str) -> QuerySet[Any]:
    """Return the public pages of a kind that hold every word in title, introduction or text."""
    found = KINDS[kind]
    queryset = published(found.model.objects.order_by())
    queryset = queryset.annotate(**{f"{text}_text": Cast(text, TextField()) for text in found.texts})
    for word in words:
        queryset = queryset.filter(_somewhere(word, found.texts))
    return queryset


def _somewhere(word: str, texts: tuple[str, ...]) -> Q:
    """A word in title, introduction or text. The names inside stored JSON are ASCII: not searched."""
    place = Q(title__icontains=word) | Q(intro__icontains=word)
    if word.isascii():
        return place
    escaped = json.dumps(word)[1:-1]  # SQLite keeps JSON escaped, PostgreSQL does not
    for text in texts:
        place |= Q((f"{text}_text__contains", escaped)) | Q((f"{text}_text__contains", word))
    return place


def _results(request: HttpRequest, words: list[str], kind: str, path: str, state: Pairs) -> Pages:
    """Return a page of results: titles first, then the newest."""
    if not words:
        return Pages(items=[], total=0)
    ids = [find(words, name).order_by().values("pk") for name in ([kind] if kind else KINDS)]
    pages = BasePage.objects.filter(Q(*[("pk__in", one) for one in ids], _connector=Q.OR))
    in_title = Q(*[("title__icontains", word) for word in words])
    ordered = pages.annotate(
        rank=Case(When(in_title, then=Value(0)), default=Value(1), output_field=IntegerField()),
    ).order_by("rank", F("date").desc(nulls_last=True), "-pk")
    return paginate(request, ordered.select_related("school", "content_type"), path, state)


def _add_excerpts(pages: Pages, words: list[str]) -> None:
    """Give each result the text that shows a match: the introduction, else a stretch of the body."""
    whole = {page.pk: page for page in BasePage.objects.filter(pk__in=[p.pk for p in pages.items]).specific()}
    for page in pages.items:
        full = whole.get(page.pk)
        page.excerpt = page.intro if _has_any(page.intro, words) or full is None else _passage(full, words)


def _passage(page: Any, words: list[str]) -> str:
    kind = next((kind for kind in KINDS.values() if isinstance(page, kind.model)), None)
    for name in kind.texts if kind else ():
        value = getattr(page, name)
        for text in value.stream_block.get_searchable_content(value) if value else ():
            if _has_any(text, words):
                return " ".join(str(text).split())
    return page.intro


def _has_any(text: str, words: list[str]) -> bool:
    lower = str(text).lower()
    return any(word.lower() in lower for word in words)
