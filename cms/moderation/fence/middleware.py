"""The fence before Wagtail's admin and its authoring API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch
from wagtail.admin.auth import permission_denied
from wagtail.api.v3.auth import BearerTokenAuth
from wagtail.api.v3.errors import problem_response

from cms.moderation.fence.audience import Audience, user_belongs_to
from cms.moderation.fence.objects import user_can_reach
from cms.moderation.fence.routes import ADMIN_ROUTES, API_ROUTES, CLOSED

ADMIN_PREFIX = "admin/"
AUTHORING = "wagtailapi_v3"
SAFE = {"GET", "HEAD", "OPTIONS"}


class FenceMiddleware:
    """Lets a request through to Wagtail when its user may enter the route and reach the objects it names."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        if match is None:
            return None
        if AUTHORING in match.namespaces:
            return fence_authoring(request, match)
        if match.route.startswith(ADMIN_PREFIX):
            return fence_admin(request, match)
        return None


def fence_admin(request: HttpRequest, match: ResolverMatch) -> HttpResponse | None:
    """Return a refusal, or nothing. Whoever may not enter the admin at all is sent to log in by Wagtail."""
    if not request.user.has_perm("wagtailadmin.access_admin") or is_our_own(match):
        return None
    audience = audience_of(match)
    if user_belongs_to(request.user, audience) and (
        audience < Audience.STAFF or user_can_reach(request.user, request, match)
    ):
        return None
    return permission_denied(request)


def audience_of(match: ResolverMatch) -> Audience:
    """Return who may enter a route of Wagtail's."""
    if (match.url_name or "").endswith("_modeladmin_history"):
        return Audience.ADMINS
    return ADMIN_ROUTES.get(match.view_name or "-", Audience.OPERATORS)


def is_our_own(match: ResolverMatch) -> bool:
    """Say whether the route is one of our own screens, which check their rights themselves."""
    view = getattr(match.func, "view_class", match.func)
    name = match.url_name or ""
    # modeladmin's history view asks for no right at all
    return view.__module__.startswith(("cms.", "forms.")) or (
        "_modeladmin_" in name and not name.endswith("_modeladmin_history")
    )


def fence_authoring(request: HttpRequest, match: ResolverMatch) -> HttpResponse | None:
    """Return a refusal as a problem document, or nothing. There is no reading without a valid token."""
    if BearerTokenAuth()(request) is None:
        answer = problem_response(status=401, detail="A valid token is required")
        answer["WWW-Authenticate"] = "Bearer"
        return answer
    reading, writing = API_ROUTES.get(match.view_name, CLOSED)
    if not user_belongs_to(request.user, reading if request.method in SAFE else writing):
        return problem_response(status=403, detail="Permission denied")
    if not user_can_reach(request.user, request, match):
        return problem_response(status=404, detail="Not found")
    return None
