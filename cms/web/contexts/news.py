"""News lists and one piece of news."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.pages.models import ActivityNewsPage, NewsIndexPage
from cms.pages.selectors import NewsFilter, public_news
from cms.web.calendar import row_of
from cms.web.contexts.listing import listing
from cms.web.filters import Layout
from cms.web.outline import LONG_ENOUGH, body_outline
from cms.web.registry import Context, context_of

_MONTH = re.compile(r"^(\d{4})-(\d{2})$")
MORE = 5


def month_words(month: str) -> str:
    """Return 2026年9月 for 2026-09."""
    found = _MONTH.match(month)
    if not found:
        return month
    return _("%(year)s-%(month)d") % {"year": found[1], "month": int(found[2])}


LAYOUT = Layout(
    labels={
        "school": gettext_lazy("School"),
        "kind": gettext_lazy("Kind of activity"),
        "month": gettext_lazy("Month"),
    },
    words_label=gettext_lazy("Words in title and text"),
    single=frozenset({"month"}),
    words={"month": month_words},
)


@context_of(NewsIndexPage)
def news_index_context(page: NewsIndexPage, request: HttpRequest) -> Context:
    """News of everybody; below a school's page, of that school alone."""
    filters = NewsFilter.from_query(request.GET)
    fixed: tuple[str, ...] = ()
    if page.school:
        filters, fixed = replace(filters, school=(page.school.code,)), ("school",)
    return {
        **listing(page, request, filters, _with_pictures, LAYOUT, fixed),
        "feeds": feeds_of(page.school.code if page.school else ""),
        "show_school": not page.school,
    }


@context_of(ActivityNewsPage)
def news_context(page: ActivityNewsPage, request: HttpRequest) -> Context:
    """The text, the plan it carries out, and the school's other news."""
    same_school = public_news().filter(school=page.school_id).exclude(pk=page.pk)
    toc = body_outline(page.body)
    plan = page.related_plan if page.related_plan and page.related_plan.live else None
    return {
        "toc": toc if len(toc) >= LONG_ENOUGH else [],
        "lead_picture": page.picture if not _has_pictures(page) else None,
        "plan": plan,
        "plan_row": row_of(plan.calendar, page.related_row) if plan else None,
        "others": same_school[:MORE],
        **_neighbours(page, same_school),
    }


def feeds_of(code: str) -> dict[str, str]:
    """Return the addresses of the feeds: of one school, or of all."""
    if code:
        return {kind: reverse("school_feed", args=[code, kind]) for kind in ("rss", "atom")}
    return {kind: reverse("news_feed", args=[kind]) for kind in ("rss", "atom")}


def _with_pictures(filters: NewsFilter) -> QuerySet[ActivityNewsPage]:
    return public_news(filters).prefetch_related("picture__renditions")


def _has_pictures(page: ActivityNewsPage) -> bool:
    return any(child.block_type in ("picture", "gallery") for child in page.body or ())


def _neighbours(page: ActivityNewsPage, others: QuerySet[ActivityNewsPage]) -> dict[str, Any]:
    """Return the news before and after by the day of the activity, equal days by the order of writing."""
    if page.date is None or page.pk is None:  # a preview of what was never saved
        return {"earlier": None, "later": None}
    earlier = Q(date__lt=page.date) | Q(date=page.date, pk__lt=page.pk)
    later = Q(date__gt=page.date) | Q(date=page.date, pk__gt=page.pk)
    return {
        "earlier": others.filter(earlier).first(),
        "later": others.filter(later).order_by("date", "pk").first(),
    }
