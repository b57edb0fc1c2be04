"""Who keeps the search."""

from __future__ import annotations

from typing import Any

from cms.people.permissions import user_is_bureau_admin


def user_can_keep_search(user: Any) -> bool:
    """Only the bureau's administrator: questions and parked rows tell of all schools."""
    return user_is_bureau_admin(user)
