"""What surrounds the pages: menus, settings, redirects, word lists, and the page at an address."""

from __future__ import annotations

from typing import Annotated, Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import StringConstraints
from wagtail.contrib.redirects.models import Redirect as RedirectRow

from cms.api.answers import json_response
from cms.api.problems import not_found
from cms.api.schemas import site as schemas
from cms.api.serialize.addresses import absolute, base_of, page_path
from cms.api.serialize.types import type_name
from cms.api.whole import public_page_json
from cms.pages.models import ActivityKind, BasePage, BureauSettings, Topic
from cms.pages.selectors import published

router = Router(tags=["站点"])
HOME_DEPTH = 2
SETTINGS = ("bureau_name", "tagline", "address", "phone", "email", "icp_number", "police_number")
PagePath = Annotated[str, StringConstraints(pattern=r"^/[^\x00]*$", max_length=1000)]


@router.get("/menus", response=schemas.Menu, summary="菜单", operation_id="get_menus")
def menus(request: HttpRequest) -> HttpResponse:
    """首页之下设为“在菜单中显示”的页面，两级。"""
    base = base_of(request)
    pages = published(
        BasePage.objects.filter(show_in_menus=True, depth__in=(HOME_DEPTH + 1, HOME_DEPTH + 2))
    ).order_by("path")
    items: dict[str, dict[str, Any]] = {}
    for pk, title, url_path, model, path, depth in pages.values_list(
        "pk", "title", "url_path", "content_type__model", "path", "depth"
    ):
        entry = {"id": pk, "type": type_name(model), "title": title, "url": base + page_path(url_path)}
        parent = items.get(path[: -BasePage.steplen])
        if depth == HOME_DEPTH + 1:
            items[path] = {**entry, "children": []}
        elif parent:
            parent["children"].append(entry)
    return json_response({"items": list(items.values())})


@router.get("/settings", response=schemas.SiteSettings, summary="站点信息", operation_id="get_settings")
def site_settings(request: HttpRequest) -> HttpResponse:
    """教育局名称、联系方式与备案号。"""
    found = BureauSettings.objects.filter(site__is_default_site=True).values(*SETTINGS).first()
    values = found or dict.fromkeys(SETTINGS, "")
    return json_response({**values, "bureau_name": values["bureau_name"] or settings.WAGTAIL_SITE_NAME})


@router.get("/topics", response=schemas.TermList, summary="主题", operation_id="list_topics")
def topics(request: HttpRequest) -> HttpResponse:
    """政策、计划和模板的主题。"""
    return _terms(Topic.objects.all())


@router.get("/kinds", response=schemas.TermList, summary="活动类型", operation_id="list_kinds")
def kinds(request: HttpRequest) -> HttpResponse:
    """活动新闻的类型。"""
    return _terms(ActivityKind.objects.all())


def _terms(queryset: QuerySet[Any]) -> HttpResponse:
    items = list(queryset.values("slug", "name"))
    return json_response({"items": items, "total": len(items)})


@router.get("/redirects", response=schemas.RedirectList, summary="重定向", operation_id="list_redirects")
def redirects(request: HttpRequest) -> HttpResponse:
    """旧地址与新地址。"""
    items = _redirects(RedirectRow.objects.order_by("old_path", "pk"), base_of(request))
    return json_response({"items": items, "total": len(items)})


def _redirects(queryset: QuerySet[RedirectRow], base: str) -> list[dict[str, Any]]:
    """Return redirects as JSON; those to a page that is not public are left out. Two queries."""
    rows = list(
        queryset.values_list(
            "old_path", "redirect_link", "redirect_page_id", "redirect_page_route_path", "is_permanent"
        )
    )
    pages = dict(
        published(BasePage.objects.filter(pk__in={row[2] for row in rows if row[2]})).values_list(
            "pk", "url_path"
        )
    )
    found = []
    for old_path, address, page, route, permanent in rows:
        target = page_path(pages[page]) + route.lstrip("/") if page in pages else address
        if target and (page is None or page in pages):
            found.append(
                {
                    "type": "redirect",
                    "from_path": old_path,
                    "to": absolute(base, target),
                    "permanent": permanent,
                }
            )
    return found


@router.get("/pages", response=schemas.Resolved, summary="按地址取页面", operation_id="get_page_by_path")
def page_by_path(request: HttpRequest, path: Annotated[PagePath, Query()]) -> HttpResponse:
    """给出站内路径（如 `/schools/xq-01/`），得到该处的页面；旧地址则得到重定向。"""
    base = base_of(request)
    path = path if path.endswith("/") else f"{path}/"
    found = (
        published(BasePage.objects.filter(depth=HOME_DEPTH + path.count("/") - 1, url_path__endswith=path))
        .select_related("content_type")
        .only("pk", "content_type")
        .first()
    )
    page = public_page_json(found.specific_class, found.pk, base) if found else None
    if page is None:
        old = RedirectRow.normalise_path(path)
        moved = _redirects(RedirectRow.objects.filter(old_path=old)[:1], base)
        if not moved:
            raise not_found()
        return json_response(moved[0])
    return json_response(page)
