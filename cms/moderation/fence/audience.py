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
    PERSON = 1  #: whoever is logged in
    STAFF = 2  #: whoever may enter the admin
    WRITERS = 3  #: school heads and editors, and the bureau
    BUREAU = 4  #: the bureau in any role
    EDITORS = 5  #: the bureau's editors and administrators
    ADMINS = 6  #: the bureau's administrators
    OPERATORS = 7  #: superusers


def user_belongs_to(user: Any, audience: Audience) -> bool:
    """Say whether the user is among the audience."""
    if audience is Audience.ANYONE:
        return True
    if not user.is_authenticated or not user.is_active:
        return False
    if user.is_superuser or audience is Audience.PERSON:
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
