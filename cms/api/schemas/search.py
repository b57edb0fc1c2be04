"""Schemas of the full-text search."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from ninja import Schema
from pydantic import create_model

from cms.api.schemas.pages import PlanItem

KindName = Literal["policy", "plan", "template", "news", "school", "page"]


class FoundPage(Schema):
    """One page that was found. `snippet` and `title_html` are escaped HTML with <mark> around the matches."""

    id: int
    kind: KindName
    title: str
    title_html: str
    url: str
    snippet: str
    date: dt.date | None
    school: str | None


class FacetCount(Schema):
    """A value, and how many of the found pages have it."""

    value: str
    count: int


class Facets(Schema):
    """Counts to narrow by. The counts of one are not narrowed by the values chosen of itself."""

    kind: list[FacetCount]
    school: list[FacetCount]
    township: list[FacetCount]
    school_year: list[FacetCount]
    topic: list[FacetCount]
    status: list[FacetCount]


class SearchResult(Schema):
    """What was found. `relaxed`: nothing held all words, so these hold some.

    `degraded`: the full-text search cannot be asked just now, so only titles and introductions were looked through.
    """

    items: list[FoundPage]
    total: int
    facets: Facets
    relaxed: bool
    degraded: bool
    next: str | None


class Suggestions(Schema):
    """Titles, schools and topics that begin with what was typed; while `degraded`, titles that hold it."""

    items: list[str]
    degraded: bool


_ITEMS: Any = (list[PlanItem], ...)  # type: ignore[valid-type]
SimilarPlans = create_model("SimilarPlans", __base__=Schema, items=_ITEMS, degraded=(bool, ...))
SimilarPlans.__doc__ = (
    "Plans that share the rarest words of another page, the most similar first; none while `degraded`."
)
