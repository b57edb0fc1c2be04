"""`/search/`: what the public can find, with counts to narrow it by. One page for every visitor."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.web.frame import Entry
from cms.web.lists import PAGE_SIZE, Pages, page_links
from cms.web.search.hints import Hints, hints_for
from cms.web.search.panel import SORTS, SearchState, build_search_panel
from cms.web.search.titles import search_titles
from search.service import FACETS, PUBLIC, Answer, Query, Result, SearchUnavailable, ask, note_gap

FURTHEST = 50  # pages of results; nobody reads more


@dataclass(frozen=True)
class Outcome:
    """What the page shows. `plain` says that the engine was down and only titles were looked through."""

    answer: Answer
    hints: Hints = field(default_factory=Hints)
    plain: bool = False

    @property
    def result(self) -> Result:
        return self.answer.result


@require_safe
def site_search(request: HttpRequest) -> HttpResponse:
    """Show what was found; without words or filters only the box. Bad parameters are left out."""
    state = SearchState.of(request.GET)
    context: dict[str, Any] = {"query": state.text, "crumbs": [Entry(str(_("Home")), "/")]}
    if not state.is_empty:
        context |= _found(request, state)
    return render(request, "cms/search.html", context)


def _found(request: HttpRequest, state: SearchState) -> dict[str, Any]:
    number = page_number(request)
    path = reverse("site_search")
    outcome = outcome_of(state, number, frozenset({PUBLIC}), path)
    result = outcome.result
    if not result.total and not state.is_narrowed and state.text:
        note_gap(state.text)
    panel = build_search_panel(state, result, path)
    return {
        "found": outcome.answer.found,
        "pages": pages_of(result.total, number, path, state),
        "panel": panel,
        "relaxed": result.relaxed,
        "plain": outcome.plain,
        "hints": outcome.hints,
        "sorts": [(name, label, name == state.sort) for name, label in SORTS.items()],
    }


def outcome_of(state: SearchState, number: int, access: frozenset[str], path: str) -> Outcome:
    """Ask the engine; while it is down, look through the titles in the database."""
    query = Query(
        state.text,
        filters=state.filters,
        date_from=state.period.first,
        date_to=state.period.last,
        access=access,
        facets=FACETS,
        sort=state.sort,
        offset=(number - 1) * PAGE_SIZE,
        limit=PAGE_SIZE,
    )
    try:
        answer = ask(query)
    except SearchUnavailable:
        return Outcome(search_titles(query), plain=True)
    return Outcome(answer, hints_for(state, query, answer.result, path))


def page_number(request: HttpRequest) -> int:
    """Return the page of results that the address asks for."""
    text = request.GET.get("page", "1")
    return min(max(int(text), 1), FURTHEST) if text.isdecimal() and len(text) < 4 else 1


def pages_of(total: int, number: int, path: str, state: SearchState) -> Pages:
    """Return the way to the other pages; what is on this one is shown from the answer."""
    paginator = Paginator(range(min(total, FURTHEST * PAGE_SIZE)), PAGE_SIZE)
    return page_links(paginator, paginator.get_page(number), path, state.pairs)
