"""Pictures and documents, as far as published pages show them."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router

from cms.api.answers import json_response
from cms.api.params import Id
from cms.api.problems import not_found
from cms.api.schemas.common import Document
from cms.api.schemas.site import Image
from cms.api.serialize.addresses import base_of
from cms.api.serialize.documents import document_json
from cms.api.serialize.pictures import load_pictures, picture_json
from cms.media.renditions import PRESETS
from cms.media.visibility import public_documents, public_images

router = Router(tags=["媒体"])


@router.get("/images/{int:id}", response=Image, summary="一张图片", operation_id="get_image")
def image(request: HttpRequest, id: Annotated[Id, Path()]) -> HttpResponse:  # noqa: A002 - the path's name
    """已发布页面所用的图片，按用途给出各尺寸与格式。"""
    found = load_pictures([id], public_images()).get(id)
    if found is None:
        raise not_found()
    base = base_of(request)
    return json_response(
        {
            "id": found.pk,
            "title": found.title,
            "alt": found.default_alt_text,
            "credit": found.credit,
            "width": found.width,
            "height": found.height,
            "presets": {name: picture_json(found, base, name) for name in PRESETS},
        }
    )


@router.get("/documents/{int:id}", response=Document, summary="一份文档", operation_id="get_document")
def document(request: HttpRequest, id: Annotated[Id, Path()]) -> HttpResponse:  # noqa: A002
    """已发布页面所附的文档。"""
    found = public_documents().filter(pk=id).first()
    if found is None:
        raise not_found()
    return json_response(document_json(found, base_of(request)))
