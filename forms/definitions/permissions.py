"""Who may design forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cms.service import Role, School, school_ids_of, user_can_edit_bureau_content

if TYPE_CHECKING:
    from forms.definitions.models import Form


def user_can_design_forms(user: Any, school: School | None) -> bool:
    """The bureau's editors design every form; heads and editors of a school forms of their own school."""
    if user_can_edit_bureau_content(user):
        return True
    return school is not None and school.pk in school_ids_of(user, Role.SCHOOL_HEAD, Role.SCHOOL_EDITOR)


def user_can_design_form(user: Any, form: Form) -> bool:
    """Say whether the user may change, publish and close this form."""
    return user_can_design_forms(user, form.school)


def user_can_delete_form(user: Any, form: Form) -> bool:
    """A form can be deleted by its designers until it is published; afterwards it is closed."""
    return user_can_design_form(user, form) and form.live_id is None
