"""Plans and plan templates: libraries and single ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.pages.models import PlanIndexPage, PlanPage, PlanTemplatePage, TemplateIndexPage, Topic
from cms.pages.selectors import PlanFilter, TemplateFilter, public_plans, public_templates
from cms.text import school_year_label
from cms.web.calendar import months_of
from cms.web.contexts.listing import listing
from cms.web.filters import Layout
from cms.web.frame import Entry, frame_for
from cms.web.lists import with_query
from cms.web.outline import TocEntry, body_outline, section_outline
from cms.web.registry import Context, context_of

WORDS = gettext_lazy("Words in title and text")
PLANS = Layout(
    labels={
        "level": gettext_lazy("level"),
        "school_year": gettext_lazy("School year"),
        "term": gettext_lazy("Term"),
        "topic": gettext_lazy("Topic"),
        "school": gettext_lazy("School"),
        "template": gettext_lazy("Template"),
    },
    words_label=WORDS,
    words={"school_year": lambda year: school_year_label(int(year))},
)
TEMPLATES = Layout(labels={"level": gettext_lazy("level"), "topic": gettext_lazy("Topic")}, words_label=WORDS)
MADE_FROM = 5


@context_of(PlanIndexPage)
def plan_index_context(page: PlanIndexPage, request: HttpRequest) -> Context:
    """Plans of everybody; below a school's page, of that school alone."""
    filters = PlanFilter.from_query(request.GET)
    fixed: tuple[str, ...] = ()
    if page.school:
        filters, fixed = replace(filters, school=(page.school.code,)), ("school",)
    return {
        **listing(page, request, filters, public_plans, PLANS, fixed),
        "show_school": not page.school,
    }


@context_of(TemplateIndexPage)
def template_index_context(page: TemplateIndexPage, request: HttpRequest) -> Context:
    """The library of templates."""
    return listing(page, request, TemplateFilter.from_query(request.GET), public_templates, TEMPLATES)


@context_of(PlanPage)
def plan_context(page: PlanPage, request: HttpRequest) -> Context:
    """Sections, months, people, basis: each with its place in the table of contents."""
    months = months_of(page.calendar)
    parts = [
        TocEntry("basis", _("Basis documents")) if page.basis else None,
        TocEntry("leading-group", _("Leading group")) if page.leading_group else None,
        *section_outline(page.sections),
        TocEntry("calendar", _("Calendar")) if months else None,
        *body_outline(page.body),
        TocEntry("attachments", _("Attachments")) if page.attachments else None,
    ]
    return {
        "toc": [part for part in parts if part],
        "months": months,
        "facts": _plan_facts(page, request),
        "basis": [_basis(child.value, request) for child in page.basis or ()],
    }


@context_of(PlanTemplatePage)
def template_context(page: PlanTemplatePage, request: HttpRequest) -> Context:
    """Sections with their guidance, the calendar, and plans made from it."""
    months = months_of(page.calendar)
    parts = [
        *section_outline(page.sections),
        TocEntry("calendar", _("Calendar")) if months else None,
        TocEntry("attachments", _("Attachments")) if page.attachments else None,
    ]
    filters = PlanFilter(template=(page.pk,))
    library = frame_for(request).sections.get("PlanIndexPage")
    return {
        "toc": [part for part in parts if part],
        "months": months,
        "facts": [
            {"label": _("level"), "value": page.get_level_display()},
            *_day(page.date, _("Day of issue")),
            *_topics(page.topics.all(), frame_for(request).sections.get("TemplateIndexPage")),
        ],
        "plans": public_plans(filters)[:MADE_FROM],
        "plans_url": with_query(library.url, [("template", str(page.pk))]) if library else "",
    }


def _plan_facts(page: PlanPage, request: HttpRequest) -> list[dict[str, Any]]:
    library = frame_for(request).sections.get("PlanIndexPage")
    template = page.template_page if page.template_page and page.template_page.live else None
    facts: list[dict[str, Any]] = [
        {"label": _("level"), "value": page.get_level_display()},
        {"label": _("School year"), "value": school_year_label(page.school_year) if page.school_year else ""},
        {"label": _("Term"), "value": page.get_term_display()},
        *_day(page.date, _("Day of the plan")),
        *_topics(page.topics.all(), library),
    ]
    if page.school:
        entry = Entry(page.school.name, page.school.page.get_url(request) or "")
        facts.insert(0, {"label": _("School"), "value": "", "links": [entry]})
    if template:
        entry = Entry(template.title, template.get_url(request) or "")
        facts.append({"label": _("Template"), "value": "", "links": [entry]})
    return [fact for fact in facts if fact["value"] or fact.get("links")]


def _day(day: Any, label: str) -> list[dict[str, Any]]:
    return [{"label": label, "value": date_format(day)}] if day else []


def _topics(topics: Iterable[Topic], library: Entry | None) -> list[dict[str, Any]]:
    links = [
        Entry(topic.name, with_query(library.url, [("topic", topic.slug)]) if library else "")
        for topic in topics
    ]
    return [{"label": _("Topics"), "value": "", "links": links}] if links else []


def _basis(value: Any, request: HttpRequest) -> Entry:
    """Return the document's name; with its address when it is a published policy of this site."""
    policy = value.get("policy")
    if policy is not None and policy.live:
        return Entry(value.get("title") or policy.title, policy.get_url(request) or "")
    return Entry(value.get("title") or (policy.title if policy is not None and policy.live else ""), "")
