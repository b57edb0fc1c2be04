"""What the database refuses to delete, told as a refusal with its reason instead of as a crash.

`guards.py` says the reasons that we know before anything is tried. This is the net below it: for a row that
came between the question and the deed, for Wagtail's own routes, and for models that somebody adds later.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import ProtectedError, RestrictedError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext
from wagtail.api.v3.errors import problem_response

from cms.pages.actions.deleting import DeletionRefused

REFUSALS = (DeletionRefused, ProtectedError, RestrictedError)
ADMIN_API = "wagtailadmin_api"


def words_of(error: Exception) -> list[str]:
    """Return why the deletion was refused."""
    if isinstance(error, DeletionRefused):
        return error.messages
    users: Any = getattr(error, "protected_objects", None) or getattr(error, "restricted_objects", set())
    count, example = len(users), min((str(user) for user in users), default="")
    text = ngettext(
        "It cannot be deleted: “%(example)s” still uses it.",
        "It cannot be deleted: %(count)d others still use it, for example “%(example)s”.",
        count,
    )
    return [text % {"count": count, "example": example}]


def refuse_by_problem(request: HttpRequest, error: Exception) -> HttpResponse:
    """Answer the authoring API: 409 and the reasons."""
    words = words_of(error)
    return problem_response(status=409, detail=" ".join(words), errors=[{"msg": text} for text in words])


def tell_refusals(api: Any) -> None:
    """Have the authoring API answer refused deletions. Called before its addresses are read."""
    for kind in REFUSALS:
        api.add_exception_handler(kind, refuse_by_problem)


class RefusedDeletionMiddleware:
    """Sends whoever tried to delete something in use back to where she came from, with the reason."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        match = request.resolver_match
        if not isinstance(error, REFUSALS) or match is None or not match.route.startswith("admin/"):
            return None
        words = words_of(error)
        if ADMIN_API in match.namespaces:
            return JsonResponse({"detail": " ".join(words)}, status=409)
        for text in words:
            messages.error(request, text)
        return redirect("wagtailadmin_home")
