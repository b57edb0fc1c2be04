"""Who may fill in which form, and who may continue which draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cms.service import Role, School, school_ids_of, user_is_bureau
from forms.definitions.models import Audience, FormState
from forms.definitions.permissions import user_can_design_form

if TYPE_CHECKING:
    from forms.definitions.models import Form
    from forms.filling.models import Draft


def user_can_fill(user: Any, form: Form) -> bool:
    """A form that is open is filled in by its audience; a school's own form by the people of that school."""
    if form.state != FormState.OPEN or form.live_id is None:
        return False
    return form.audience == Audience.PUBLIC or user_belongs_to_audience(user, form)


def user_belongs_to_audience(user: Any, form: Form) -> bool:
    """Say whether the person has a role that the form is meant for; the bureau's people may fill in every form."""
    if user is None or not user.is_authenticated or not user.is_active:
        return False
    if user_is_bureau(user):
        return form.school_id is None
    roles = (Role.SCHOOL_HEAD, Role.SCHOOL_EDITOR) if form.audience == Audience.STAFF else ()
    schools = school_ids_of(user, *roles)
    return bool(schools) if form.school_id is None else form.school_id in schools


def user_can_try(user: Any, form: Form) -> bool:
    """Who designs a form may fill it in as a test, whether it is open or not."""
    return user_can_design_form(user, form)


def user_can_fill_for(user: Any, school: School | None) -> bool:
    """Nobody fills in a form in another school's name; the bureau's people fill in for the bureau."""
    if user is None or not user.is_authenticated:
        return school is None
    return school is None or user_is_bureau(user) or school.pk in school_ids_of(user)


def user_can_continue(user: Any, draft: Draft, *, holds_link: bool = False) -> bool:
    """A draft is its owner's alone; one without an owner belongs to whoever holds its signed link."""
    if draft.owner_id is None:
        return holds_link
    return user is not None and user.is_authenticated and user.is_active and user.pk == draft.owner_id
