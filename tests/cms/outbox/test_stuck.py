"""`outbox_check` says what is stuck, and nothing else."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cms.outbox.models import Event, JobRun
from cms.outbox.queue import beat
from cms.outbox.stuck import findings
from cms.pages.models import BasePage
from cms.webhooks.dispatch import fan_out
from cms.webhooks.models import DeliveryState, Webhook, WebhookDelivery
from tests.cms.webhooks.conftest import make_webhook
from tests.factories import make_policy

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(hours=5)


@pytest.fixture
def healthy():
    DBTaskResult.objects.all().delete()
    while fan_out():
        pass
    beat("me", "here", 1)


def test_all_is_well(healthy):
    out = StringIO()
    call_command("outbox_check", stdout=out)
    assert out.getvalue().strip()


def test_without_a_worker_it_exits_with_1():
    with pytest.raises(SystemExit) as caught:
        call_command("outbox_check", stdout=StringIO())
    assert caught.value.code == 1


def late_event():
    make_policy()
    DBTaskResult.objects.all().delete()
    Event.objects.update(created_at=timezone.now() - LONG_AGO)


def late_delivery():
    webhook = make_webhook("https://example.org/")
    WebhookDelivery.objects.create(
        webhook=webhook, kind="webhook.ping", next_attempt_at=timezone.now() - LONG_AGO
    )


def given_up():
    webhook = make_webhook("https://example.org/")
    WebhookDelivery.objects.create(
        webhook=webhook, kind="webhook.ping", state=DeliveryState.GIVEN_UP, last_attempt_at=timezone.now()
    )


def stopped():
    make_webhook("https://example.org/")
    Webhook.objects.update(active=False, stopped_because="五天")


def late_task():
    make_policy()
    while fan_out():
        pass
    DBTaskResult.objects.update(enqueued_at=timezone.now() - LONG_AGO)


def late_expiry():
    page = make_policy()
    DBTaskResult.objects.all().delete()
    while fan_out():
        pass
    BasePage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - LONG_AGO)


def failing_job():
    JobRun.objects.create(name="clean-outbox", error="Traceback\nRuntimeError: x")


@pytest.mark.parametrize(
    "make", [late_event, late_delivery, given_up, stopped, late_task, late_expiry, failing_job]
)
def test_it_says_what_is_stuck(healthy, make):
    make()
    assert len(findings()) == 1
