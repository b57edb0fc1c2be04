"""The five libraries of the API: which fields a thing has, how lists are filtered, ordered and expanded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from cms.api.cursor import Order
from cms.api.fields import SCHOOL_FACTS, Field, link, moment, named, picture, plain, school, stream, url_field
from cms.api.loaders import replacements_field, topics_field
from cms.api.serialize.types import TYPE_NAMES
from cms.pages.models import (
    ActivityNewsPage,
    BasePage,
    HomePage,
    NewsIndexPage,
    PlanIndexPage,
    PlanPage,
    PlanTemplatePage,
    PolicyIndexPage,
    PolicyPage,
    SchoolIndexPage,
    SchoolPage,
    StandardPage,
    TemplateIndexPage,
)
from cms.pages.selectors import (
    NewsFilter,
    PageFilter,
    PlanFilter,
    PolicyFilter,
    SchoolFilter,
    TemplateFilter,
    matching,
)

ORDERS = (
    Order("-date", "date", descending=True),
    Order("date", "date"),
    Order("title", "title_key"),
    Order("-title", "title_key", descending=True),
    Order("-published_at", "first_published_at", descending=True),
    Order("published_at", "first_published_at"),
)
BY_NAME = (Order("name", "owning_school__sort_key"), *ORDERS)


@dataclass(frozen=True)
class Resource:
    """One library (`/news`): its filter, fields, expansions and orders; the first order is the default.

    `expansions`: field -> the library whose whole items stand in the place of its links.
    `variants`: field -> the richer form that `expand` puts in its place.
    """

    name: str
    filters: type[PageFilter]
    fields: dict[str, Field]
    expansions: dict[str, str] = field(default_factory=dict)
    variants: dict[str, Field] = field(default_factory=dict)
    orders: tuple[Order, ...] = ORDERS

    @property
    def model(self) -> type[BasePage]:
        return self.filters.model

    @property
    def light(self) -> list[str]:
        """Names of the fields that a list gives when it is not told which."""
        return [name for name, item in self.fields.items() if not item.heavy]

    @property
    def expandable(self) -> list[str]:
        return sorted({*self.expansions, *self.variants})

    def order(self, name: str) -> Order:
        return next(order for order in self.orders if order.name == name)

    def chosen(self, names: Iterable[str], expand: Iterable[str] = ()) -> tuple[Field, ...]:
        """Return the fields of these names, in the library's order; the id is always among them."""
        wanted = {"id", *names}
        richer = {name: self.variants[name] for name in expand if name in self.variants}
        return tuple({**self.fields, **richer}[name] for name in self.fields if name in wanted)

    def queryset(self, filters: PageFilter | None = None) -> Any:
        """Return the public pages of the library that fit the filter, unordered."""
        return matching(filters or self.filters())


def common_fields(model: type[BasePage]) -> list[Field]:
    """Return the fields that every page type has."""
    name = TYPE_NAMES[model]
    return [
        plain("id", "pk"),
        Field("type", (), make=lambda _references: name),
        plain("title"),
        url_field(),
        moment("published_at", "first_published_at"),
        moment("updated_at", "last_published_at"),
        plain("date"),
        plain("intro"),
    ]


_SCHOOL = school("school", "school")
_SCHOOL_WITH_FACTS = {"school": school("school", "school", SCHOOL_FACTS)}


def _kind(references: Any, slug: str | None, name: str | None) -> dict[str, str] | None:
    return {"slug": slug, "name": name or ""} if slug else None


NEWS = Resource(
    "news",
    NewsFilter,
    named(
        [
            *common_fields(ActivityNewsPage),
            _SCHOOL,
            Field("kind", ("kind__slug", "kind__name"), make=_kind),
            plain("place"),
            picture("picture", "list"),
            link("related_plan", "related_plan_id"),
            plain("related_row"),
            stream(ActivityNewsPage, "body"),
        ]
    ),
    expansions={"related_plan": "plans"},
    variants=_SCHOOL_WITH_FACTS,
)

POLICIES = Resource(
    "policies",
    PolicyFilter,
    named(
        [
            *common_fields(PolicyPage),
            plain("document_number"),
            plain("issuing_body"),
            plain("effective_on"),
            plain("repealed_on"),
            plain("status"),
            plain("addressee"),
            topics_field(PolicyPage),
            replacements_field("replaces", "earlier"),
            replacements_field("replaced_by", "later"),
            stream(PolicyPage, "body"),
            stream(PolicyPage, "attachments"),
        ]
    ),
    expansions={"replaces": "policies", "replaced_by": "policies"},
)

PLANS = Resource(
    "plans",
    PlanFilter,
    named(
        [
            *common_fields(PlanPage),
            _SCHOOL,
            plain("level"),
            plain("school_year"),
            plain("term"),
            link("template", "template_page_id"),
            topics_field(PlanPage),
            *(
                stream(PlanPage, name)
                for name in ("sections", "calendar", "leading_group", "basis", "body", "attachments")
            ),
        ]
    ),
    expansions={"template": "templates"},
    variants=_SCHOOL_WITH_FACTS,
)

TEMPLATES = Resource(
    "templates",
    TemplateFilter,
    named(
        [
            *common_fields(PlanTemplatePage),
            plain("level"),
            topics_field(PlanTemplatePage),
            *(stream(PlanTemplatePage, name) for name in ("sections", "calendar", "attachments")),
        ]
    ),
)

SCHOOLS = Resource(
    "schools",
    SchoolFilter,
    named(
        [
            *common_fields(SchoolPage),
            # A school's page is made public with the school, without a publication of its own.
            moment("published_at", "first_published_at", "owning_school__created_at"),
            school("school", "owning_school"),
            *(plain(name, f"owning_school__{name}") for name in SCHOOL_FACTS),
            school("merged_into", "owning_school__merged_into"),
            plain("motto"),
            picture("picture", "list"),
            stream(SchoolPage, "body"),
        ]
    ),
    orders=BY_NAME,
)

RESOURCES = {item.name: item for item in (NEWS, POLICIES, PLANS, TEMPLATES, SCHOOLS)}
BY_MODEL = {item.model: item for item in RESOURCES.values()}


def _other(model: type[BasePage], *more: Field) -> tuple[Field, ...]:
    return (*common_fields(model), *more)


#: Fields of pages outside the libraries; they are read by address and in previews.
OTHERS: dict[type[BasePage], tuple[Field, ...]] = {
    StandardPage: _other(StandardPage, stream(StandardPage, "body")),
    HomePage: _other(HomePage, stream(HomePage, "notice")),
    **{
        model: _other(model, _SCHOOL)
        for model in (NewsIndexPage, PolicyIndexPage, PlanIndexPage, TemplateIndexPage, SchoolIndexPage)
    },
}


def is_shown(model: type[BasePage] | None) -> bool:
    """Say whether the API knows pages of this type."""
    return model in BY_MODEL or model in OTHERS


def all_fields(model: type[BasePage]) -> tuple[Field, ...]:
    """Return every field of a page type. Raises KeyError for a type the API does not show."""
    if model in BY_MODEL:
        return tuple(BY_MODEL[model].fields.values())
    return OTHERS[model]
