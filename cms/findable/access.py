"""Who finds what: tokens that documents carry and readers hold. A document is found where the two meet."""

from __future__ import annotations

from typing import Any

from cms.people.models import WRITING_ROLES
from cms.people.permissions import school_ids_of, user_is_bureau
from search.service import PUBLIC

BUREAU = "bureau"


def school_token(school_id: int) -> str:
    """Return the token of those who write for a school."""
    return f"school-{school_id}"


def tokens_of_reader(user: Any) -> frozenset[str]:
    """Return the tokens of a person: everybody finds public things, schools their own drafts, the bureau all."""
    if not user.is_authenticated:
        return frozenset({PUBLIC})
    own = {school_token(school_id) for school_id in school_ids_of(user, *WRITING_ROLES)}
    return frozenset({PUBLIC, *own, *({BUREAU} if user_is_bureau(user) else ())})


def tokens_of_page(school_id: int | None, *, public: bool) -> frozenset[str]:
    """Return the tokens of those who may find a page."""
    own = {school_token(school_id)} if school_id else set()
    return frozenset({BUREAU, *own, *({PUBLIC} if public else ())})
