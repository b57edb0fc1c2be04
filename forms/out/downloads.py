"""Sending a large file so that a download that broke off goes on where it stopped (RFC 9110, range requests)."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

CHUNK = 64 * 1024
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def send_file(request: HttpRequest, path: Path, name: str, tag: str) -> HttpResponseBase:
    """Answer with the file, or with the part that the Range header asks for.

    `tag` names this very content; a part of another content is never sent (If-Range). 416 for a part that is not
    there.
    """
    size = path.stat().st_size
    etag = f'"{tag}"'
    wanted = _range_of(request, size, etag)
    if wanted is None:
        answer: HttpResponseBase = FileResponse(path.open("rb"), as_attachment=True, filename=name)
    elif wanted[0] >= size or wanted[0] > wanted[1]:
        answer = HttpResponse(status=416)
        answer["Content-Range"] = f"bytes */{size}"
    else:
        first, last = wanted
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        answer = StreamingHttpResponse(_part(path, first, last), status=206, content_type=kind)
        answer["Content-Disposition"] = (
            content_disposition_header(as_attachment=True, filename=name) or "attachment"
        )
        answer["Content-Length"] = str(last - first + 1)
        answer["Content-Range"] = f"bytes {first}-{last}/{size}"
    answer["Accept-Ranges"], answer["ETag"] = "bytes", etag
    answer["Cache-Control"], answer["X-Content-Type-Options"] = "private, no-store", "nosniff"
    return answer


def _range_of(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | None:
    match = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if not match or match.group(0) == "bytes=-" or request.headers.get("If-Range", etag) != etag:
        return None
    first, last = match.groups()
    if not first:
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1


def _part(path: Path, first: int, last: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(first)
        left = last - first + 1
        while left > 0 and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
