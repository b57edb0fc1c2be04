"""Roles: given, changed, taken away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.people.actions.accounts import close_account
from cms.people.actions.addresses import drop_foreign_address
from cms.people.groups import sync_groups
from cms.people.models import BUREAU_ROLES, SCHOOL_ROLES, Membership, Role, User
from cms.people.permissions import (
    forget_memberships,
    user_can_grant_role,
    user_can_manage_account,
    user_can_manage_membership,
    user_is_bureau_admin,
)
from cms.people.protection import refuse_losing_the_last
from cms.schools.models import School


def check_place(role: str, school: School | None) -> None:
    """Raise ValidationError unless the role exists and fits the place: the bureau, or an open school."""
    if role not in Role.values:
        raise ValidationError({"role": _("There is no such role.")})
    if role in BUREAU_ROLES and school is not None:
        raise ValidationError({"role": _("This is a role at the bureau: leave the school empty.")})
    if role in SCHOOL_ROLES and school is None:
        raise ValidationError({"school": _("Choose the school.")})
    if school is not None and not School.objects.open().filter(pk=school.pk).exists():
        raise ValidationError({"school": _("This school is closed.")})


def facts_of(member: Membership) -> dict[str, Any]:
    """Return what the log keeps of a role."""
    return {"role": member.role, "school": member.school.code if member.school else ""}


def give_role(person: User, role: str, school: School | None, user: Any) -> Membership:
    """Write the membership and what follows from it. Actions check the right before they call this."""
    member, made = Membership.objects.get_or_create(user=person, role=role, school=school)
    if not made:
        raise ValidationError({"role": _("The person has this role already.")})
    sync_groups(person)
    drop_foreign_address(person, user)
    log(instance=person, action="cms.person.add_role", user=user, data=facts_of(member))
    return member


@dataclass
class AddMembership:
    """Give an existing account a role (任职). Raises PermissionDenied, or ValidationError by role, school.

    Somebody else's account is given a role by the bureau alone: a head who could take any account into her
    school could then set its password.
    """

    person: User
    role: str
    school: School | None = None
    user: Any = None

    def check(self) -> None:
        check_place(self.role, self.school)
        if self.user is None:
            return
        if not user_can_grant_role(self.user, self.role, self.school):
            raise PermissionDenied
        if self.person.is_superuser and not self.user.is_superuser:
            raise PermissionDenied
        if not user_is_bureau_admin(self.user) and not user_can_manage_account(self.user, self.person):
            raise PermissionDenied

    @transaction.atomic
    def execute(self) -> Membership:
        self.check()
        return give_role(self.person, self.role, self.school, self.user)


@dataclass
class ChangeRole:
    """Change a role into another one at the same place (调整角色); the person's sessions end.

    Raises PermissionDenied; ValidationError for one's own role, the last head, a role that does not fit.
    """

    member: Membership
    role: str
    user: Any = None

    @transaction.atomic
    def execute(self) -> Membership:
        member = _locked(self.member)
        check_place(self.role, member.school)
        _require_other_manageable(self.user, member)
        if self.user is not None and not user_can_grant_role(self.user, self.role, member.school):
            raise PermissionDenied
        if member.role == self.role:
            return member
        if Membership.objects.filter(user=member.user, school=member.school, role=self.role).exists():
            raise ValidationError({"role": _("The person has this role already.")})
        refuse_losing_the_last(member, self.user)
        before, member.role = member.role, self.role
        member.save(update_fields=["role"])
        sync_groups(member.user)
        drop_foreign_address(member.user, self.user)
        member.user.end_sessions()
        facts = {**facts_of(member), "before": before}
        log(instance=member.user, action="cms.person.change_role", user=self.user, data=facts)
        return member


@dataclass
class RemoveMembership:
    """Take a role away at once (免去任职): groups and sessions go; an account without any role is closed.

    Raises PermissionDenied; ValidationError for one's own role and for the last head or administrator.
    """

    member: Membership
    user: Any = None

    @transaction.atomic
    def execute(self) -> User:
        member = _locked(self.member)
        _require_other_manageable(self.user, member)
        refuse_losing_the_last(member, self.user)
        person, facts = member.user, facts_of(member)
        member.delete()
        sync_groups(person)
        drop_foreign_address(person, self.user)
        forget_memberships(person)
        person.end_sessions()
        if not person.is_superuser and not Membership.objects.filter(user=person).exists():
            close_account(person)
        log(instance=person, action="cms.person.remove_role", user=self.user, data=facts)
        return person


def _locked(member: Membership) -> Membership:
    """Return the role as it is now, locked, with its person and school.

    All roles of the place are locked together: two heads who remove each other at once would else both pass.
    """
    place = list(
        Membership.objects.select_for_update(of=("self",))
        .filter(school=member.school)
        .select_related("user", "school")
        .order_by("pk")
    )
    found = next((m for m in place if m.pk == member.pk), None)
    if found is None:
        raise ValidationError(_("This role has been removed already."))
    return found


def _require_other_manageable(user: Any, member: Membership) -> None:
    """Raise unless the user may change the role, and it is not her own."""
    if user is None:
        return
    if not user_can_manage_membership(user, member):
        raise PermissionDenied
    if user.pk == member.user_id and not user.is_superuser:
        raise ValidationError(_("You cannot change your own role."))
