"""Why a page or a word may not be deleted, said in words before Wagtail or the database refuses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from cms.pages.models import ActivityKind, ActivityNewsPage, BasePage, PlanPage, PolicyReplacement


def reasons_against_deletion(thing: Any) -> list[str]:
    """Return the sentences that keep a page (with all below it) or a word from being deleted; empty when none do."""
    if isinstance(thing, BasePage):
        return _reasons_of_page(thing)
    return _reasons_of_kind(thing) if isinstance(thing, ActivityKind) else []


def _reasons_of_kind(kind: ActivityKind) -> list[str]:
    count = ActivityNewsPage.objects.filter(kind=kind).count()
    text = ngettext(
        "%(count)d piece of news is of the kind “%(kind)s”. Give it another kind first.",
        "%(count)d pieces of news are of the kind “%(kind)s”. Give them another kind first.",
        count,
    )
    return [text % {"count": count, "kind": kind.name}] if count else []


def _reasons_of_page(page: BasePage) -> list[str]:
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
    if refusal := _say_reasons(request, [page], reverse("wagtailadmin_pages:edit", args=[page.pk])):
        return refusal
    if request.method == "GET":
        for text in warnings_before_deletion(page):
            messages.warning(request, text)
    return None


def guard_bulk_delete(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """Do the same for the bulk action."""
    return _say_reasons(request, objects, action.next_url) if action_type == "delete" else None


def guard_words(request: HttpRequest, words: Iterable[Any]) -> HttpResponse | None:
    """Do the same for the deletion of words of a list, one or several."""
    words = list(words)
    urls = words[0].snippet_viewset.get_url_name("list") if words else ""
    return _say_reasons(request, words, reverse(urls)) if words else None


def _say_reasons(request: HttpRequest, things: Iterable[Any], back: str) -> HttpResponse | None:
    reasons = [reason for thing in things for reason in reasons_against_deletion(thing)]
    for reason in reasons:
        messages.error(request, reason)
    return redirect(back) if reasons else None
