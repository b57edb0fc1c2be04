"""Addresses of pictures and documents. All lead to views that check whether the reader may see the file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from urllib.parse import quote

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.urls import get_script_prefix

#: How long an address made for the preview of a draft works, in seconds.
PREVIEW_SECONDS = 3600
_signing: ContextVar[bool] = ContextVar("signing_media_addresses", default=False)
_signer = TimestampSigner(salt="cms.media.addresses")


def rendition_name(spec: str, extension: str) -> str:
    """Return the last part of a rendition's address, for example `fill-480x270_format-avif.avif`."""
    return f"{spec.replace('|', '_')}{extension}"


def spec_of(name: str) -> str:
    """Return the filter that `rendition_name` was made from."""
    return name.rpartition(".")[0].replace("_", "|")


def picture(image_id: int, version: str, name: str) -> str:
    """Return the address of a file of a picture. Made by hand: a page has hundreds, and `reverse` is slow."""
    return _signed(f"{settings.MEDIA_URL}images/{image_id}/{version}/{name}")


def document(document_id: int, name: str) -> str:
    """Return the address of a document; it stays the same when the file is replaced."""
    return _signed(f"{get_script_prefix()}documents/{document_id}/{quote(name)}")


@contextmanager
def for_preview() -> Iterator[None]:
    """Within this context addresses carry a signature that opens the one file, for an hour, to anybody.

    For previews of drafts by link: whoever shows the draft has checked that its pictures may be seen with it.
    """
    token = _signing.set(True)
    try:
        yield
    finally:
        _signing.reset(token)


def _signed(path: str) -> str:
    if not _signing.get():
        return path
    return f"{path}?s={_signer.sign(path).removeprefix(path + ':')}"


def is_signed(path: str, signature: str) -> bool:
    """Say whether the signature was made by us for this path (percent-encoded), less than an hour ago."""
    try:
        _signer.unsign(f"{path}:{signature}", max_age=PREVIEW_SECONDS)
    except BadSignature:
        return False
    return True
