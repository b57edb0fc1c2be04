"""Whose word an account trusts: an e-mail address or a link lives as long as whoever made it keeps the account."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from wagtail.log_actions import log

from cms.people.models import AccountLink, Membership, User
from cms.people.permissions import address_opens_account, user_is_bureau_admin


def mail_is_set_up() -> bool:
    """Say whether mail reaches anybody: on a new site it is only printed or dropped."""
    return not settings.EMAIL_BACKEND.endswith(("console.EmailBackend", "dummy.EmailBackend"))


def link_goes_by_mail(person: User) -> bool:
    """Say whether a link that opens the account may be mailed; else it is shown to whoever makes it."""
    return bool(person.email and mail_is_set_up() and address_opens_account(person))


def enter_address(person: User, email: str, user: Any) -> None:
    """Set the address and remember the school head who entered it. The person herself and the bureau need no note.

    A head who saves an address that somebody else entered vouches for it from then on.
    """
    email = User.objects.normalize_email(email.strip())
    own_word = user is None or user.pk == person.pk or user_is_bureau_admin(user)
    if email != person.email or person.email_by_id is not None:
        person.email_by = None if own_word or not email else user
    person.email = email


def drop_foreign_address(person: User, user: Any) -> None:
    """After a move, forget the address that the head of the former school entered, and the links mailed to it.

    Nothing happens while the person holds no role: an account without one is closed, and the role may come back.
    """
    if (
        not person.email
        or address_opens_account(person)
        or not Membership.objects.filter(user=person).exists()
    ):
        return
    person.email, person.email_by = "", None
    person.save(update_fields=["email", "email_by"])
    AccountLink.objects.filter(user=person).usable().delete()
    log(instance=person, action="cms.person.drop_email", user=user)
