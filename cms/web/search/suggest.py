"""What is offered while somebody types into a search box of the site."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from cms.web.search.titles import titles_with
from search.service import PUBLIC, SearchUnavailable, current_engine

OFFERED = 8
MAX_TYPED = 40


@require_safe
def site_suggest(request: HttpRequest) -> JsonResponse:
    """Return titles, schools and topics that begin with `q`; while the engine is down, public titles that hold it."""
    return JsonResponse(
        {"items": offered(request, frozenset({PUBLIC}))}, headers={"Cache-Control": "max-age=60"}
    )


def offered(request: HttpRequest, access: frozenset[str]) -> list[str]:
    """Return what is offered to a reader with these tokens."""
    typed = request.GET.get("q", "")[:MAX_TYPED]
    try:
        return current_engine().suggest(typed, access, OFFERED)
    except SearchUnavailable:
        return titles_with(typed, OFFERED)
