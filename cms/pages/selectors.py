"""What the public may read, as queries: typed filters, published pages, counts for the filter lists.

The site's pages and the content API both ask here, so that a list on a page and the same list as JSON agree.
A filter's field knows its own condition; names from a request are matched against the declared fields alone.
"""

# ruff: noqa: RUF009 - the calls in the dataclasses end in `dataclasses.field`
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, ClassVar, Self

from django.db.models import CharField, Count, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from wagtail.models import PageViewRestriction

from cms.pages.filter_fields import equals, month_field, one_of, text_field
from cms.pages.models import (
    ActivityNewsPage,
    BasePage,
    PlanLevel,
    PlanPage,
    PlanTemplatePage,
    PolicyPage,
    PolicyStatus,
    SchoolPage,
)
from cms.pages.models.plan import Term
from cms.schools.models import SchoolStatus, Stage


@dataclass(frozen=True, kw_only=True)
class PageFilter:
    """What every list can be narrowed by. An empty filter is every published page of the type.

    Fields that take several values mean "any of these"; different fields must all hold.
    """

    model: ClassVar[type[BasePage]]

    q: str = text_field()
    date_gte: date | None = equals("date__gte")
    date_lte: date | None = equals("date__lte")
    published_at_gte: datetime | None = equals("first_published_at__gte", type_=datetime)
    published_at_lte: datetime | None = equals("first_published_at__lte", type_=datetime)
    updated_at_gte: datetime | None = equals("last_published_at__gte", type_=datetime)

    @classmethod
    def from_query(cls, data: Mapping[str, Any]) -> Self:
        """Read the filter from a QueryDict; what does not parse is left out: a page must answer."""
        return cls(**{f.name: f.metadata["read"](data, f.name) for f in fields(cls)})

    @property
    def is_empty(self) -> bool:
        return self == type(self)()


@dataclass(frozen=True, kw_only=True)
class NewsFilter(PageFilter):
    """Activity news (活动新闻). `school` are codes, `kind` slugs, `month` is 2026-09."""

    model = ActivityNewsPage

    school: tuple[str, ...] = one_of("school__code", label="school__name")
    kind: tuple[str, ...] = one_of("kind__slug", label="kind__name")
    month: str = month_field("date")


@dataclass(frozen=True, kw_only=True)
class PolicyFilter(PageFilter):
    """Policy documents (政策文件). `topic` are slugs, `year` is the year of issue."""

    model = PolicyPage

    topic: tuple[str, ...] = one_of("topics__slug", label="topics__name", many=True)
    year: tuple[int, ...] = one_of("date__year", type_=int)
    status: tuple[str, ...] = one_of("status", choices=PolicyStatus)
    issuing_body: tuple[str, ...] = one_of("issuing_body")
    document_number: str = equals("document_number", default="")
    effective_on_gte: date | None = equals("effective_on__gte")
    effective_on_lte: date | None = equals("effective_on__lte")


@dataclass(frozen=True, kw_only=True)
class PlanFilter(PageFilter):
    """Plans (工作计划). `school_year` is the year in which it began; `template` a template's page id."""

    model = PlanPage

    school: tuple[str, ...] = one_of("school__code", label="school__name")
    school_year: tuple[int, ...] = one_of("school_year", type_=int)
    term: tuple[str, ...] = one_of("term", choices=Term)
    level: tuple[str, ...] = one_of("level", choices=PlanLevel)
    topic: tuple[str, ...] = one_of("topics__slug", label="topics__name", many=True)
    template: tuple[int, ...] = one_of("template_page_id", type_=int, facet=False)
    school_year_gte: int | None = equals("school_year__gte", type_=int)
    school_year_lte: int | None = equals("school_year__lte", type_=int)


@dataclass(frozen=True, kw_only=True)
class TemplateFilter(PageFilter):
    """Plan templates (计划模板)."""

    model = PlanTemplatePage

    level: tuple[str, ...] = one_of("level", choices=PlanLevel)
    topic: tuple[str, ...] = one_of("topics__slug", label="topics__name", many=True)


@dataclass(frozen=True, kw_only=True)
class SchoolFilter(PageFilter):
    """The school directory (学校名录): closed and merged schools are in it, with their `status`."""

    model = SchoolPage

    code: tuple[str, ...] = one_of("owning_school__code", facet=False)
    stage: tuple[str, ...] = one_of("owning_school__stage", choices=Stage)
    township: tuple[str, ...] = one_of("owning_school__township")
    boarding: bool | None = equals("owning_school__boarding", type_=bool, facet=True)
    status: tuple[str, ...] = one_of("owning_school__status", choices=SchoolStatus)


