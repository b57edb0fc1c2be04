"""Full-text search over what is public, and suggestions while typing."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field, StringConstraints

from cms.api.answers import json_response
from cms.api.cursor import Order, read_cursor, write_cursor
from cms.api.params import DEFAULT_LIMIT, MAX_LIMIT, Day, Number, Text
from cms.api.schemas.search import SearchResult, Suggestions
from cms.api.serialize.addresses import absolute, base_of
from cms.web.search.titles import search_titles, titles_with
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


@router.get("/search", response=SearchResult, summary="全文检索", operation_id="search")
def search(request: HttpRequest, query: Query[SearchQuery]) -> HttpResponse:
    """检索公开的政策文件、计划、模板、新闻、学校和页面。词语须同时出现；加引号为短语，前置 `-` 为排除。

    全文检索暂不可用时只查标题和简介，`degraded` 为真。
    """
    order = Order(query.sort, query.sort)
    offset = read_cursor(SCOPE, order, query.cursor)[1] if query.cursor else 0
    question = _question(query, offset)
    try:
        answer, degraded = ask(question), False
    except SearchUnavailable:
        answer, degraded = search_titles(question), True
    base, result = base_of(request), answer.result
    counts = {name: result.facets.get(name, ()) for name in FACETS}
    return json_response(
        {
            "items": [_item(found, base) for found in answer.found],
            "total": result.total,
            "facets": {name: [{"value": v, "count": n} for v, n in pairs] for name, pairs in counts.items()},
            "relaxed": result.relaxed,
            "degraded": degraded,
            "next": _next(request, query, answer, offset, order),
        },
        **freshness(degraded=degraded),
    )


@router.get(
    "/search/suggest",
    response=Suggestions,
    summary="输入提示",
    operation_id="suggest",
)
def suggest(request: HttpRequest, query: Query[SuggestQuery]) -> HttpResponse:
    """以所输入的汉字、拼音或拼音首字母开头的标题、学校和主题；全文检索暂不可用时为含所输入文字的标题。"""
    try:
        items, degraded = current_engine().suggest(query.q, frozenset({PUBLIC}), query.limit), False
    except SearchUnavailable:
        items, degraded = titles_with(query.q, query.limit), True
    return json_response({"items": items, "degraded": degraded}, **freshness(degraded=degraded))


def freshness(*, degraded: bool) -> dict[str, str]:
    """Return headers that keep an answer without the engine from being kept."""
    return {"Cache_Control": "no-store", "Retry_After": "60"} if degraded else {}


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
