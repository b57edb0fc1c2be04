"""The click that shows a sensitive answer."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from forms.sealing.revealing import Reveal


@login_required
@require_POST
@sensitive_post_parameters()
def reveal(request: HttpRequest) -> HttpResponse:
    """Show one answer: POST kind, thing, item (optional), name, reason.

    JSON {"value"} or, with status 400, {"error"} for scripts; a small page for who has none.
    """
    post = request.POST
    try:
        value = Reveal(
            kind=post.get("kind", ""),
            thing_id=post.get("thing", ""),
            item=post.get("item", ""),
            name=post.get("name", ""),
            reason=post.get("reason", ""),
            user=request.user,
            ip=request.META.get("REMOTE_ADDR"),
        ).execute()
    except ValidationError as error:
        return _answer(request, {"error": " ".join(error.messages)}, 400)
    return _answer(request, {"value": value}, 200)


def _answer(request: HttpRequest, content: dict[str, str], status: int) -> HttpResponse:
    response: HttpResponse
    if request.accepts("text/html"):
        back = request.POST.get("back", "")
        context = {**content, "back": back if back.startswith("/") and not back.startswith("//") else ""}
        response = render(request, "forms/sealing/revealed.html", context, status=status)
    else:
        response = JsonResponse(content, status=status)
    add_never_cache_headers(response)
    return response
