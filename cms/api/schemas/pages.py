"""What each page type looks like as JSON. A test holds these and the fields that are written together."""

# mypy: disable-error-code="valid-type"
# (types that are made from block definitions and choices at run time)
from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field, create_model

from cms.api.fields import stream_schema
from cms.api.schemas.common import Listed, PageLink, Picture, SchoolLink, Term
from cms.pages.models import (
    ActivityNewsPage,
    HomePage,
    PlanLevel,
    PlanPage,
    PlanTemplatePage,
    PolicyPage,
    PolicyReplacement,
    PolicyStatus,
    SchoolPage,
    StandardPage,
)
from cms.pages.models import Term as PlanTerm
from cms.schools.models import SchoolStatus, Stage

Level = Literal[tuple(PlanLevel.values)]
Status = Literal[tuple(PolicyStatus.values)]
How = Literal[tuple(PolicyReplacement.Kind.values)]
TermName = Literal[tuple(PlanTerm.values)]
StageName = Literal[tuple(Stage.values)]
SchoolState = Literal[tuple(SchoolStatus.values)]
NewsBody = stream_schema(ActivityNewsPage, "body")
PolicyBody = stream_schema(PolicyPage, "body")
Attachments = stream_schema(PolicyPage, "attachments")
TemplateSections = stream_schema(PlanTemplatePage, "sections")
Calendar = stream_schema(PlanTemplatePage, "calendar")
PlanSections = stream_schema(PlanPage, "sections")
LeadingGroup = stream_schema(PlanPage, "leading_group")
Basis = stream_schema(PlanPage, "basis")
Notice = stream_schema(HomePage, "notice")
SchoolBody = stream_schema(SchoolPage, "body")
PageBody = stream_schema(StandardPage, "body")


class Base(Listed):
    """What every page has. `date` is the day that readers see; `updated_at` the last publication."""

    updated_at: dt.datetime | None
    date: dt.date | None
    intro: str


class PolicyLink(PageLink):
    """A policy at the other end of a replacement, and how much it replaces: whole, or part."""

    document_number: str
    how: How


class Policy(Base):
    """A policy document (政策文件). `date` is the day of issue."""

    type: Literal["policy"]
    document_number: str
    issuing_body: str
    effective_on: dt.date | None
    repealed_on: dt.date | None
    status: Status
    addressee: str
    topics: list[Term]
    replaces: list[PolicyLink]
    replaced_by: list[PolicyLink]
    body: PolicyBody
    attachments: Attachments


class Template(Base):
    """A plan template (计划模板)."""

    type: Literal["template"]
    level: Level
    topics: list[Term]
    sections: TemplateSections
    calendar: Calendar
    attachments: Attachments


class Plan(Base):
    """A plan (工作计划). `school` is null for the bureau's own; `school_year` the year in which it began."""

    type: Literal["plan"]
    school: SchoolLink | None
    level: Level
    school_year: int | None
    term: TermName
    template: PageLink | None
    topics: list[Term]
    sections: PlanSections
    calendar: Calendar
    leading_group: LeadingGroup
    basis: Basis
    body: PolicyBody
    attachments: Attachments


class News(Base):
    """Activity news (活动新闻). `date` is the day of the activity."""

    type: Literal["news"]
    school: SchoolLink | None
    kind: Term | None
    place: str
    picture: Picture | None
    related_plan: PageLink | None
    related_row: str
    body: NewsBody


class SchoolPageOut(Base):
    """A school (学校) and its page. Closed and merged schools stay, with their `status`."""

    type: Literal["school"]
    school: SchoolLink
    stage: StageName
    township: str
    boarding: bool
    status: SchoolState
    address: str
    phone: str
    merged_into: SchoolLink | None
    motto: str
    picture: Picture | None
    body: SchoolBody


class StandardPageOut(Base):
    """A plain page (普通页面)."""

    type: Literal["page"]
    body: PageBody


class FormLink(Schema):
    """A form that anybody may fill in; `/api/v1/forms/{slug}` tells whether it is open now."""

    slug: str
    title: str
    url: str


class FormPageOut(Base):
    """A page that offers a public form (表单页). `short_url` is what its QR code holds; `code` names it for drafts."""

    type: Literal["form"]
    school: SchoolLink | None
    form: FormLink
    code: str
    short_url: str | None
    body: PageBody


class HomePageOut(Base):
    """The front page (首页)."""

    type: Literal["home"]
    notice: Notice


class IndexPageOut(Base):
    """A page that lists others: of everybody, or of one school."""

    type: Literal["news_index", "policy_index", "plan_index", "template_index", "school_index"]
    school: SchoolLink | None


def _id_alone(schema: dict[str, Any]) -> None:
    """Say that only the id is always there: `fields=` chooses the rest."""
    schema["required"] = ["id"]


def sparse(model: type[Schema], expansions: dict[str, type[Schema]]) -> type[Schema]:
    """Return the schema of an item whose fields were chosen; links that `expand` makes whole are either."""
    richer: dict[str, Any] = {
        name: (_either(model.model_fields[name].annotation, whole), ...) for name, whole in expansions.items()
    }
    item = create_model(f"{model.__name__.removesuffix('PageOut')}Item", __base__=model, **richer)
    item.model_config = ConfigDict(**{**item.model_config, "json_schema_extra": _id_alone})
    item.__doc__ = f"{model.__doc__} Every field but `id` is there only when chosen."
    item.model_rebuild(force=True)
    return item


def _either(annotation: Any, whole: type[Schema]) -> Any:
    """Return link | whole thing, in the same list or nullability."""
    if getattr(annotation, "__origin__", None) is list:
        return list[annotation.__args__[0] | whole]
    return annotation | whole


TemplateItem = sparse(Template, {})
PlanItem = sparse(Plan, {"template": TemplateItem})
NewsItem = sparse(News, {"related_plan": PlanItem})
PolicyItem = sparse(Policy, {})
SchoolItem = sparse(SchoolPageOut, {})

ITEMS = {
    "news": NewsItem,
    "policies": PolicyItem,
    "plans": PlanItem,
    "templates": TemplateItem,
    "schools": SchoolItem,
}


def list_of(item: type[Schema]) -> type[Schema]:
    """Return the schema of a list of these items."""
    fields: dict[str, Any] = {
        "items": (list[item], ...),
        "next": (str | None, Field(description="Address of the following items, null on the last page.")),
        "total": (int, Field(description="How many fit the filter, on all pages.")),
    }
    return create_model(f"{item.__name__.removesuffix('Item')}List", __base__=Schema, **fields)
