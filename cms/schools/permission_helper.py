"""Who sees and edits which school in the admin, school by school."""

from __future__ import annotations

from typing import Any

from wagtail_modeladmin.helpers import PermissionHelper

from cms.people.permissions import (
    user_can_edit_school_contact,
    user_can_manage_schools,
    user_can_see_school_record,
    user_can_see_school_records,
)
from cms.schools.models import School


class SchoolPermissionHelper(PermissionHelper):
    """The bureau administrator all; inspectors read; a head her own school; others none. Nobody deletes."""

    def user_can_list(self, user: Any) -> bool:
        return user_can_see_school_records(user)

    def user_can_create(self, user: Any) -> bool:
        return user_can_manage_schools(user)

    def user_can_inspect_obj(self, user: Any, obj: School) -> bool:
        return user_can_see_school_record(user, obj)

    def user_can_edit_obj(self, user: Any, obj: School) -> bool:
        return user_can_edit_school_contact(user, obj)

    def user_can_delete_obj(self, user: Any, obj: School) -> bool:
        return False
