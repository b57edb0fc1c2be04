"""Sending deliveries: claim a few rows, send without a transaction, write down how it went.

An attempt is counted and committed before it is sent. A worker that is killed while sending leaves the row
leased; when the lease is over the delivery is sent again as the next attempt, under the same webhook-id. So a
message arrives at least once, and no attempt is made twice.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.webhooks.messages import body_of, headers_of
from cms.webhooks.models import OPEN_STATES, DeliveryQuerySet, DeliveryState, Webhook, WebhookDelivery
from cms.webhooks.notices import tell_stopped
from cms.webhooks.schedule import PATIENCE, PATIENCE_FAILURES, delay_after, rest_after
from cms.webhooks.secrets import SealBrokenError
from cms.webhooks.transport import Answer, post

BATCH = 8
#: Far longer than `transport.TOTAL_SECONDS`: whoever holds a row past it is dead.
LEASE = timedelta(seconds=90)
GONE = 410
Message = tuple[str, bytes, dict[str, str]]


def due() -> DeliveryQuerySet:
    """Return what may be sent now: each thing's deliveries in order, receivers that failed left to rest."""
    now = timezone.now()
    earlier = WebhookDelivery.objects.filter(
        webhook=OuterRef("webhook"),
        object_type=OuterRef("object_type"),
        object_id=OuterRef("object_id"),
        state__in=OPEN_STATES,
        pk__lt=OuterRef("pk"),
    )
    ready = Q(state=DeliveryState.WAITING, next_attempt_at__lte=now)
    orphaned = Q(state=DeliveryState.SENDING, leased_until__lt=now)
    rested = Q(webhook__retry_at=None) | Q(webhook__retry_at__lte=now)
    return WebhookDelivery.objects.filter(ready | orphaned, rested, ~Exists(earlier), webhook__active=True)


def deliver_batch(send: Callable[[str, bytes, dict[str, str]], Answer] = post) -> int:
    """Send up to BATCH due deliveries at once, and return how many were tried."""
    if not due().exists():  # reads only: an idle worker never asks for the write lock
        return 0
    claimed = claim()
    if not claimed:
        return 0
    with ThreadPoolExecutor(max_workers=len(claimed)) as pool:
        running = [(delivery, pool.submit(_attempt, _message(delivery), send)) for delivery in claimed]
        for delivery, future in running:
            finish(delivery, future.result())
    return len(claimed)


@transaction.atomic
def claim() -> list[WebhookDelivery]:
    """Lease due rows to this worker, count the attempt, and return them. Locked rows are another worker's."""
    rows = due().select_for_update(skip_locked=True, of=("self",)).order_by("next_attempt_at", "pk")
    claimed, trying = [], set()
    for delivery in rows.select_related("webhook", "event")[:BATCH]:
        if delivery.webhook.failures and delivery.webhook_id in trying:
            continue  # one message is enough to see whether a failing receiver is back
        trying.add(delivery.webhook_id)
        delivery.state, delivery.attempts = DeliveryState.SENDING, delivery.attempts + 1
        delivery.last_attempt_at = timezone.now()
        delivery.leased_until = timezone.now() + LEASE
        claimed.append(delivery)
    WebhookDelivery.objects.bulk_update(claimed, ["state", "attempts", "last_attempt_at", "leased_until"])
    return claimed


def _message(delivery: WebhookDelivery) -> Message | None:
    """Return what to send, made in the thread that owns the database; None when the secret is lost."""
    body = body_of(delivery)
    try:
        return delivery.webhook.url, body, headers_of(delivery, body)
    except SealBrokenError:
        return None


def _attempt(message: Message | None, send: Callable[[str, bytes, dict[str, str]], Answer]) -> Answer:
    if message is None:
        return Answer(error=_("The secret cannot be opened. Make a new one."))
    return send(*message)


@transaction.atomic
def finish(delivery: WebhookDelivery, answer: Answer) -> None:
    """Write down how the attempt went, unless the lease was lost and another attempt has begun."""
    held = WebhookDelivery.objects.filter(
        pk=delivery.pk, state=DeliveryState.SENDING, attempts=delivery.attempts
    )
    retries = 0 if answer.ok else delivery.retries + 1
    wait = None if answer.ok else delay_after(retries, answer.retry_after)
    failed = DeliveryState.WAITING if wait else DeliveryState.GIVEN_UP
    written = held.update(
        state=DeliveryState.DELIVERED if answer.ok else failed,
        retries=retries,
        status_code=answer.status,
        error=answer.error[:300],
        duration_ms=answer.duration_ms,
        next_attempt_at=timezone.now() + wait if wait else None,
        leased_until=None,
    )
    if written:
        _note_health(delivery.webhook, answer)


def _note_health(webhook: Webhook, answer: Answer) -> None:
    """Keep count of failures in a row; switch a receiver off that is gone or has failed for days."""
    row = Webhook.objects.filter(pk=webhook.pk)
    if answer.ok:
        row.exclude(failures=0, failing_since=None).update(failures=0, failing_since=None, retry_at=None)
        return
    now = timezone.now()
    row.update(
        failures=F("failures") + 1,
        failing_since=Coalesce(F("failing_since"), now),
        retry_at=now + rest_after(webhook.failures + 1),
    )
    if answer.status == GONE:
        _stop(webhook, _("The receiver answered that it is gone for good (410)."))
    elif row.filter(failing_since__lt=now - PATIENCE, failures__gte=PATIENCE_FAILURES).exists():
        _stop(webhook, _("The receiver has failed for five days."))


def _stop(webhook: Webhook, reason: str) -> None:
    stopped = Webhook.objects.filter(pk=webhook.pk, active=True).update(active=False, stopped_because=reason)
    if stopped:
        webhook.refresh_from_db()
        tell_stopped(webhook)
