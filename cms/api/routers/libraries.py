"""The five libraries: a list and a single thing of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router

from cms.api.answers import json_response
from cms.api.listing import list_page, one_item
from cms.api.params import Id, detail_query, list_query
from cms.api.resources import RESOURCES, Resource
from cms.api.schemas.pages import ITEMS, list_of

TITLES = {
    "news": ("活动新闻", "一条活动新闻"),
    "policies": ("政策文件", "一份政策文件"),
    "plans": ("工作计划", "一份工作计划"),
    "templates": ("计划模板", "一份计划模板"),
    "schools": ("学校名录", "一所学校"),
}
LIST_TEXT = (
    "按条件筛选，默认由新到旧。不同参数须同时满足，同名参数给多个值为任一满足。"
    "`fields` 选字段（`*` 为列表默认字段，正文等须点名），`expand` 展开关联，`next` 为下一页。"
)


def add_library(router: Router, resource: Resource) -> None:
    """Add the list and the single thing of one library."""
    many, one = TITLES[resource.name]
    item = ITEMS[resource.name]
    router.get(
        f"/{resource.name}",
        response=list_of(item),
        summary=many,
        description=LIST_TEXT,
        operation_id=f"list_{resource.name}",
        tags=[many],
    )(_list_view(resource))
    router.get(
        f"/{resource.name}/{{int:id}}",
        response=item,
        summary=one,
        description="默认给出全部字段，包括正文。",
        operation_id=f"get_{resource.name}",
        tags=[many],
    )(_item_view(resource))


def _list_view(resource: Resource) -> Callable[..., HttpResponse]:
    Parameters: Any = list_query(resource)  # noqa: N806 - a type

    def view(request: HttpRequest, query: Any) -> HttpResponse:
        return json_response(list_page(request, resource, query))

    view.__annotations__["query"] = Annotated[Parameters, Query()]
    return view


def _item_view(resource: Resource) -> Callable[..., HttpResponse]:
    Parameters: Any = detail_query(resource)  # noqa: N806 - a type

    def view(request: HttpRequest, id: Any, query: Any) -> HttpResponse:  # noqa: A002 - the path's name
        return json_response(one_item(request, resource, id, query))

    view.__annotations__["id"] = Annotated[Id, Path()]
    view.__annotations__["query"] = Annotated[Parameters, Query()]
    return view


router = Router()
for resource in RESOURCES.values():
    add_library(router, resource)
