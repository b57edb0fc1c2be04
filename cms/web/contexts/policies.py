"""The policy library and a policy with what it replaces and what replaced it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.pages.models import PolicyIndexPage, PolicyPage, PolicyReplacement, PolicyStatus
from cms.pages.selectors import PolicyFilter, public_policies, published
from cms.web.contexts.listing import listing
from cms.web.filters import Layout
from cms.web.frame import Entry, frame_for
from cms.web.lists import with_query
from cms.web.outline import LONG_ENOUGH, body_outline
from cms.web.registry import Context, context_of

LAYOUT = Layout(
    labels={
        "topic": gettext_lazy("Topic"),
        "status": gettext_lazy("Status"),
        "year": gettext_lazy("Year"),
        "issuing_body": gettext_lazy("Issuing body"),
    },
    words_label=gettext_lazy("Words in title and text"),
    words={"year": lambda year: _("%(year)s (year)") % {"year": year}},
)


@dataclass(frozen=True)
class Standing:
    """A sentence on how a policy stands to others, and the policies it names."""

    kind: str
    title: str
    policies: list[PolicyPage]


@context_of(PolicyIndexPage)
def policy_index_context(page: PolicyIndexPage, request: HttpRequest) -> Context:
    """The library with its filters."""
    return listing(page, request, PolicyFilter.from_query(request.GET), public_policies, LAYOUT)


@context_of(PolicyPage)
def policy_context(page: PolicyPage, request: HttpRequest) -> Context:
    """The document, how it stands, its table of contents."""
    toc = body_outline(page.body)
    return {
        "standings": standings(page),
        "toc": toc if len(toc) >= LONG_ENOUGH else [],
        "facts": _facts(page, request),
    }


def standings(page: PolicyPage) -> list[Standing]:
    """Return what a reader must know first: that it ended, that it was changed, and by what."""
    later = list(
        PolicyReplacement.objects.filter(earlier_id=page.pk, page__in=published(PolicyPage.objects.all()))
        .select_related("page")
        .order_by("page__date", "pk")
    )
    whole = [link.page for link in later if link.kind == PolicyReplacement.Kind.WHOLE]
    part = [link.page for link in later if link.kind == PolicyReplacement.Kind.PART]
    found = [*_ended(page, whole)]
    if part:
        found.append(Standing("important", _("This document has been amended. Read it together with:"), part))
    return found


_TOOK_PLACE = {
    PolicyReplacement.Kind.WHOLE: gettext_lazy("Replaces"),
    PolicyReplacement.Kind.PART: gettext_lazy("Amends"),
}


def _ended(page: PolicyPage, whole: list[PolicyPage]) -> list[Standing]:
    if whole:
        return [Standing("warning", _("This document is repealed. In its place stands:"), whole)]
    if page.status != PolicyStatus.REPEALED:
        return []
    if page.repealed_on:
        title = _("This document was repealed on %(day)s.") % {"day": date_format(page.repealed_on)}
        return [Standing("warning", title, [])]
    return [Standing("warning", _("This document is repealed."), [])]


def _took_place(page: PolicyPage, request: HttpRequest) -> list[dict[str, Any]]:
    """Return the policies whose place this one took, wholly or in part."""
    links = [link for link in page.replacements.select_related("earlier") if link.earlier.live]
    named = {
        kind: [Entry(x.earlier.title, x.earlier.get_url(request) or "") for x in links if x.kind == kind]
        for kind in _TOOK_PLACE
    }
    return [{"label": str(_TOOK_PLACE[kind]), "value": "", "links": found} for kind, found in named.items()]


def _facts(page: PolicyPage, request: HttpRequest) -> list[dict[str, Any]]:
    library = frame_for(request).sections.get("PolicyIndexPage")
    topics = [
        Entry(topic.name, with_query(library.url, [("topic", topic.slug)]) if library else "")
        for topic in page.topics.all()
    ]
    facts: list[dict[str, Any]] = [
        {"label": _("Issuing body"), "value": page.issuing_body},
        {"label": _("Document number"), "value": page.document_number},
        {"label": _("Day of issue"), "value": date_format(page.date) if page.date else ""},
        {"label": _("In force from"), "value": date_format(page.effective_on) if page.effective_on else ""},
        {"label": _("Status"), "value": page.get_status_display(), "state": page.status},
        {"label": _("Topics"), "value": "", "links": topics},
        *_took_place(page, request),
    ]
    return [fact for fact in facts if fact["value"] or fact.get("links")]
