"""How many requests a client may make: counted in the process, reconciled through the shared cache.

Each process counts by itself and tells the shared cache once a second or once a fiftieth of the allowance. So
most requests cost no cache call, and all processes and machines together overshoot by a few requests at most.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _

from cms.api.problems import ApiProblem

logger = logging.getLogger(__name__)

SYNC_SECONDS = 1.0
MAX_CLIENTS = 20_000


@dataclass
class Allowance:
    """What is left of a client's allowance in this window."""

    limit: int
    window: int
    remaining: int
    reset: int

    def write(self, headers: Any) -> None:
        """Say it in headers."""
        headers["RateLimit-Limit"] = str(self.limit)
        headers["RateLimit-Remaining"] = str(self.remaining)
        headers["RateLimit-Reset"] = str(self.reset)
        headers["RateLimit-Policy"] = f"{self.limit};w={self.window}"


@dataclass
class _Count:
    """Requests of one client in one window: told to the cache by everyone, and not yet told by us."""

    window: int
    shared: int = 0
    untold: int = 0
    told_at: float = field(default=0.0)


class Counter:
    """Counts requests by client and window; one for each process."""

    def __init__(self) -> None:
        self._counts: dict[str, _Count] = {}
        self._lock = Lock()

    def add(self, client: str, limit: int, seconds: int) -> tuple[int, int]:
        """Count one request; return how many the window has seen, and the seconds until it ends."""
        now = time.time()
        window = int(now // seconds)
        with self._lock:
            count = self._counts.get(client)
            if count is None or count.window != window:
                if len(self._counts) >= MAX_CLIENTS:
                    self._counts.clear()
                count = self._counts[client] = _Count(window)
            count.untold += 1
            due = count.untold >= max(1, limit // 50) or now - count.told_at > SYNC_SECONDS
            telling = count.untold if due else 0
            if due:
                count.untold, count.told_at = 0, now
        if telling:
            self._tell(client, count, telling, seconds)
        return count.shared + count.untold, int((window + 1) * seconds - now) + 1

    def _tell(self, client: str, count: _Count, number: int, seconds: int) -> None:
        """Add our requests to everybody's and learn theirs; without a cache each process keeps its own."""
        key = f"api-rate:{client}:{count.window}"
        try:
            if not cache.add(key, number, seconds * 2):
                count.shared = max(cache.incr(key, number), count.shared + number)
                return
        except Exception:
            logger.exception("The shared count of requests cannot be reached")
        count.shared += number


counter = Counter()


def take(request: HttpRequest) -> Allowance | None:
    """Count the request. Raises the problem 429 when it is one too many; None: no limit."""
    token: Any = getattr(request, "auth", None)
    limit = settings.API_RATE_TOKEN if token else settings.API_RATE_ANONYMOUS
    if not limit:
        return None
    seconds = settings.API_RATE_WINDOW
    client = f"token-{token.pk}" if token else f"ip-{client_address(request)}"
    used, reset = counter.add(client, limit, seconds)
    allowance = Allowance(limit, seconds, max(0, limit - used), reset)
    if used > limit:
        headers = {"Retry-After": str(reset)}
        allowance.write(headers)
        detail = _("At most %(limit)d requests in %(seconds)d seconds. Try again in %(reset)d seconds.") % {
            "limit": limit,
            "seconds": seconds,
            "reset": reset,
        }
        raise ApiProblem(429, "too-many-requests", detail, headers=headers)
    return allowance


def client_address(request: HttpRequest) -> str:
    """Return the client's address: behind TRUSTED_PROXIES proxies, that many from the right in the header."""
    address = request.META.get("REMOTE_ADDR", "")
    proxies: int = settings.TRUSTED_PROXIES
    forwarded = [
        part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()
    ]
    if proxies and len(forwarded) >= proxies:
        address = forwarded[-proxies]
    return "".join(c for c in address[:60] if c.isalnum() or c in ".:") or "unknown"
