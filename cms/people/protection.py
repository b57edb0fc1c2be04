"""What must never happen to people: rights taken without right, a place left without its last keeper."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from cms.people.models import Membership, Role, User
from cms.people.permissions import user_can_manage_account, user_is_bureau_admin


def require_manageable(user: Any, person: User) -> None:
    """Raise PermissionDenied unless the user (None: the operator) may manage the person's account."""
    if user is not None and not user_can_manage_account(user, person):
        raise PermissionDenied


def refuse_losing_the_last(member: Membership, user: Any) -> None:
    """Raise ValidationError when this role must not end: it is the last of its kind.

    A school keeps one active head unless the bureau, which can name another, ends it; the bureau keeps one
    active administrator always. The operator at the shell (`user=None`) may do both.
    """
    if user is None or member.role not in (Role.SCHOOL_HEAD, Role.BUREAU_ADMIN):
        return
    others = Membership.objects.filter(role=member.role, school=member.school, user__is_active=True)
    if others.exclude(pk=member.pk).exists() or user.is_superuser:
        return
    if member.role == Role.BUREAU_ADMIN:
        raise ValidationError(_("This is the last bureau administrator. Name another one first."))
    if not user_is_bureau_admin(user):
        raise ValidationError(_("This is the last head of the school. Name another one first."))