@dataclass(frozen=True)
class FacetValue:
    """One line of a filter list: the value for the address, its name, how many there are."""

    value: str
    label: str
    count: int
    selected: bool


def published(queryset: QuerySet[Any]) -> QuerySet[Any]:
    """Keep live pages that anybody may read: no view restriction on them or above them. Adds no query."""
    restrictions = PageViewRestriction.objects.annotate(
        reader=ExpressionWrapper(OuterRef("path"), output_field=CharField())
    ).filter(reader__startswith=F("page__path"))
    return queryset.filter(~Exists(restrictions), live=True)


def matching(filters: PageFilter, *, leave_out: str = "") -> QuerySet[Any]:
    """Return the published pages that fit the filter, without order; `leave_out` names a field to ignore."""
    model = type(filters).model
    queryset = published(model.objects.order_by())
    for item in fields(filters):
        value = getattr(filters, item.name)
        if item.name != leave_out and value != item.default:
            queryset = queryset.filter(item.metadata["condition"](model, value))
    return queryset


def newest_first(queryset: QuerySet[Any]) -> QuerySet[Any]:
    """Order by the day readers see; pages without one come last, and equal days keep a fixed order."""
    return queryset.order_by(F("date").desc(nulls_last=True), "-pk")


def public_news(filters: NewsFilter | None = None) -> QuerySet[ActivityNewsPage]:
    """Published news, newest first, with school, kind and picture; bodies are not loaded."""
    return _listed(filters or NewsFilter(), "school__page", "kind", "picture")


def public_policies(filters: PolicyFilter | None = None) -> QuerySet[PolicyPage]:
    """Published policies, newest first, with their topics; bodies are not loaded."""
    return _listed(filters or PolicyFilter()).prefetch_related("topics")


def public_plans(filters: PlanFilter | None = None) -> QuerySet[PlanPage]:
    """Published plans, newest first, with school and topics; sections and bodies are not loaded."""
    return _listed(filters or PlanFilter(), "school__page").prefetch_related("topics")


def public_templates(filters: TemplateFilter | None = None) -> QuerySet[PlanTemplatePage]:
    """Published plan templates, newest first, with topics; sections are not loaded."""
    return _listed(filters or TemplateFilter()).prefetch_related("topics")


def public_schools(filters: SchoolFilter | None = None) -> QuerySet[SchoolPage]:
    """Pages of schools by pinyin of their names, open ones first, with school and picture."""
    queryset = _listed(filters or SchoolFilter(), "owning_school__merged_into", "picture")
    return queryset.order_by(
        F("owning_school__status").desc(), "owning_school__sort_key", "pk"
    )  # "open" sorts after "closed" and "merged"


def _listed(filters: PageFilter, *related: str) -> QuerySet[Any]:
    queryset: Any = newest_first(matching(filters)).select_related(*related)
    queryset = queryset.defer_streamfields()
    return queryset.defer("school__page__body") if "school__page" in related else queryset


def facets(filters: PageFilter) -> dict[str, list[FacetValue]]:
    """Count what each filter list would give: a list ignores its own choice, so that it can be widened.

    One query a list, whatever the number of pages. Lists keep the order of their choices, else most first.
    """
    return {
        item.name: _count(filters, item.name, item.metadata)
        for item in fields(filters)
        if item.metadata.get("facet")
    }


def _count(filters: PageFilter, name: str, metadata: Mapping[str, Any]) -> list[FacetValue]:
    chosen = getattr(filters, name)
    chosen = {str(value) for value in (chosen if isinstance(chosen, tuple) else (chosen,))}
    columns = metadata["columns"]
    rows = (
        matching(filters, leave_out=name)
        .order_by()
        .annotate(value=columns[0], label=columns[1])
        .values_list("value", "label")
        .annotate(count=Count("pk", distinct=True))
    )
    words = metadata["words"]
    found = [
        FacetValue(word, words(label), count, word in chosen)
        for word, label, count in ((metadata["write"](value), label, n) for value, label, n in rows)
        if word
    ]
    return sorted(found, key=metadata["order"])
