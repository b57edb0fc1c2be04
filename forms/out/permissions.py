"""Who may have submissions as a file, and see their statistics."""

from __future__ import annotations

from typing import Any

from cms.service import Role, school_ids_of, user_is_bureau, user_is_bureau_admin


def user_can_export(user: Any) -> bool:
    """The bureau all submissions; heads and editors those of their school (the query says which)."""
    return user_is_bureau(user) or bool(school_ids_of(user, Role.SCHOOL_HEAD, Role.SCHOOL_EDITOR))


def user_can_export_sensitive(user: Any) -> bool:
    """Sensitive answers leave the house with the bureau's administrator alone, for a reason that is logged."""
    return user_is_bureau_admin(user)
