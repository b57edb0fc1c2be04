"""Schools are closed, merged into another one, and opened again. Their pages stay online all the while."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import GroupCollectionPermission

from cms.people.groups import sync_groups
from cms.people.models import Membership, Role, User
from cms.people.permissions import user_can_manage_schools
from cms.schools.models import School, SchoolStatus


def _locked(school: School, user: Any) -> School:
    """Return the school, locked. Raises PermissionDenied without the right to manage schools."""
    if user is not None and not user_can_manage_schools(user):
        raise PermissionDenied
    return School.objects.select_for_update().get(pk=school.pk)


def _sync_people(*schools: School) -> None:
    """Bring groups and sessions of everybody in the schools up to the schools' state."""
    for person in User.objects.filter(memberships__school__in=schools).distinct():
        sync_groups(person)


def _shut(school: School, status: str, day: date | None, note: str) -> None:
    if not school.is_open:
        raise ValidationError(_("This school is not open."))
    school.status = status
    school.closed_on = day or timezone.localdate()
    school.closing_note = note
    school.full_clean()
    school.save()


@dataclass
class CloseSchool:
    """Close a school (撤销学校): its pages stay online and say so, its people lose their rights in it.

    Roles stay on record, so that `ReopenSchool` undoes it. Raises PermissionDenied, ValidationError.
    """

    school: School
    note: str = ""
    day: date | None = None
    user: Any = None

    @transaction.atomic
    def execute(self) -> School:
        school = _locked(self.school, self.user)
        _shut(school, SchoolStatus.CLOSED, self.day, self.note)
        _sync_people(school)
        log(instance=school, action="cms.school.close", user=self.user, data={"note": self.note})
        return school


@dataclass
class MergeSchools:
    """Merge a school into another one (合并学校): pages stay online and point to the successor.

    Its people get roles in the successor (a head becomes an editor: the successor has its own head), and the
    successor's people may use its pictures. Raises PermissionDenied; ValidationError keyed by `successor`.
    """

    school: School
    successor: School
    note: str = ""
    day: date | None = None
    user: Any = None

    @transaction.atomic
    def execute(self) -> School:
        school = _locked(self.school, self.user)
        successor = School.objects.select_for_update().get(pk=self.successor.pk)
        if successor.pk == school.pk:
            raise ValidationError({"successor": _("A school cannot be merged into itself.")})
        if not successor.is_open:
            raise ValidationError({"successor": _("The successor must be an open school.")})
        school.merged_into = successor
        _shut(school, SchoolStatus.MERGED, self.day, self.note)
        moved = _move_people(school, successor)
        _share_media(school, successor)
        _sync_people(school, successor)
        facts = {"successor": successor.code, "people": moved, "note": self.note}
        log(instance=school, action="cms.school.merge", user=self.user, data=facts)
        return school


def _move_people(school: School, successor: School) -> int:
    """Give the school's people roles in the successor; return how many roles were new."""
    moved = 0
    for member in Membership.objects.filter(school=school):
        role = Role.SCHOOL_EDITOR if member.role == Role.SCHOOL_HEAD else member.role
        _new, made = Membership.objects.get_or_create(
            user_id=member.user_id, school=successor, role=role, defaults={"moved_from": school}
        )
        moved += made
    return moved


def _media_rights(school: School, successor: School) -> dict[str, Any]:
    """Return the filter for the rights over the school's media that merging gives the successor's groups."""
    codes = ["choose_siteimage", "choose_sitedocument"]
    return {
        "collection": school.media.collection,
        "group__in": [tie.group_id for tie in successor.groups.all()],
        "permission__in": Permission.objects.filter(content_type__app_label="cms", codename__in=codes),
    }


def _share_media(school: School, successor: School) -> None:
    rights = _media_rights(school, successor)
    for permission in rights["permission__in"]:
        for group_id in rights["group__in"]:
            GroupCollectionPermission.objects.get_or_create(
                group_id=group_id, collection=rights["collection"], permission=permission
            )


@dataclass
class ReopenSchool:
    """Open a closed or merged school again (恢复办学): its people's rights come back, the moved roles go.

    Raises PermissionDenied, ValidationError when it is open.
    """

    school: School
    user: Any = None

    @transaction.atomic
    def execute(self) -> School:
        school = _locked(self.school, self.user)
        if school.is_open:
            raise ValidationError(_("This school is open."))
        people = set(User.objects.filter(memberships__moved_from=school))
        Membership.objects.filter(moved_from=school).delete()
        if school.merged_into is not None:
            GroupCollectionPermission.objects.filter(**_media_rights(school, school.merged_into)).delete()
        before, school.status = school.status, SchoolStatus.OPEN
        school.merged_into, school.closed_on, school.closing_note = None, None, ""
        school.save()
        _sync_people(school)
        for person in people:
            sync_groups(person)
        log(instance=school, action="cms.school.reopen", user=self.user, data={"before": before})
        return school
