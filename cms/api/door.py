"""The door of the API: what every address does alike, around the operations that django-ninja runs.

HEAD and OPTIONS everywhere, unknown parameters refused, tokens checked (a bad one is never "anonymous"), the
rate limited, answers tagged with a strong ETag and 304 when the client has them, every error one RFC 9457
problem. Nothing here is personal: two anonymous readers get the same bytes, so that a store may stand before
it. Only the `RateLimit-*` headers tell readers apart; a store leaves them out.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from ninja.operation import Operation

from cms.api.problems import ApiProblem, ProblemError, not_found
from cms.api.ratelimit import Allowance, take
from cms.api.tokens.auth import authenticate

logger = logging.getLogger(__name__)

CONDITIONAL = ("ETag", "Cache-Control", "Vary", "Expires", "Content-Location", "Date")
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "ETag, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After"
    ),
}
View = Callable[..., HttpResponse]


def door(operations: Sequence[Operation]) -> View:
    """Return the Django view of one address, given the operations it has."""
    by_method = {method: operation for operation in operations for method in operation.methods}
    known = {id(operation): query_names(operation) for operation in operations}
    methods = sorted({*by_method, "OPTIONS", *(["HEAD"] if "GET" in by_method else [])})
    allow = ", ".join(methods)

    def run(request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponse:
        method = "GET" if request.method == "HEAD" else request.method or ""
        operation = by_method.get(method)
        if operation is None:
            raise ApiProblem(
                405, "method-not-allowed", _("Allowed here: %s.") % allow, headers={"Allow": allow}
            )
        refuse_unknown(request, known[id(operation)])
        answer: Any = operation.run(request, **kwargs)
        return answer

    @csrf_exempt
    def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            return _options(allow)
        return _answer(request, lambda: run(request, kwargs))

    return view


@csrf_exempt
def nothing_here(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """Answer every address under the API that is none of its own."""

    def refuse() -> HttpResponse:
        raise not_found()

    return _answer(request, refuse)


def _answer(request: HttpRequest, run: Callable[[], HttpResponse]) -> HttpResponse:
    """Authenticate, take from the allowance, run, and give the answer its manners."""
    allowance: Allowance | None = None
    try:
        request.auth = authenticate(request)  # type: ignore[attr-defined]
        allowance = take(request)
        response = run()
    except ApiProblem as problem:
        response = problem.response()
    except Exception:
        logger.exception("The API failed at %s", request.path)
        if settings.DEBUG_PROPAGATE_EXCEPTIONS:
            raise
        response = server_failed().response()
    if response.status_code == 200:
        response = _conditional(request, response)
    headers = response.headers
    for name, value in CORS.items():
        headers[name] = value
    if allowance is not None:
        allowance.write(headers)
    return _without_body(response) if request.method == "HEAD" else response


def server_failed() -> ApiProblem:
    """Return the problem of a fault of ours; it tells nothing of the inside."""
    return ApiProblem(500, "server-failed", _("This is our fault and has been noted. Try again later."))


def _conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Tag the answer by its bytes; 304 when the client has these bytes."""
    headers = response.headers
    headers.setdefault("Cache-Control", "no-cache")
    headers.setdefault("Vary", "Accept-Encoding")
    if headers["Cache-Control"] == "no-store" or response.streaming:
        return response
    tag = f'"{blake2b(response.content, digest_size=15).hexdigest()}"'
    headers["ETag"] = tag
    if request.method in ("GET", "HEAD") and _has(request.headers.get("If-None-Match", ""), tag):
        kept = {name: value for name, value in headers.items() if name in CONDITIONAL}
        # The length is that of the whole answer, as RFC 9110 has it; Django would write 0.
        kept["Content-Length"] = str(len(response.content))
        response = HttpResponse(status=304, headers=kept)
        del response.headers["Content-Type"]
    return response


def _has(header: str, tag: str) -> bool:
    """Say whether If-None-Match names the tag: a list, weak tags count, `*` is any."""
    if not header:
        return False
    names = [name.strip().removeprefix("W/") for name in header.split(",")]
    return tag in names or "*" in names


def _without_body(response: HttpResponse) -> HttpResponse:
    if response.status_code != 304:
        response.headers["Content-Length"] = str(len(response.content))
    response.content = b""
    return response


def _options(allow: str) -> HttpResponse:
    """Say what the address can do; also the answer to a browser's preflight."""
    response = HttpResponse(status=204, headers={"Allow": allow, **CORS})
    response.headers["Access-Control-Allow-Methods"] = allow
    response.headers["Access-Control-Allow-Headers"] = "Authorization, Content-Type, If-None-Match"
    response.headers["Access-Control-Max-Age"] = "86400"
    del response.headers["Content-Type"]
    return response


def query_names(operation: Operation) -> frozenset[str]:
    """Return the names of the parameters that the operation takes from the address."""
    return frozenset(
        name
        for model in operation.models
        if model.__ninja_param_source__ == "query"
        for name in getattr(model, "__ninja_flatten_map__", model.model_fields)
    )


def refuse_unknown(request: HttpRequest, known: frozenset[str]) -> None:
    """Refuse parameters nobody reads: a misspelt filter must not silently give everything."""
    unknown = request.GET.keys() - known
    if unknown:
        allowed, message = sorted(known), _("There is no such parameter here.")
        errors = [
            ProblemError(where="query", name=name, message=message, allowed=allowed)
            for name in sorted(unknown)
        ]
        detail = _("Unknown parameters: %s.") % "、".join(sorted(unknown))
        raise ApiProblem(422, "unknown-parameter", detail, errors=errors)
