"""The checked views through which every picture and document goes. Nothing else serves a file."""

from __future__ import annotations

import logging
from typing import NamedTuple

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.db.models.fields.files import FieldFile
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag
from django.views.decorators.http import require_safe
from django.views.defaults import page_not_found

from cms.media import addresses
from cms.media.kinds import DOCUMENT_TYPES, IMAGE_TYPES, INLINE_DOCUMENTS, OTHER
from cms.media.models import SiteDocument, SiteImage, SiteRendition
from cms.media.names import extension_of
from cms.media.ranges import UnsatisfiableRangeError, asked_range, read_part
from cms.media.visibility import document_is_shown, image_is_shown, shown_by_open_pages, user_keeps

logger = logging.getLogger(__name__)

#: A browser that has shown a picture may keep it for a day: its address changes with its content. Caches
#: between must ask each time, so that "private again" holds for whoever has not seen it (ADR 0070).
PUBLIC_PICTURE = "public, max-age=86400, s-maxage=0, proxy-revalidate"
#: The address of a document stays when its file is replaced, so that browsers ask too.
PUBLIC_DOCUMENT = "public, no-cache"
PRIVATE = "private, no-store"


@require_safe
def serve_picture(request: HttpRequest, image_id: int, version: str, name: str) -> HttpResponseBase:
    """Send one file of a picture, or 404 to whoever may not see it. One query for a public picture."""
    item = (
        _find_original(image_id) if name.startswith("original.") else _find_rendition(image_id, version, name)
    )
    if item is None or not (item.shown or _may_see_hidden(request, item.image)):
        return _not_found(request)
    caching = PUBLIC_PICTURE if item.shown else PRIVATE
    if item.version != version:
        return _moved(item.url)
    etag = quote_etag(f"{version}-{name}")
    return _not_modified(request, etag, caching) or _send(request, item.file, IMAGE_TYPES, etag, caching)


@require_safe
def serve_document(request: HttpRequest, document_id: int, document_filename: str) -> HttpResponseBase:
    """Send a document, or the part asked for, or 404 to whoever may not see it."""
    document = SiteDocument.objects.annotate(shown=document_is_shown()).filter(pk=document_id).first()
    if document is None or not (document.shown or _may_see_hidden(request, document)):
        return _not_found(request)
    caching = PUBLIC_DOCUMENT if document.shown else PRIVATE
    if document_filename != document.filename:  # it was renamed since
        return _moved(document.url)
    etag = quote_etag(document.file_hash or str(document.pk))
    fresh = _not_modified(request, etag, caching)
    return fresh or _send(request, document.file, DOCUMENT_TYPES, etag, caching, document.filename)


class _Found(NamedTuple):
    """A file of a picture, and whether the public may see it."""

    image: SiteImage
    version: str
    url: str
    file: FieldFile
    shown: bool


def _find_original(image_id: int) -> _Found | None:
    image = SiteImage.objects.annotate(shown=image_is_shown()).filter(pk=image_id).first()
    return image and _Found(image, image.version, image.file.url, image.file, image.shown)


def _find_rendition(image_id: int, version: str, name: str) -> _Found | None:
    """Return the rendition of that version, or, when the picture was replaced since, the one of today."""
    found = (
        SiteRendition.objects.filter(image=image_id, filter_spec=addresses.spec_of(name))
        .select_related("image")
        .annotate(shown=Exists(shown_by_open_pages().filter(image=OuterRef("image"))))
    )
    best = max(found, key=lambda rendition: rendition.version == version, default=None)
    return best and _Found(best.image, best.version, best.url, best.file, best.shown)


def _may_see_hidden(request: HttpRequest, item: SiteImage | SiteDocument) -> bool:
    """Its keepers see a private file, and whoever holds an address signed for a preview."""
    signature = request.GET.get("s", "")
    if signature and addresses.is_signed(request.get_full_path_info().partition("?")[0], signature):
        return True
    return user_keeps(request.user, item)


def _not_found(request: HttpRequest) -> HttpResponse:
    """Say 404, and that nobody may remember it: the file may be published a second later."""
    response = page_not_found(request, Http404())
    response["Cache-Control"] = PRIVATE
    return response


def _moved(url: str) -> HttpResponse:
    response = HttpResponseRedirect(url)
    response["Cache-Control"] = PRIVATE
    return response


def _not_modified(request: HttpRequest, etag: str, caching: str) -> HttpResponseBase | None:
    response = get_conditional_response(request, etag=etag)
    if response is not None:
        response["Cache-Control"] = caching
    return response


def _send(
    request: HttpRequest,
    file: FieldFile,
    types: dict[str, str],
    etag: str,
    caching: str,
    download_name: str = "",
) -> HttpResponseBase:
    """Answer with the file, in parts when asked, or let the web server in front send it."""
    extension = extension_of(file.name)
    try:
        response = _body(request, file, etag)
    except OSError:
        logger.exception("A file of the media store is gone: %s", file.name)
        return _not_found(request)
    response["Content-Type"] = types.get(extension, OTHER)
    response["ETag"] = etag
    response["Cache-Control"] = caching
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'"
    if download_name:
        inline = extension in INLINE_DOCUMENTS
        response["Content-Disposition"] = content_disposition_header(not inline, download_name) or "inline"
    return response


def _body(request: HttpRequest, file: FieldFile, etag: str) -> HttpResponseBase:
    if settings.MEDIA_ACCEL_PREFIX:
        response = HttpResponse()
        response["X-Accel-Redirect"] = f"{settings.MEDIA_ACCEL_PREFIX}{file.name}"
        return response
    opened = file.storage.open(str(file.name), "rb")
    size = opened.size
    header = request.headers.get("Range", "")
    if request.headers.get("If-Range", etag) != etag:
        header = ""
    try:
        part = asked_range(header, size)
    except UnsatisfiableRangeError:
        opened.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    start, end = part or (0, size - 1)
    answer = StreamingHttpResponse(read_part(opened, start, end), status=206 if part else 200)
    answer["Content-Length"] = str(end - start + 1)
    answer["Accept-Ranges"] = "bytes"
    if part:
        answer["Content-Range"] = f"bytes {start}-{end}/{size}"
    return answer
