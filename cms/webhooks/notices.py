"""Tells the bureau's administrators when a receiver was switched off."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.people.models import Role, User
from cms.webhooks.models import Webhook


def tell_stopped(webhook: Webhook) -> None:
    """Log the stop, and mail every administrator with an address once the stop is committed."""
    log(instance=webhook, action="webhooks.stop", data={"reason": webhook.stopped_because})
    people = User.objects.filter(is_active=True, memberships__role=Role.BUREAU_ADMIN).exclude(email="")
    addresses = sorted(set(people.values_list("email", flat=True)))
    subject = _("The webhook “%(name)s” was switched off") % {"name": webhook.name}
    text = _("%(reason)s Its messages wait until it is switched on again: %(url)s") % {
        "reason": webhook.stopped_because,
        "url": settings.SITE_URL + reverse("webhooks_modeladmin_inspect", args=[webhook.pk]),
    }
    transaction.on_commit(lambda: _mail(subject, text, addresses))


def _mail(subject: str, text: str, addresses: list[str]) -> None:
    if addresses:
        send_mail(subject, text, None, addresses, fail_silently=True)
