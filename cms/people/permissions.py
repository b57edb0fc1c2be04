"""Predicates about people, named as sentences. Everything that asks "may she?" asks here.

A superuser passes every predicate; an inactive or anonymous user none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cms.people.models import BUREAU_ROLES, SCHOOL_ROLES, WRITING_ROLES, Membership, Role

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cms.people.models import User
    from cms.schools.models import School

_CACHE = "_xinqiao_memberships"


def memberships_of(user: Any) -> list[Membership]:
    """Return the user's memberships in force, asked once a request (kept on the user object).

    A closed school's memberships stay on record but give nothing until it opens again.
    """
    if not user.is_authenticated or not user.is_active:
        return []
    if not hasattr(user, _CACHE):
        setattr(user, _CACHE, list(_held_by(user)))
    return getattr(user, _CACHE)


def _held_by(user: Any) -> QuerySet[Membership]:
    return Membership.objects.filter(user=user).in_force().select_related("school").order_by("pk")


def forget_memberships(user: Any) -> None:
    """Drop what `memberships_of` kept, after a change."""
    if hasattr(user, _CACHE):
        delattr(user, _CACHE)


def user_has_role(user: Any, *roles: str) -> bool:
    """Say whether the user holds one of these roles anywhere."""
    return any(m.role in roles for m in memberships_of(user))


def user_is_bureau(user: Any) -> bool:
    """Say whether the user works at the bureau (教育局人员) in any role."""
    return bool(user.is_active and (user.is_superuser or user_has_role(user, *BUREAU_ROLES)))


def user_is_bureau_admin(user: Any) -> bool:
    """Say whether the user administers the bureau's site (教育局管理员)."""
    return bool(user.is_active and (user.is_superuser or user_has_role(user, Role.BUREAU_ADMIN)))


def user_can_edit_bureau_content(user: Any) -> bool:
    """Bureau administrators and editors write and publish the bureau's own pages and approve the schools'."""
    return bool(
        user.is_active and (user.is_superuser or user_has_role(user, Role.BUREAU_ADMIN, Role.BUREAU_EDITOR))
    )


def school_ids_of(user: Any, *roles: str) -> set[int]:
    """Return ids of the schools where the user holds one of `roles` (any role when none is named)."""
    return {m.school_id for m in memberships_of(user) if m.school_id and (not roles or m.role in roles)}


def schools_of(user: Any) -> QuerySet[School]:
    """Return the schools whose inside the user may see: all for the bureau, else her own."""
    from cms.schools.models import School

    if user_is_bureau(user):
        return School.objects.all()
    return School.objects.filter(pk__in=school_ids_of(user))


def user_can_write_for_school(user: Any, school: School) -> bool:
    """School heads and editors write their school's pages; the bureau's editors write everybody's."""
    return user_can_edit_bureau_content(user) or school.pk in school_ids_of(user, *WRITING_ROLES)


def user_can_manage_school_people(user: Any, school: School) -> bool:
    """A school head (校长) keeps the people of her school; the bureau administrator anyone's."""
    return user_is_bureau_admin(user) or school.pk in school_ids_of(user, Role.SCHOOL_HEAD)


def user_can_see_account_desk(user: Any) -> bool:
    """Bureau administrators and school heads keep people; nobody else sees the desk."""
    return user_is_bureau_admin(user) or user_has_role(user, Role.SCHOOL_HEAD)


def user_can_grant_role(user: Any, role: str, school: School | None) -> bool:
    """Say whether the user may give this role there: at the bureau if `school` is None."""
    if school is None:
        return role in BUREAU_ROLES and user_is_bureau_admin(user)
    return role in SCHOOL_ROLES and user_can_manage_school_people(user, school)


def person_holds_more_than_roles(person: User) -> bool:
    """Say whether the account is a superuser's, or holds rights beyond those of its roles.

    Who could set such an account's password would come into those rights.
    """
    return (
        person.is_superuser
        or person.user_permissions.exists()
        or person.groups.exclude(name__startswith="bureau:").filter(school_group__isnull=True).exists()
    )


def user_can_manage_membership(user: Any, membership: Membership) -> bool:
    """Say whether the user may change or end this role. A head: the roles in her own school alone."""
    if user.is_active and user.is_superuser:
        return True
    if membership.user.is_superuser:
        return False
    if membership.school_id is None:
        return user_is_bureau_admin(user)
    return user_is_bureau_admin(user) or membership.school_id in school_ids_of(user, Role.SCHOOL_HEAD)


def user_can_manage_account(user: Any, person: User) -> bool:
    """Say whether the user may edit, deactivate or give a new password to the person's account.

    A head may when every role of the person lies in schools of hers: else the account of a colleague who also
    works elsewhere would open that other school to her.
    """
    if user.is_active and user.is_superuser:
        return True
    if person_holds_more_than_roles(person):
        return False
    if user_is_bureau_admin(user):
        return True
    headed = school_ids_of(user, Role.SCHOOL_HEAD)
    places = set(Membership.objects.filter(user=person).values_list("school_id", flat=True))
    return bool(headed and places and places <= headed)


def address_opens_account(person: User) -> bool:
    """Say whether mail to the person's address may carry what opens her account.

    A school head could enter her own address for a colleague. That gives her nothing while she may set the
    colleague's password anyway; afterwards the address counts no longer.
    """
    return person.email_by is None or user_can_manage_account(person.email_by, person)


def user_can_manage_schools(user: Any) -> bool:
    """Only the bureau administrator creates, closes and merges schools."""
    return user_is_bureau_admin(user)


def user_can_see_school_records(user: Any) -> bool:
    """Bureau administrators, inspectors and school heads see the screens of schools."""
    return user_is_bureau_admin(user) or user_has_role(user, Role.INSPECTOR, Role.SCHOOL_HEAD)


def user_can_see_school_record(user: Any, school: School) -> bool:
    """Say whether the user may look at the school's record: a head at that of her own school alone."""
    if user_is_bureau_admin(user) or user_has_role(user, Role.INSPECTOR):
        return True
    return school.pk in school_ids_of(user, Role.SCHOOL_HEAD)


def school_records_of(user: Any) -> QuerySet[School]:
    """Return the schools whose record the user may see."""
    from cms.schools.models import School

    if user_is_bureau_admin(user) or user_has_role(user, Role.INSPECTOR):
        return School.objects.all()
    return School.objects.filter(pk__in=school_ids_of(user, Role.SCHOOL_HEAD))


def user_can_edit_school_contact(user: Any, school: School) -> bool:
    """A head keeps address and phone of her own school; the bureau administrator everything of all."""
    return user_is_bureau_admin(user) or school.pk in school_ids_of(user, Role.SCHOOL_HEAD)
