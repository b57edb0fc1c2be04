"""Full-text search over what is public, and suggestions while typing."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field, StringConstraints

from cms.api.answers import json_response
from cms.api.cursor import Order, read_cursor, write_cursor
from cms.api.params import DEFAULT_LIMIT, MAX_LIMIT, Day, Number, Text
from cms.api.problems import ApiProblem
from cms.api.schemas.search import SearchResult, Suggestions
from cms.api.serialize.addresses import absolute, base_of
from search.service import FACETS, MAX_WINDOW, PUBLIC, Answer, Found, SearchUnavailable, ask, current_engine
from search.service import Query as Question

router = Router(tags=["全文检索"])
Values = Annotated[list[Text], Field(max_length=12)]
SCOPE = "search"


class SearchQuery(Schema):
    """Words to look for and filters; several values of one filter mean any of these."""

    q: Text = ""
    kind: Values = []
    school: Values = []
    township: Values = []
    school_year: Values = []
    topic: Values = []
    status: Values = []
    date__gte: Day | None = None
    date__lte: Day | None = None
    sort: Literal["relevance", "newest", "oldest"] = "relevance"
    limit: Annotated[Number, Field(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT
    cursor: Annotated[str, StringConstraints(max_length=600)] | None = None


class SuggestQuery(Schema):
    """What was typed so far, and how much to offer."""

    q: Text = ""
    limit: Annotated[Number, Field(ge=1, le=20)] = 8


@router.get("/search", response={200: SearchResult, 503: None}, summary="全文检索", operation_id="search")
def search(request: HttpRequest, query: Query[SearchQuery]) -> HttpResponse:
    """检索公开的政策文件、计划、模板、新闻、学校和页面。词语须同时出现；加引号为短语，前置 `-` 为排除。"""
    order = Order(query.sort, query.sort)
    offset = read_cursor(SCOPE, order, query.cursor)[1] if query.cursor else 0
    try:
        answer = ask(_question(query, offset))
    except SearchUnavailable as error:
        raise unavailable() from error
    base, result = base_of(request), answer.result
    counts = {name: result.facets.get(name, ()) for name in FACETS}
    return json_response(
        {
            "items": [_item(found, base) for found in answer.found],
            "total": result.total,
            "facets": {name: [{"value": v, "count": n} for v, n in pairs] for name, pairs in counts.items()},
            "relaxed": result.relaxed,
            "next": _next(request, query, answer, offset, order),
        }
    )


@router.get(
    "/search/suggest",
    response={200: Suggestions, 503: None},
    summary="输入提示",
    operation_id="suggest",
)
def suggest(request: HttpRequest, query: Query[SuggestQuery]) -> HttpResponse:
    """以所输入的汉字、拼音或拼音首字母开头的标题、学校和主题。"""
    try:
        items = current_engine().suggest(query.q, frozenset({PUBLIC}), query.limit)
    except SearchUnavailable as error:
        raise unavailable() from error
    return json_response({"items": items})


def unavailable() -> ApiProblem:
    """Return the problem of an engine that cannot be asked just now."""
    detail = _("The full-text search is not available just now. Try again in a minute.")
    return ApiProblem(503, "search-unavailable", detail, headers={"Retry-After": "60"})


def _question(query: SearchQuery, offset: int) -> Question:
    return Question(
        query.q,
        filters={name: tuple(getattr(query, name)) for name in FACETS},
        date_from=query.date__gte,
        date_to=query.date__lte,
        access=frozenset({PUBLIC}),
        facets=FACETS,
        sort=query.sort,
        offset=offset,
        limit=query.limit,
    )


def _item(found: Found, base: str) -> dict[str, Any]:
    hit = found.hit
    return {
        "id": int(hit.object_id),
        "kind": hit.kind,
        "title": hit.title,
        "title_html": found.title,
        "url": absolute(base, hit.url),
        "snippet": found.snippet,
        "date": hit.date,
        "school": next(iter(hit.facets.get("school", ())), None),
    }


def _next(request: HttpRequest, query: SearchQuery, answer: Answer, offset: int, order: Order) -> str | None:
    """Return where the list goes on. Results are ranked, so a cursor is a place in the ranking."""
    following = offset + query.limit
    if following >= answer.result.total or following + query.limit > MAX_WINDOW:
        return None
    pairs = [(name, value) for name in request.GET for value in request.GET.getlist(name) if name != "cursor"]
    cursor = write_cursor(SCOPE, order, None, following)
    return f"{base_of(request)}{request.path}?{urlencode([*pairs, ('cursor', cursor)])}"
