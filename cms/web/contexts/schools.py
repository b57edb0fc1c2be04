"""The school directory and a school's page."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.pages.models import BasePage, NewsIndexPage, PlanIndexPage, SchoolIndexPage, SchoolPage
from cms.pages.selectors import (
    NewsFilter,
    PlanFilter,
    SchoolFilter,
    public_news,
    public_plans,
    public_schools,
    published,
)
from cms.web.contexts.listing import listing
from cms.web.contexts.news import feeds_of
from cms.web.filters import Layout
from cms.web.offers import offers_of
from cms.web.registry import Context, context_of

NEWS, PLANS = 6, 6


def boarding_words(value: str) -> str:
    """Return the word for a school with or without boarders."""
    return {"true": _("Boarding school"), "false": _("Day school")}.get(value, value)


LAYOUT = Layout(
    labels={
        "stage": gettext_lazy("Stage"),
        "township": gettext_lazy("Township"),
        "boarding": gettext_lazy("Boarding"),
        "status": gettext_lazy("Status"),
    },
    words_label=gettext_lazy("Name of the school"),
    single=frozenset({"boarding"}),
    words={"boarding": boarding_words},
)


@context_of(SchoolIndexPage)
def school_index_context(page: SchoolIndexPage, request: HttpRequest) -> Context:
    """The directory with its filters."""
    return listing(page, request, SchoolFilter.from_query(request.GET), _with_pictures, LAYOUT)


@context_of(SchoolPage)
def school_context(page: SchoolPage, request: HttpRequest) -> Context:
    """The school's facts, its latest news and plans."""
    school = page.owning_school
    code = (school.code,)
    return {
        "school": school,
        "facts": _facts(school),
        "merged_into": _page_of(school.merged_into, request),
        "news": public_news(NewsFilter(school=code)).prefetch_related("picture__renditions")[:NEWS],
        "plans": public_plans(PlanFilter(school=code))[:PLANS],
        "offers": offers_of(school),
        "lists": _lists(page, request),
        "feeds": feeds_of(school.code),
    }


def _with_pictures(filters: SchoolFilter) -> QuerySet[SchoolPage]:
    return public_schools(filters).prefetch_related("picture__renditions")


def _facts(school: Any) -> list[dict[str, Any]]:
    facts = [
        {"label": _("Stage"), "value": school.get_stage_display()},
        {"label": _("Township"), "value": school.township},
        {"label": _("Boarding"), "value": boarding_words("true" if school.boarding else "false")},
        {"label": _("Address"), "value": school.address},
        {"label": _("Phone"), "value": school.phone},
    ]
    return [fact for fact in facts if fact["value"]]


def _page_of(school: Any, request: HttpRequest) -> dict[str, str] | None:
    if school is None:
        return None
    return {"title": school.name, "url": school.page.get_url(request) or ""}


def _lists(page: SchoolPage, request: HttpRequest) -> dict[str, str]:
    """Return the addresses of the school's own lists."""
    names = {NewsIndexPage: "news", PlanIndexPage: "plans"}
    found: dict[str, str] = {}
    for child in published(BasePage.objects.child_of(page)).order_by("path"):
        name = names.get(child.cached_content_type.model_class())
        if name:
            found[name] = child.get_url(request) or ""
    return found
