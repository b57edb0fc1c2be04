"""Accounts: made, edited, deactivated, reactivated."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.people.actions.addresses import enter_address
from cms.people.models import AccountLink, Membership, Role, User
from cms.people.permissions import user_can_manage_account, user_is_bureau_admin
from cms.people.protection import refuse_losing_the_last, require_manageable
from cms.text import ascii_slug


def free_username(name: str) -> str:
    """Return a free user name from the pinyin of the name: lixiaolan, or lixiaolan2 when that is taken."""
    base = ascii_slug(name, limit=24).replace("-", "") or "user"
    taken = set(User.objects.filter(username__startswith=base).values_list("username", flat=True))
    return next(c for c in (base if n == 1 else f"{base}{n}" for n in count(1)) if c not in taken)


def clean_person(person: User, name: str, phone: str, email: str, user: Any) -> None:
    """Set the fields and check them; raises ValidationError keyed by name, phone, email."""
    if not "".join(name.split()):
        raise ValidationError({"name": _("Enter the name.")})
    person.set_full_name(name)
    person.phone = phone.strip()
    enter_address(person, email, user)
    try:
        person.full_clean(exclude=["password"])
    except ValidationError as error:
        raise ValidationError(
            {
                "name" if field in ("first_name", "last_name") else field: messages
                for field, messages in error.message_dict.items()
            }
        ) from error


def make_account(
    name: str, *, username: str = "", phone: str = "", email: str = "", user: Any = None
) -> User:
    """Save a new account without a usable password. Actions of `user` check the right before they call this."""
    person = User(username=username or free_username(name))
    person.set_unusable_password()
    clean_person(person, name, phone, email, user)
    person.save()
    return person


@dataclass
class CreateUser:
    """Make an account without any role (新建账号). Without `password` it opens by an `IssueLink` alone.

    For the operator and the bureau administrator; a school head uses `InvitePerson`.
    Raises PermissionDenied, or ValidationError keyed by name, username, phone, email, password.
    """

    name: str
    username: str = ""
    phone: str = ""
    email: str = ""
    password: str | None = None
    user: Any = None

    def check(self) -> None:
        if self.user is not None and not user_is_bureau_admin(self.user):
            raise PermissionDenied

    @transaction.atomic
    def execute(self) -> User:
        self.check()
        person = make_account(
            self.name, username=self.username, phone=self.phone, email=self.email, user=self.user
        )
        if self.password is not None:
            try:
                validate_password(self.password, person)
            except ValidationError as error:
                raise ValidationError({"password": error.messages}) from error
            person.set_password(self.password)
            person.save(update_fields=["password"])
        log(instance=person, action="wagtail.create", user=self.user)
        return person


@dataclass
class EditPerson:
    """Change name, phone and e-mail of a person (修改人员). Raises PermissionDenied or ValidationError."""

    person: User
    name: str
    phone: str = ""
    email: str = ""
    user: Any = None

    @transaction.atomic
    def execute(self) -> User:
        person = User.objects.select_for_update().get(pk=self.person.pk)
        require_manageable(self.user, person)
        clean_person(person, self.name, self.phone, self.email, self.user)
        person.save(update_fields=["first_name", "last_name", "phone", "email", "email_by"])
        log(instance=person, action="wagtail.edit", user=self.user)
        return person


@dataclass
class DeactivateUser:
    """Close an account at once (停用账号): sessions and links end, roles stay on record.

    Raises PermissionDenied; ValidationError for one's own account and for the last head or administrator.
    """

    person: User
    user: Any = None

    @transaction.atomic
    def execute(self) -> User:
        person = User.objects.select_for_update().get(pk=self.person.pk)
        require_manageable(self.user, person)
        if self.user is not None and self.user.pk == person.pk:
            raise ValidationError(_("You cannot deactivate your own account."))
        for member in Membership.objects.filter(
            user=person, role__in=(Role.SCHOOL_HEAD, Role.BUREAU_ADMIN)
        ).select_related("school"):
            refuse_losing_the_last(member, self.user)
        close_account(person)
        log(instance=person, action="cms.person.deactivate", user=self.user)
        return person


def close_account(person: User) -> None:
    """Shut every way in: the account, its sessions, its links."""
    person.is_active = False
    person.save(update_fields=["is_active"])
    person.end_sessions()
    AccountLink.objects.filter(user=person).usable().delete()


@dataclass
class ReactivateUser:
    """Open an account again, with the roles it had (恢复账号). Raises PermissionDenied."""

    person: User
    user: Any = None

    @transaction.atomic
    def execute(self) -> User:
        person = User.objects.select_for_update().get(pk=self.person.pk)
        if self.user is not None and not user_can_manage_account(self.user, person):
            raise PermissionDenied
        person.is_active = True
        person.save(update_fields=["is_active"])
        log(instance=person, action="cms.person.reactivate", user=self.user)
        return person
