"""Documents as JSON."""

from __future__ import annotations

import mimetypes
from typing import Any

from cms.api.serialize.addresses import absolute
from cms.media.models import SiteDocument


def document_json(document: SiteDocument, base: str) -> dict[str, Any]:
    """Return title, address, size in bytes and media type of a document."""
    return {
        "id": document.pk,
        "title": document.title,
        "url": absolute(base, document.url),
        "size": document.file_size,
        "type": mimetypes.guess_type(document.filename)[0] or "application/octet-stream",
        "filename": document.filename,
    }
