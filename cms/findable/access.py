"""Who finds what: tokens that documents carry and readers hold. A document is found where the two meet."""

from __future__ import annotations

from typing import Any

from cms.people.models import WRITING_ROLES
from cms.people.permissions import school_ids_of, user_is_bureau
from search.service import PUBLIC

BUREAU = "bureau"
#: Everybody who works in any school.
SCHOOLS = "schools"


def school_token(school_id: int) -> str:
    """Return the token of those who write for a school: its heads and editors."""
    return f"school-{school_id}"


def member_token(school_id: int) -> str:
    """Return the token of everybody who works in a school."""
    return f"member-{school_id}"


def person_token(user_id: int) -> str:
    """Return the token of one person, wherever she works."""
    return f"person-{user_id}"


def keeper_token(user_id: int, school_id: int) -> str:
    """Return the token of one person as long as she works in this school."""
    return f"keeper-{user_id}-{school_id}"


def tokens_of_reader(user: Any) -> frozenset[str]:
    """Return the tokens of a person: everybody finds public things, schools their own drafts, the bureau all."""
    if not user.is_authenticated or not user.is_active:
        return frozenset({PUBLIC})
    works_in = school_ids_of(user)
    return frozenset(
        {
            PUBLIC,
            person_token(user.pk),
            *map(school_token, school_ids_of(user, *WRITING_ROLES)),
            *map(member_token, works_in),
            *(keeper_token(user.pk, school_id) for school_id in works_in),
            *({SCHOOLS} if works_in else ()),
            *({BUREAU} if user_is_bureau(user) else ()),
        }
    )


def tokens_of_page(school_id: int | None, *, public: bool) -> frozenset[str]:
    """Return the tokens of those who may find a page."""
    own = {school_token(school_id)} if school_id else set()
    return frozenset({BUREAU, *own, *({PUBLIC} if public else ())})
