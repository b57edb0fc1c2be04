"""One-time links: a person is invited or given a new password, and sets it herself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.people.actions.accounts import make_account
from cms.people.actions.addresses import link_goes_by_mail
from cms.people.actions.memberships import check_place, give_role
from cms.people.models import LINK_LIFETIME, AccountLink, LinkPurpose, User
from cms.people.permissions import user_can_grant_role
from cms.people.protection import require_manageable
from cms.schools.models import School


def link_address(link: AccountLink) -> str:
    """Return the absolute address that opens the link."""
    return settings.SITE_URL + reverse("cms_account_link", args=[link.token])


@dataclass
class IssueLink:
    """Make a one-time link for a person (发放链接); earlier ones end. `mail`: to her address, if she has one.

    An account that never had a password is invited; another one gets a new password.
    Raises PermissionDenied; ValidationError when the account is deactivated.
    """

    person: User
    user: Any = None
    mail: bool = True

    @transaction.atomic
    def execute(self) -> AccountLink:
        require_manageable(self.user, self.person)
        if not self.person.is_active:
            raise ValidationError(_("The account is deactivated. Reactivate it first."))
        purpose = LinkPurpose.RESET if self.person.has_usable_password() else LinkPurpose.INVITATION
        AccountLink.objects.filter(user=self.person).usable().delete()
        link = AccountLink.objects.create(
            user=self.person,
            purpose=purpose,
            made_by=self.user,
            expires_at=timezone.now() + LINK_LIFETIME[purpose],
        )
        facts = {"purpose": str(purpose)}
        log(instance=self.person, action="cms.person.issue_link", user=self.user, data=facts)
        if self.mail and link_goes_by_mail(self.person):
            transaction.on_commit(lambda: mail_link(link))
        return link


def mail_link(link: AccountLink) -> None:
    """Send the link to the person's address.

    A mail server that is away must not undo the invitation: the desk can make the link anew.
    """
    context = {"link": link, "address": link_address(link), "person": link.user}
    subject = render_to_string("cms/people/link_subject.txt", context)
    send_mail(
        " ".join(subject.split()),
        render_to_string("cms/people/link_mail.txt", context),
        None,
        [link.user.email],
        fail_silently=True,
    )


@dataclass
class InvitePerson:
    """Make an account with one role and the link to open it (邀请人员). Heads do this for their own school.

    Returns the link; `link.user` is the new person. Raises PermissionDenied, or ValidationError keyed by
    name, phone, email, role, school.
    """

    name: str
    role: str
    school: School | None = None
    phone: str = ""
    email: str = ""
    user: Any = None

    def check(self) -> None:
        check_place(self.role, self.school)
        if self.user is not None and not user_can_grant_role(self.user, self.role, self.school):
            raise PermissionDenied

    @transaction.atomic
    def execute(self) -> AccountLink:
        self.check()
        person = make_account(self.name, phone=self.phone, email=self.email, user=self.user)
        log(instance=person, action="wagtail.create", user=self.user)
        give_role(person, self.role, self.school, self.user)
        return IssueLink(person, user=self.user).execute()


@dataclass
class SetPasswordByLink:
    """Set the password of whoever holds a usable link (设置密码), once; her other sessions end.

    Raises ValidationError: without key for a link that opens nothing, by `password` for a weak one.
    """

    token: str
    password: str

    @transaction.atomic
    def execute(self) -> User:
        found = AccountLink.by_token(self.token)
        link = found and AccountLink.objects.select_for_update().usable().filter(pk=found.pk).first()
        if not link:
            raise ValidationError(_("This link has expired or has been used. Ask for a new one."))
        person = link.user
        try:
            validate_password(self.password, person)
        except ValidationError as error:
            raise ValidationError({"password": error.messages}) from error
        person.set_password(self.password)
        person.save(update_fields=["password"])
        person.end_sessions()
        link.used_at = timezone.now()
        link.save(update_fields=["used_at"])
        log(instance=person, action="cms.person.set_password", user=person)
        return person
