"""Plans like a plan or a template: a page of its own, and the part of it that `site.js` puts below the text."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.findable.similar import similar_plans
from cms.pages.models import BasePage, PlanPage, PlanTemplatePage
from cms.pages.selectors import public_plans, published
from cms.web.frame import Entry
from search.service import PUBLIC, SearchUnavailable

SOURCES: dict[str, type[BasePage]] = {"plan": PlanPage, "template": PlanTemplatePage}
IN_PART, ON_PAGE = 5, 20


@require_safe
def similar_page(request: HttpRequest, kind: str, page_id: int) -> HttpResponse:
    """Show public plans like a public page; `?part=1` gives the list alone, 204 without one."""
    page = published(SOURCES[kind].objects.filter(pk=page_id)).first() if kind in SOURCES else None
    if page is None:
        raise Http404
    part = "part" in request.GET
    try:
        plans = shown_plans(kind, page.pk, IN_PART if part else ON_PAGE)
    except SearchUnavailable:
        return HttpResponse(status=204) if part else _whole(request, page, [], down=True)
    if not part:
        return _whole(request, page, plans)
    if not plans:
        return HttpResponse(status=204)
    answer = render(request, "cms/similar_part.html", {"plans": plans})
    answer["Cache-Control"] = "max-age=300"
    return answer


def shown_plans(kind: str, page_id: int, limit: int) -> list[PlanPage]:
    """Return plans that the public may read now, the most similar first."""
    ids = similar_plans(kind, page_id, frozenset({PUBLIC}))
    found = {plan.pk: plan for plan in public_plans().filter(pk__in=ids)}
    return [found[pk] for pk in ids if pk in found][:limit]


def _whole(
    request: HttpRequest, page: BasePage, plans: list[PlanPage], *, down: bool = False
) -> HttpResponse:
    crumbs = [Entry(_("Home"), "/"), Entry(page.title, page.get_url(request) or "/")]
    context = {"source": page, "plans": plans, "down": down, "crumbs": crumbs}
    return render(request, "cms/similar.html", context)
