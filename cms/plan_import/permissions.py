"""Who may import plans, and where to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cms.people.models import WRITING_ROLES
from cms.people.permissions import school_ids_of, user_can_edit_bureau_content, user_can_write_for_school

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cms.plan_import.models import ImportBatch
    from cms.schools.models import School


def user_can_import(user: Any) -> bool:
    """The bureau's editors import plans, and whoever writes for a school."""
    return user_can_edit_bureau_content(user) or bool(school_ids_of(user, *WRITING_ROLES))


def user_can_import_for(user: Any, school: School | None) -> bool:
    """Into a school's list: who writes for the school. Into the bureau's (None): the bureau's editors."""
    if school is None:
        return user_can_edit_bureau_content(user)
    return user_can_write_for_school(user, school)


def user_can_change_batch(user: Any, batch: ImportBatch) -> bool:
    """Whoever may import to the place of a batch may confirm and undo it."""
    return user_can_import_for(user, batch.school)


def schools_to_import_for(user: Any) -> QuerySet[School]:
    """Return the schools whose plan lists the user may fill."""
    from cms.schools.models import School

    schools = School.objects.open()
    if user_can_edit_bureau_content(user):
        return schools
    return schools.filter(pk__in=school_ids_of(user, *WRITING_ROLES))
