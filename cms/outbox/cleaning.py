"""What grows without end is cut once a day, in small transactions that hold nobody up."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cms.outbox.feed import CLEANED
from cms.outbox.jobs import register_daily
from cms.outbox.models import Bookmark, Event, WorkerBeat
from cms.webhooks.models import OPEN_STATES, WebhookDelivery
from search.service import forget_done

#: A reader of the change feed may stay away this long before it must read everything anew.
KEEP_EVENTS = timedelta(days=400)
KEEP_DELIVERIES = timedelta(days=90)
KEEP_TASKS = timedelta(days=3)
BATCH = 500


def register() -> None:
    """Register the daily cleaning."""
    register_daily("clean-outbox", clean_outbox)
    register_daily("clean-sessions", clean_sessions)
    register_daily("clean-index-changes", forget_done)


def clean_outbox() -> None:
    """Delete old deliveries that are done, old events, finished tasks and dead workers' signs of life."""
    now = timezone.now()
    done = WebhookDelivery.objects.exclude(state__in=OPEN_STATES).order_by()
    _delete(done.filter(created_at__lt=now - KEEP_DELIVERIES))
    clean_events()
    _delete(DBTaskResult.objects.finished().filter(finished_at__lt=now - KEEP_TASKS).order_by())
    WorkerBeat.objects.filter(beat_at__lt=now - timedelta(days=1)).delete()


def clean_events() -> None:
    """Delete old events and note how far, so that the feed can tell a reader that came too late."""
    old = Event.objects.filter(created_at__lt=timezone.now() - KEEP_EVENTS)
    while ids := list(old.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            Bookmark.objects.update_or_create(name=CLEANED, defaults={"position": ids[-1]})
            Event.objects.filter(pk__in=ids).delete()


def clean_sessions() -> None:
    """Delete expired sessions."""
    _delete(Session.objects.filter(expire_date__lt=timezone.now()))


def _delete(rows: Any) -> None:
    while ids := list(rows.values_list("pk", flat=True)[:BATCH]):
        rows.model.objects.filter(pk__in=ids).delete()
