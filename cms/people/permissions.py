"""Predicates about people, named as sentences. Everything that asks "may she?" asks here.

A superuser passes every predicate; an inactive or anonymous user none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cms.people.models import BUREAU_ROLES, WRITING_ROLES, Membership, Role

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cms.schools.models import School

_CACHE = "_xinqiao_memberships"


def memberships_of(user: Any) -> list[Membership]:
    """Return the user's memberships, asked once a request (kept on the user object)."""
    if not user.is_authenticated or not user.is_active:
        return []
    if not hasattr(user, _CACHE):
        setattr(user, _CACHE, list(Membership.objects.filter(user=user).select_related("school")))
    return getattr(user, _CACHE)


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


def user_can_manage_schools(user: Any) -> bool:
    """Only the bureau administrator creates, closes and merges schools."""
    return user_is_bureau_admin(user)
