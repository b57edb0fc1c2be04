"""Who may enter a route at all. What she may reach there, `objects.py` and Wagtail's rights say."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from cms.people.models import WRITING_ROLES
from cms.people.permissions import (
    school_ids_of,
    user_can_edit_bureau_content,
    user_is_bureau,
    user_is_bureau_admin,
)


class Audience(IntEnum):
    """From everybody to the operator; each includes those after it."""

    ANYONE = 0
    STAFF = 1  #: whoever may log in to the admin
    WRITERS = 2  #: school heads and editors, and the bureau
    BUREAU = 3  #: the bureau in any role
    EDITORS = 4  #: the bureau's editors and administrators
    ADMINS = 5  #: the bureau's administrators
    OPERATORS = 6  #: superusers


def user_belongs_to(user: Any, audience: Audience) -> bool:
    """Say whether the user is among the audience."""
    if audience is Audience.ANYONE:
        return True
    if not user.is_authenticated or not user.is_active:
        return False
    if user.is_superuser:
        return True
    if audience is Audience.STAFF:
        return user.has_perm("wagtailadmin.access_admin")
    if audience is Audience.WRITERS:
        return user_is_bureau(user) or bool(school_ids_of(user, *WRITING_ROLES))
    tests = {
        Audience.BUREAU: user_is_bureau,
        Audience.EDITORS: user_can_edit_bureau_content,
        Audience.ADMINS: user_is_bureau_admin,
    }
    return audience in tests and tests[audience](user)
