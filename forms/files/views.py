"""The one view through which files of answers go out."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.http import FileResponse, Http404, HttpResponseBase
from django.views.decorators.http import require_safe

from forms.files.models import AnswerFile
from forms.files.permissions import user_can_open_file
from forms.files.store import file_store
from forms.filling.links import holds_link

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

logger = logging.getLogger(__name__)
#: Shown in the browser: pictures, which were written anew. Everything else is downloaded.
INLINE = frozenset({"image/jpeg", "image/png"})


@require_safe
def serve_answer_file(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Send the file to whoever may see it; 404 to everybody else, whether or not there is one."""
    file = AnswerFile.objects.select_related("draft").filter(pk=uuid).first()
    if file is None or not user_can_open_file(request.user, file, holds_link=holds_link(request, file.draft)):
        raise Http404
    try:
        opened = file_store().open(file.stored_name, "rb")
    except OSError:
        logger.exception("A file of an answer is gone: %s", file.pk)
        raise Http404 from None
    response = FileResponse(
        opened,
        as_attachment=file.content_type not in INLINE,
        filename=file.name,
        content_type=file.content_type,
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
