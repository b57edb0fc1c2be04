"""From the outbox to deliveries: each event becomes one delivery for each receiver that wants it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from cms.outbox.models import Bookmark, Event
from cms.webhooks.models import Webhook, WebhookDelivery

BOOKMARK = "webhooks"
BATCH = 200


def fan_out() -> int:
    """Make the deliveries of the next events and return how many events were read.

    The bookmark moves in the same transaction and its row is locked: no event is read twice or left out,
    whatever is killed and however many workers run.
    """
    position = Bookmark.objects.filter(name=BOOKMARK).values_list("position", flat=True).first() or 0
    if not Event.objects.filter(pk__gt=position).exists():
        return 0
    Bookmark.objects.get_or_create(name=BOOKMARK)
    with transaction.atomic():
        mark = Bookmark.objects.select_for_update().get(name=BOOKMARK)
        events = list(Event.objects.filter(pk__gt=mark.position).order_by("pk")[:BATCH])
        if not events:
            return 0
        now, receivers = timezone.now(), list(Webhook.objects.listening())
        WebhookDelivery.objects.bulk_create(
            WebhookDelivery(
                webhook=receiver,
                event=event,
                kind=event.kind,
                object_type=event.object_type,
                object_id=event.object_id,
                next_attempt_at=now,
            )
            for event in events
            for receiver in receivers
            if receiver.wants(event)
        )
        mark.position = events[-1].pk
        mark.save(update_fields=["position", "updated_at"])
    return len(events)
