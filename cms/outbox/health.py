"""`/healthz` and `/livez`: may this process get requests, and does it live.

Probes come from load balancers and containers under any host name, by plain HTTP, many times a minute. So
they are answered before hosts, sessions and redirects are looked at.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse


def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 while the database answers, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return _answer({"status": "unavailable", "database": "down"}, 503)
    return _answer({"status": "ok", "database": "ok"}, 200)


def live(request: HttpRequest) -> JsonResponse:
    """Answer 200: the process takes requests."""
    return _answer({"status": "ok"}, 200)


PROBES: dict[str, Callable[[HttpRequest], JsonResponse]] = {"/healthz": ready, "/livez": live}


class HealthMiddleware:
    """Stands first in MIDDLEWARE."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        probe = PROBES.get(request.path_info)
        if probe is None:
            return self.get_response(request)
        if request.method not in {"GET", "HEAD"}:
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        return probe(request)


def _answer(body: dict[str, str], status: int) -> JsonResponse:
    return JsonResponse(body, status=status, headers={"Cache-Control": "no-store"})
