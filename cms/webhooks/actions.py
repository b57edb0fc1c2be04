"""Keeping receivers. Each action checks the right, writes in one transaction, and logs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.outbox.feed import latest_cursor
from cms.webhooks.models import PING, DeliveryState, Webhook, WebhookDelivery
from cms.webhooks.permissions import user_can_manage_webhooks
from cms.webhooks.secrets import new_secret, seal

#: How long the old secret goes on signing beside the new one.
CHANGEOVER = timedelta(hours=24)


def _check(user: Any) -> None:
    """`user=None` is the operator at the shell."""
    if user is not None and not user_can_manage_webhooks(user):
        raise PermissionDenied


@transaction.atomic
def create_webhook(webhook: Webhook, user: Any = None) -> str:
    """Save a new receiver of events from now on, and return its secret: it can never be read again."""
    _check(user)
    secret = new_secret()
    webhook.sealed_secret = seal(secret)
    webhook.after_event = int(latest_cursor())
    webhook.full_clean()
    webhook.save()
    log(instance=webhook, action="wagtail.create", user=user)
    return secret


@transaction.atomic
def change_webhook(webhook: Webhook, user: Any = None) -> None:
    """Save name, address, events and school of a receiver."""
    _check(user)
    webhook.full_clean()
    webhook.save(update_fields=["name", "url", "kinds", "school"])
    log(instance=webhook, action="wagtail.edit", user=user)


@transaction.atomic
def pause_webhook(webhook: Webhook, user: Any = None) -> None:
    """Stop sending. What is under way waits; changes from now on are not sent later."""
    _check(user)
    Webhook.objects.filter(pk=webhook.pk).update(active=False)
    log(instance=webhook, action="webhooks.pause", user=user)


@transaction.atomic
def resume_webhook(webhook: Webhook, user: Any = None) -> None:
    """Send again, from what waits on."""
    _check(user)
    Webhook.objects.filter(pk=webhook.pk).update(
        active=True, failures=0, failing_since=None, retry_at=None, stopped_because=""
    )
    log(instance=webhook, action="webhooks.resume", user=user)


@transaction.atomic
def rotate_secret(webhook: Webhook, user: Any = None) -> str:
    """Make a new secret and return it; for a day messages carry a signature of the old one too."""
    _check(user)
    row = Webhook.objects.select_for_update().get(pk=webhook.pk)
    secret = new_secret()
    row.sealed_previous, row.sealed_secret = row.sealed_secret, seal(secret)
    row.previous_until = timezone.now() + CHANGEOVER
    row.save(update_fields=["sealed_secret", "sealed_previous", "previous_until"])
    log(instance=row, action="webhooks.rotate", user=user)
    return secret


@transaction.atomic
def send_ping(webhook: Webhook, user: Any = None) -> WebhookDelivery:
    """Queue a test message; raises ValidationError for a receiver that is switched off."""
    _check(user)
    if not webhook.active:
        raise ValidationError(_("The webhook is switched off."))
    delivery = WebhookDelivery.objects.create(webhook=webhook, kind=PING, next_attempt_at=timezone.now())
    Webhook.objects.filter(pk=webhook.pk).update(retry_at=None)
    log(instance=webhook, action="webhooks.ping", user=user)
    return delivery


@transaction.atomic
def send_again(delivery: WebhookDelivery, user: Any = None) -> None:
    """Queue a finished delivery once more, under the same message id, with a fresh round of retries."""
    _check(user)
    finished = (DeliveryState.DELIVERED, DeliveryState.GIVEN_UP)
    queued = WebhookDelivery.objects.filter(pk=delivery.pk, state__in=finished).update(
        state=DeliveryState.WAITING, retries=0, next_attempt_at=timezone.now(), error=""
    )
    if not queued:
        raise ValidationError(_("The message is being sent already."))
    Webhook.objects.filter(pk=delivery.webhook_id).update(retry_at=None)
    log(instance=delivery.webhook, action="webhooks.send_again", user=user, data={"delivery": delivery.pk})


@transaction.atomic
def delete_webhook(webhook: Webhook, user: Any = None) -> None:
    """Delete a receiver and its deliveries."""
    _check(user)
    log(instance=webhook, action="wagtail.delete", user=user, deleted=True)
    webhook.delete()
