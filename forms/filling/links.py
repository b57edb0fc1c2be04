"""Signed links to drafts without an owner: whoever holds the link continues the draft, on whatever device."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core import signing
from django.urls import reverse

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from forms.filling.models import Draft

SALT = "forms.draft"
COOKIE = "drafts"
DAYS = 60
AGE = DAYS * 24 * 60 * 60
#: The newest drafts that one browser keeps the keys of.
MOST = 20


def link_to(draft: Draft) -> str:
    """Return the address that opens the draft without a log-in."""
    return reverse("forms_fill_link", kwargs={"signed": signing.dumps(draft.pk.hex, salt=SALT)})


def read_link(signed: str) -> UUID | None:
    """Return the draft of a signed link; None when it is not ours or too old."""
    try:
        return UUID(signing.loads(signed, salt=SALT, max_age=AGE))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def held_drafts(request: HttpRequest) -> list[str]:
    """Return the ids of the drafts that this browser has opened by their links."""
    try:
        held = signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=AGE)
    except signing.BadSignature:
        return []
    return [one for one in held if isinstance(one, str)] if isinstance(held, list) else []


def holds_link(request: HttpRequest, draft: Any) -> bool:
    """Say whether this browser has opened the draft by its link."""
    return draft.pk.hex in held_drafts(request)


def hold(request: HttpRequest, response: HttpResponse, draft: UUID) -> None:
    """Let the browser keep the key of the draft."""
    held = [draft.hex, *(one for one in held_drafts(request) if one != draft.hex)][:MOST]
    response.set_cookie(
        COOKIE,
        signing.dumps(held, salt=COOKIE),
        max_age=AGE,
        httponly=True,
        secure=request.is_secure(),
        samesite="Lax",
    )
