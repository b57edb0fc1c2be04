"""Why a page may not be deleted, said in words before Wagtail or the database refuses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from cms.pages.models import ActivityNewsPage, BasePage, PlanPage, PolicyReplacement


def reasons_against_deletion(page: Any) -> list[str]:
    """Return the sentences that keep the page and all below it from being deleted; empty when none do."""
    inside = BasePage.objects.filter(path__startswith=page.path).values("pk")
    links = PolicyReplacement.objects.filter(earlier__in=inside).exclude(page__in=inside)
    return [
        _("“%(earlier)s” is replaced or amended by “%(later)s”. Take it out of that policy first.")
        % {"earlier": link.earlier.title, "later": link.page.title}
        for link in links.select_related("earlier", "page").order_by("pk")
    ]


def warnings_before_deletion(page: Any) -> list[str]:
    """Return what deleting the page, and the pages below it, changes elsewhere."""
    inside = BasePage.objects.filter(path__startswith=page.path).values("pk")
    news = ActivityNewsPage.objects.filter(related_plan__in=inside).exclude(pk__in=inside).count()
    plans = PlanPage.objects.filter(template_page__in=inside).exclude(pk__in=inside).count()
    texts = []
    if news:
        texts.append(
            ngettext(
                "%(count)d piece of news carries out this plan and loses the link.",
                "%(count)d pieces of news carry out this plan and lose the link.",
                news,
            )
            % {"count": news}
        )
    if plans:
        texts.append(
            ngettext(
                "%(count)d plan was started from this template. It keeps its text but gets no updates.",
                "%(count)d plans were started from this template. They keep their text but get no updates.",
                plans,
            )
            % {"count": plans}
        )
    return texts


def guard_delete(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Turn the deletion of a page that others rest on back to its editor; else warn of what will change."""
    reasons = reasons_against_deletion(page)
    for reason in reasons:
        messages.error(request, reason)
    if reasons:
        return redirect("wagtailadmin_pages:edit", page.pk)
    if request.method == "GET":
        for text in warnings_before_deletion(page):
            messages.warning(request, text)
    return None


def guard_bulk_delete(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """Do the same for the bulk action."""
    pages = [page for page in objects if isinstance(page, BasePage)] if action_type == "delete" else []
    reasons = [reason for page in pages for reason in reasons_against_deletion(page)]
    for reason in reasons:
        messages.error(request, reason)
    return redirect(action.next_url) if reasons else None
