"""Who hands in a public form without an account: what is known of the browser, and what it brings as a proof."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core import signing

from cms.service import client_address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

COOKIE = "visitor"
AGE = 400 * 24 * 60 * 60  # the most that browsers keep a cookie for
#: The field that no person sees. Its name is one that programs like to fill in.
TRAP = "website"


@dataclass(frozen=True)
class Visitor:
    """Somebody without an account. `browser` is a random name kept in a signed cookie, `address` the network's."""

    browser: str
    address: str = ""
    challenge: str = ""
    solution: str = ""
    answer: str = ""
    trapped: bool = False

    @classmethod
    def of(cls, request: HttpRequest, brought: Mapping[str, str] | None = None) -> Visitor:
        """Return who sends the request; `brought` holds challenge, solution or answer, and perhaps the trap."""
        brought = brought or {}
        return cls(
            browser=browser_of(request) or secrets.token_hex(16),
            address=client_address(request),
            challenge=brought.get("challenge", "")[:500],
            solution=brought.get("solution", "")[:40],
            answer=brought.get("answer", "")[:40],
            trapped=bool(brought.get(TRAP, "").strip()),
        )

    def remember(self, request: HttpRequest, response: HttpResponse) -> None:
        """Let the browser keep its name."""
        response.set_cookie(
            COOKIE,
            signing.dumps(self.browser, salt=COOKIE),
            max_age=AGE,
            httponly=True,
            secure=request.is_secure(),
            samesite="Lax",
        )


def browser_of(request: HttpRequest) -> str:
    """Return the browser's name; empty when it has none of ours."""
    try:
        name = signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=AGE)
    except signing.BadSignature:
        return ""
    return name if isinstance(name, str) else ""
