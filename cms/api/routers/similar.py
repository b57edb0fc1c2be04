"""Plans like a plan or a template."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router, Schema
from pydantic import Field

from cms.api.answers import json_response
from cms.api.listing import items_by_id
from cms.api.params import Id, Number
from cms.api.problems import not_found
from cms.api.resources import RESOURCES
from cms.api.routers.search import freshness
from cms.api.schemas.search import SimilarPlans
from cms.api.serialize.addresses import base_of
from cms.findable.similar import KEPT, similar_plans
from search.service import PUBLIC, SearchUnavailable

router = Router()


class SimilarQuery(Schema):
    """How many to give."""

    limit: Annotated[Number, Field(ge=1, le=KEPT)] = 5


@router.get(
    "/plans/{int:id}/similar",
    response=SimilarPlans,
    summary="相似计划",
    operation_id="similar_plans",
    tags=["工作计划"],
)
def similar_to_plan(
    request: HttpRequest,
    id: Annotated[Id, Path()],  # noqa: A002 - the path's name
    query: Query[SimilarQuery],
) -> HttpResponse:
    """与一份公开的计划用词最接近的其他公开计划，最相似的在前。"""
    return _similar(request, "plans", "plan", id, query.limit)


@router.get(
    "/templates/{int:id}/similar",
    response=SimilarPlans,
    summary="与模板相似的计划",
    operation_id="plans_similar_to_template",
    tags=["计划模板"],
)
def similar_to_template(
    request: HttpRequest,
    id: Annotated[Id, Path()],  # noqa: A002 - the path's name
    query: Query[SimilarQuery],
) -> HttpResponse:
    """与一份公开的模板用词最接近的公开计划，最相似的在前。"""
    return _similar(request, "templates", "template", id, query.limit)


def _similar(request: HttpRequest, library: str, kind: str, pk: int, limit: int) -> HttpResponse:
    if not RESOURCES[library].queryset().filter(pk=pk).exists():
        raise not_found()
    try:
        ids, degraded = similar_plans(kind, pk, frozenset({PUBLIC})), False
    except SearchUnavailable:
        ids, degraded = [], True
    found: dict[int, dict[str, Any]] = items_by_id(RESOURCES["plans"], ids, base_of(request))
    items = [found[pk] for pk in ids if pk in found][:limit]
    return json_response({"items": items, "degraded": degraded}, **freshness(degraded=degraded))
