"""Who sees and changes forms in the admin."""

from __future__ import annotations

from typing import Any

from wagtail_modeladmin.helpers import PermissionHelper

from cms.service import Role, school_ids_of, user_can_edit_bureau_content, user_is_bureau
from forms.definitions.permissions import user_can_delete_form, user_can_design_form, user_can_design_forms


def user_can_see_forms(user: Any) -> bool:
    """Whoever works in the admin: the bureau, heads and editors of schools."""
    return user_is_bureau(user) or bool(school_ids_of(user, Role.SCHOOL_HEAD, Role.SCHOOL_EDITOR))


def user_can_make_forms(user: Any) -> bool:
    """The bureau's editors make forms for all; heads and editors of schools for their own."""
    return user_can_edit_bureau_content(user) or bool(
        school_ids_of(user, Role.SCHOOL_HEAD, Role.SCHOOL_EDITOR)
    )


class FormPermissionHelper(PermissionHelper):
    """Rights over forms, form by form."""

    def user_has_any_permissions(self, user: Any) -> bool:
        return user_can_see_forms(user)

    def user_can_list(self, user: Any) -> bool:
        return user_can_see_forms(user)

    def user_can_create(self, user: Any) -> bool:
        return user_can_make_forms(user)

    def user_can_inspect_obj(self, user: Any, obj: Any) -> bool:
        return False

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        return user_can_design_form(user, obj)

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        return user_can_delete_form(user, obj)


class LibraryPermissionHelper(FormPermissionHelper):
    """Rights over the question library: it is filled from the builder, and emptied here."""

    def user_can_create(self, user: Any) -> bool:
        return False

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        return False

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        return user_can_design_forms(user, obj.school)
