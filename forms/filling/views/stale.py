"""A page whose token is older than the log-in: what was typed on it is kept, and the person is asked once more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views import csrf

from forms.filling.views.access import typed_of, wants_json

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

#: The addresses whose pages carry what somebody typed.
TYPED_PAGES = frozenset({"forms_fill", "forms_resume"})
#: How Django's reasons begin when the token alone is wrong, not where the request comes from.
TOKEN_REASONS = ("CSRF token", "CSRF cookie not set")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a request whose token is wrong (settings.CSRF_FAILURE_VIEW).

    A page of a form that came from this site itself is shown again with all that was typed and a fresh token; nothing
    is saved until the person presses the button. Of any other request, another site's above all, nothing is repeated.
    """
    if _is_our_own_page(request, reason):
        context = {
            "typed": typed_of(request),
            "go": request.POST.get("go", "stay"),
            "files": bool(request.FILES),
        }
        return render(request, "forms/filling/stale.html", context, status=403)
    return csrf.csrf_failure(request, reason=reason)


def _is_our_own_page(request: HttpRequest, reason: str) -> bool:
    match = request.resolver_match
    from_here = reason.startswith(TOKEN_REASONS) and "Origin" in request.headers
    is_page = match is not None and match.url_name in TYPED_PAGES and request.method == "POST"
    return from_here and is_page and not wants_json(request)
