"""Who may reach which draft through the API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext as _

from cms.service import ApiProblem, Scope, check_csrf, not_found, require_scope
from forms.filling.links import AGE, SALT, holds_link
from forms.filling.models import Draft
from forms.filling.permissions import user_can_continue

KEY_HEADER = "Draft-Key"


def key_of(draft: Draft) -> str | None:
    """Return the key of a draft without an owner: what its signed link holds."""
    return signing.dumps(draft.pk.hex, salt=SALT) if draft.owner_id is None else None


def person(request: HttpRequest, *, anonymous: bool = False) -> Any:
    """Return who fills in: of a token with the right, or of a session that proves itself; None for nobody."""
    if anonymous and getattr(request, "auth", None) is None and not request.user.is_authenticated:
        return None
    user = require_scope(request, Scope.FILL_FORMS)
    if request.method not in {"GET", "HEAD"}:
        check_csrf(request)
    return user


def find_draft(request: HttpRequest, uuid: UUID) -> tuple[Draft, Any]:
    """Return the draft and who acts on it. Raises the problem 404 for a draft of another."""
    draft = Draft.objects.with_form().select_related("school").filter(pk=uuid).first()
    if draft is None:
        raise not_found()
    if draft.owner_id is None:
        if _brings_key(request, draft) or holds_link(request, draft):
            return draft, None
        raise not_found()
    user = person(request)
    if not user_can_continue(user, draft):
        raise not_found()
    return draft, user


def _brings_key(request: HttpRequest, draft: Draft) -> bool:
    key = request.headers.get(KEY_HEADER, "")
    try:
        return bool(signing.loads(key, salt=SALT, max_age=AGE) == draft.pk.hex) if key else False
    except signing.BadSignature:
        return False


def revision_asked(request: HttpRequest) -> int | None:
    """Return the revision of If-Match, None when there is none. Raises the problem 400 for what is no revision."""
    header = request.headers.get("If-Match", "").strip()
    if not header:
        return None
    text = header.removeprefix("W/").strip('"')
    if not text.isdecimal() or len(text) > 9:
        raise ApiProblem(
            400, "bad-precondition", _('If-Match must be the draft\'s revision, for example "3".')
        )
    return int(text)
