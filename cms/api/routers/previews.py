"""Drafts: for whoever may edit them, and for anybody with a link that such a person shared."""

from __future__ import annotations

from typing import Annotated, Any

from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Path, Router

from cms.api.answers import json_response
from cms.api.params import Id
from cms.api.previews.actions import SharePreview
from cms.api.previews.links import PreviewLink, PreviewOver, user_can_share_draft
from cms.api.problems import ApiProblem, not_found
from cms.api.schemas.site import AnyPage, Preview, PreviewRequest
from cms.api.serialize.addresses import base_of
from cms.api.tokens.auth import check_csrf, forbidden, require
from cms.api.tokens.models import Scope
from cms.api.whole import page_json
from cms.media.addresses import for_preview
from cms.pages.models import BasePage

router = Router(tags=["草稿预览"])
SECURITY: dict[str, Any] = {"security": [{"Token": []}, {"Session": []}]}
PRIVATE = {"Cache_Control": "no-store", "X_Robots_Tag": "noindex"}


@router.post(
    "/previews",
    response={201: Preview, 403: None},
    summary="分享草稿预览",
    operation_id="create_preview",
    openapi_extra=SECURITY,
)
def create_preview(request: HttpRequest, body: PreviewRequest) -> HttpResponse:
    """为一份草稿生成带签名、会过期的预览链接。需要编辑会话（带 CSRF）或具有 `write:previews` 的令牌。"""
    user = require(request, Scope.WRITE_PREVIEWS)
    check_csrf(request)
    link = SharePreview(_page(body.page), user, body.hours, _token(request)).execute()
    url = base_of(request) + reverse("content-api-preview", args=[link.text()])
    response = json_response(
        {"url": url, "page": link.page_id, "expires_at": link.expires_at}, **PRIVATE, Location=url
    )
    response.status_code = 201
    return response


@router.get(
    "/previews/{token}",
    response={200: AnyPage, 410: None},
    summary="读取草稿预览",
    operation_id="get_preview",
    url_name="content-api-preview",
    openapi_extra={"security": []},
)
def read_preview(request: HttpRequest, token: Annotated[str, Path(max_length=400)]) -> HttpResponse:
    """与已发布内容同一格式的草稿。链接过期、页面删除或分享者失去权限后，得到 410。"""
    try:
        link = PreviewLink.read(token)
    except BadSignature as error:
        raise not_found() from error
    try:
        page = link.page()
    except PreviewOver as error:
        raise ApiProblem(410, "preview-over", _("This preview link no longer works.")) from error
    return _draft(request, page, Preview_Expires=link.expires_at.isoformat())


@router.get(
    "/drafts/{int:id}",
    response={200: AnyPage, 403: None},
    summary="一份草稿",
    operation_id="get_draft",
    openapi_extra=SECURITY,
)
def read_draft(request: HttpRequest, id: Annotated[Id, Path()]) -> HttpResponse:  # noqa: A002
    """页面的最新草稿。需要编辑会话或具有 `read:drafts` 的令牌。"""
    user = require(request, Scope.READ_DRAFTS)
    page = _page(id)
    if not user_can_share_draft(user, page, _token(request)):
        raise forbidden(_("You may not edit this page."))
    return _draft(request, page.get_latest_revision_as_object())


def _draft(request: HttpRequest, page: Any, **headers: str) -> HttpResponse:
    try:
        # The draft's pictures are private still: each address opens its one file, for an hour.
        with for_preview():
            content = page_json(page, base_of(request))
    except KeyError as error:
        raise not_found() from error
    revision = {"Revision": str(page.latest_revision_id)} if page.latest_revision_id else {}
    return json_response(content, **PRIVATE, **headers, **revision)


def _page(pk: int) -> BasePage:
    page = BasePage.objects.filter(pk=pk).first()
    if page is None:
        raise not_found()
    return page


def _token(request: HttpRequest) -> Any:
    return getattr(request, "auth", None)
