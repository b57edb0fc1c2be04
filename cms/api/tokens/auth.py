"""Who is asking: the bearer token of a request. A token that does not work is an error, never "nobody"."""

from __future__ import annotations

from datetime import timedelta
from hmac import compare_digest
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.api.problems import ApiProblem
from cms.api.tokens.models import MARK, ApiToken, Scope, hash_token

USED_EVERY = timedelta(minutes=5)


def authenticate(request: HttpRequest) -> ApiToken | None:
    """Return the request's token, None when it brings none. Raises the problem 401 for a bad one."""
    header = request.META.get("HTTP_AUTHORIZATION")
    if header is None:
        return None
    scheme, _space, key = header.partition(" ")
    if scheme.lower() != "bearer":
        raise unauthorized(_("Only bearer tokens are taken here."))
    token = find_token(key.strip())
    if token is None:
        raise unauthorized(_("This token is unknown, expired or revoked."))
    request.user = token.user
    _note_use(token)
    return token


def find_token(key: str) -> ApiToken | None:
    """Return the usable token of this key."""
    parts = key.split("_", 2)
    if len(parts) != 3 or parts[0] != MARK or "\x00" in key:
        return None
    token = ApiToken.objects.usable().select_related("user", "school").filter(prefix=parts[1]).first()
    return token if token and compare_digest(token.key_hash, hash_token(key)) else None


def unauthorized(detail: str) -> ApiProblem:
    """Return the problem 401."""
    return ApiProblem(401, "unauthorized", detail, headers={"WWW-Authenticate": 'Bearer realm="api"'})


def forbidden(detail: str) -> ApiProblem:
    """Return the problem 403."""
    return ApiProblem(403, "forbidden", detail)


def require(request: HttpRequest, scope: Scope) -> Any:
    """Return the person asking: of a token with the scope, or of a session. Raises 401 and 403."""
    token: ApiToken | None = getattr(request, "auth", None)
    if token is not None:
        if not token.allows(scope):
            raise forbidden(_("The token lacks the scope %s.") % scope.value)
        return token.user
    if request.user.is_authenticated:
        return request.user
    raise unauthorized(_("Log in, or send a bearer token."))


def check_csrf(request: HttpRequest) -> None:
    """A session comes by itself with every request of the browser, so the form's secret must come too.

    Raises PermissionDenied. A token proves itself.
    """
    if getattr(request, "auth", None) is None:
        check = CsrfViewMiddleware(lambda _request: HttpResponse())
        check.process_request(request)
        if check.process_view(request, HttpResponse, (), {}) is not None:
            raise PermissionDenied


def _note_use(token: ApiToken) -> None:
    """Keep when the token was last used, to five minutes."""
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at > USED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
