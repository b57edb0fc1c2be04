"""A school's record is edited; its page and collection follow its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from cms.people.permissions import user_can_edit_school_contact, user_can_manage_schools
from cms.schools.models import School

#: What a school's head may change in her own school.
CONTACT_FIELDS = frozenset({"address", "phone"})
#: What the bureau may change; the code is the school's address on the site and stays.
EDITABLE_FIELDS = CONTACT_FIELDS | {"name", "stage", "township", "boarding"}


def fields_user_may_edit(user: Any, school: School) -> frozenset[str]:
    """Return the names of the fields of the school that the user may change; none for a stranger."""
    if user is None or user_can_manage_schools(user):
        return EDITABLE_FIELDS
    return CONTACT_FIELDS if user_can_edit_school_contact(user, school) else frozenset()


@dataclass
class EditSchool:
    """Change a school's record (修改学校). `changes` is field -> value.

    Raises PermissionDenied when one changed field is not the user's to change, ValidationError on bad values.
    """

    school: School
    changes: dict[str, Any]
    user: Any = None

    @transaction.atomic
    def execute(self) -> School:
        school = School.objects.select_for_update().get(pk=self.school.pk)
        allowed = fields_user_may_edit(self.user, school)
        if not allowed:
            raise PermissionDenied
        changed = sorted(name for name, value in self.changes.items() if getattr(school, name) != value)
        if set(changed) - allowed:
            raise PermissionDenied
        if not changed:
            return school
        before = school.name
        for name in changed:
            setattr(school, name, self.changes[name])
        school.full_clean()
        school.save()
        if school.name != before:
            rename_collection(school, before)
        log(instance=school, action="wagtail.edit", user=self.user, data={"fields": changed})
        return school


def rename_collection(school: School, before: str) -> None:
    """Give the collection the school's new name where it carried the old one. The page follows by itself."""
    collection = school.media.collection
    if collection.name == before:
        collection.name = school.name
        collection.save(update_fields=["name"])
