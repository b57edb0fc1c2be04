"""What is sent: the body of a message, and its signature after Standard Webhooks (standardwebhooks.com)."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from standardwebhooks import Webhook as Signer

from cms.outbox.models import Event
from cms.webhooks.models import Webhook, WebhookDelivery
from cms.webhooks.secrets import unseal


def body_of(delivery: WebhookDelivery) -> bytes:
    """Return the message as JSON; the same bytes for each attempt while the event's facts stand."""
    message = {
        "type": delivery.kind,
        "timestamp": (delivery.event or delivery).created_at.astimezone(UTC).isoformat(timespec="seconds"),
        "data": _data(delivery.event) if delivery.event else {"webhook": delivery.webhook.name},
    }
    return json.dumps(message, ensure_ascii=False, sort_keys=True).encode()


def headers_of(delivery: WebhookDelivery, body: bytes) -> dict[str, str]:
    """Return the headers: id (the same for each attempt), time, and a signature for each valid secret."""
    name, now = f"msg_{delivery.message_id.hex}", datetime.now(UTC)
    signatures = [Signer(secret).sign(name, now, body.decode()) for secret in _secrets(delivery.webhook)]
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Xinqiao-Webhooks/1",
        "webhook-id": name,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(signatures),
        "webhook-attempt": str(delivery.attempts),
    }


def _data(event: Event) -> dict[str, Any]:
    facts = dict(event.payload)
    for name in ("url", "old_url"):
        if facts.get(name):
            facts[name] = settings.SITE_URL + facts[name]
    title = {"title": event.title} if event.title else {}
    return {"id": event.object_id, "cursor": str(event.pk), **title, **facts}


def _secrets(webhook: Webhook) -> list[str]:
    """Return the secret, and for a day after a rotation the one before, so that receivers can change over."""
    sealed = [webhook.sealed_secret]
    if webhook.sealed_previous and webhook.previous_until and webhook.previous_until > timezone.now():
        sealed.append(webhook.sealed_previous)
    return [unseal(text) for text in sealed]
