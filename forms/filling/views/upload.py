"""Uploads of a script: one file at a time, with progress. The page's own form works without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from forms.files.actions import StoreFile
from forms.filling.views.access import actor, find_draft, refuse
from forms.public.throttle import TooOftenError, count_for, uploaded

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@require_POST
def upload(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Store `file` for `question`; answer {"id", "name", "size", "url"}, or {"message"} with status 400 or 429."""
    draft = find_draft(request, uuid)
    if draft is None:
        return refuse(request)
    sent = request.FILES.get("file")
    if sent is None:
        return JsonResponse({"message": _("No file has come.")}, status=400)
    try:
        count_for(draft, uploaded(), request)
        file = StoreFile(draft, request.POST.get("question", ""), sent, actor(request)).execute()
    except ValidationError as refused:
        status = 429 if isinstance(refused, TooOftenError) else 400
        return JsonResponse({"message": "；".join(refused.messages)}, status=status)
    answer = {"id": str(file.pk), "name": file.name, "size": filesizeformat(file.size), "url": file.url}
    return JsonResponse(answer, status=201)
