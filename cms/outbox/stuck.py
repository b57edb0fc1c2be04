"""What is stuck: each check returns sentences for the operator, none when all is well."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks_db.models import DBTaskResult

from cms.outbox import jobs, queue, scheduling
from cms.outbox.models import Bookmark, Event, JobRun
from cms.webhooks.delivery import due
from cms.webhooks.dispatch import BOOKMARK
from cms.webhooks.models import DeliveryState, Webhook, WebhookDelivery

#: What should be done within seconds is late after this long.
LATE = timedelta(minutes=10)


def findings() -> list[str]:
    """Return everything that is stuck, in words."""
    return [text for check in CHECKS for text in check()]


def no_worker() -> Iterator[str]:
    """Nobody does what is not done in a request."""
    if not queue.living_workers():
        yield _("No worker is running.")


def late_events() -> Iterator[str]:
    """The webhooks' reader does not move on."""
    position = Bookmark.objects.filter(name=BOOKMARK).values_list("position", flat=True).first() or 0
    late = Event.objects.filter(pk__gt=position, created_at__lt=timezone.now() - LATE).count()
    if late:
        yield ngettext(
            "%(count)s event was not handed to the webhooks.",
            "%(count)s events were not handed to the webhooks.",
            late,
        ) % {"count": late}


def late_deliveries() -> Iterator[str]:
    """Deliveries that could be sent and are not."""
    late = due().filter(next_attempt_at__lt=timezone.now() - LATE).count()
    if late:
        yield ngettext("%(count)s delivery is late.", "%(count)s deliveries are late.", late) % {
            "count": late
        }


def given_up() -> Iterator[str]:
    """Receivers that a person should look at."""
    week = timezone.now() - timedelta(days=7)
    count = WebhookDelivery.objects.filter(state=DeliveryState.GIVEN_UP, last_attempt_at__gt=week).count()
    if count:
        yield ngettext(
            "%(count)s delivery was given up in the last seven days.",
            "%(count)s deliveries were given up in the last seven days.",
            count,
        ) % {"count": count}


def stopped_webhooks() -> Iterator[str]:
    """Receivers that were switched off by the system."""
    for webhook in Webhook.objects.filter(active=False).exclude(stopped_because=""):
        yield _("The webhook “%(name)s” was switched off") % {"name": webhook.name}


def late_tasks() -> Iterator[str]:
    """Background tasks that wait too long, or whose worker died."""
    late = DBTaskResult.objects.ready().filter(enqueued_at__lt=timezone.now() - LATE).count()
    if late:
        yield ngettext("%(count)s task is late.", "%(count)s tasks are late.", late) % {"count": late}
    lost = len(queue.lost_tasks())
    if lost:
        yield ngettext("%(count)s task lost its worker.", "%(count)s tasks lost their worker.", lost) % {
            "count": lost
        }


def late_schedule() -> Iterator[str]:
    """Things that should be public, or should not be any more."""
    at = scheduling.next_due()
    if at and at < timezone.now() - LATE:
        yield _("A scheduled publication has been due since %(time)s.") % {
            "time": timezone.localtime(at).strftime("%Y-%m-%d %H:%M")
        }


def late_jobs() -> Iterator[str]:
    """Daily jobs that fail or do not run."""
    rows = {row.name: row for row in JobRun.objects.all()}
    today = timezone.localdate()
    for job in jobs.REGISTRY.values():
        row = rows.get(job.name)
        if row and row.error:
            yield _("The daily job “%(name)s” fails: %(error)s") % {
                "name": job.name,
                "error": row.error.strip().splitlines()[-1],
            }
        elif row and row.done_for and row.done_for < today - timedelta(days=1):
            yield _("The daily job “%(name)s” last ran on %(day)s.") % {"name": job.name, "day": row.done_for}


CHECKS: tuple[Callable[[], Iterator[str]], ...] = (
    no_worker,
    late_events,
    late_deliveries,
    given_up,
    stopped_webhooks,
    late_tasks,
    late_schedule,
    late_jobs,
)
