"""The worker stops when asked, comes back after errors, and survives being killed at any moment."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from cms.outbox.actions import record_event
from cms.outbox.models import EventKind, JobRun, WorkerBeat
from cms.outbox.worker import Loop, Worker, loops
from cms.schools.models import School
from cms.webhooks.delivery import claim
from cms.webhooks.dispatch import fan_out
from cms.webhooks.models import DeliveryState, Webhook, WebhookDelivery
from tests.cms.webhooks.conftest import make_webhook, receiver  # noqa: F401
from xinqiao.settings.env import ROOT

STARTED: list[subprocess.Popen] = []


@pytest.fixture
def clean(committed):
    yield
    while STARTED:
        process = STARTED.pop()
        process.kill()
        process.wait()


def start_worker(*options: str) -> subprocess.Popen:
    """A real worker on the database of the test."""
    db = connection.settings_dict
    url = f"sqlite:///{db['NAME']}"
    if connection.vendor == "postgresql":
        url = f"postgres://{db['USER']}:{db['PASSWORD']}@{db['HOST']}:{db['PORT']}/{db['NAME']}"
    env = {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "xinqiao.settings.test",
        "WEBHOOK_ALLOW_HTTP": "1",
        "WEBHOOK_ALLOWED_PRIVATE_HOSTS": "127.0.0.1",
        "LOG_LEVEL": "WARNING",
    }
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "manage.py"), "worker", *options], env=env, cwd=ROOT
    )
    STARTED.append(process)
    return process


def wait_for(check, seconds: float = 90.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if check():
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_worker_cleanly(clean, number):
    process = start_worker()
    assert wait_for(WorkerBeat.objects.filter(pid=process.pid).exists)
    time.sleep(0.5)
    process.send_signal(number)
    assert process.wait(30) == 0
    assert not WorkerBeat.objects.exists()


def test_a_killed_worker_loses_nothing_and_repeats_no_attempt(clean, receiver):  # noqa: F811
    make_webhook(receiver.url)
    with transaction.atomic():
        for number in range(60):
            record_event(EventKind.SCHOOL_CHANGED, School(pk=90_000 + number), code=str(number))
    process = None
    for _ in range(5):
        process = start_worker()
        wait_for(lambda: WorkerBeat.objects.exists() and receiver.requests)
        time.sleep(random.uniform(0.0, 0.15))
        process.kill()
        process.wait()
        WebhookDelivery.objects.filter(state=DeliveryState.SENDING).update(
            leased_until=timezone.now() - timedelta(seconds=1)
        )
        Webhook.objects.update(retry_at=None)
    process = start_worker()
    finished = wait_for(lambda: WebhookDelivery.objects.filter(state=DeliveryState.DELIVERED).count() == 60)
    # Before its first sign of life it may not have its signal handlers yet.
    assert wait_for(WorkerBeat.objects.filter(pid=process.pid).exists)
    process.terminate()
    assert process.wait(30) == 0
    assert finished
    sent = Counter((headers["webhook-id"], headers["webhook-attempt"]) for _, headers, _ in receiver.requests)
    assert len({name for name, _ in sent}) == 60
    assert max(sent.values()) == 1


def test_once_does_what_is_due_and_ends(clean, receiver):  # noqa: F811
    make_webhook(receiver.url)
    with transaction.atomic():
        record_event(EventKind.SCHOOL_CHANGED, School(pk=90_000), code="a")
    assert start_worker("--once").wait(120) == 0
    assert len(receiver.requests) == 1
    # Before three in the night nothing is due.
    assert timezone.localtime().hour < 3 or JobRun.objects.get(name="clean-outbox").done_for


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite locks the whole file, not rows")
def test_two_workers_never_claim_the_same_delivery(clean):
    webhook = make_webhook("https://example.org/")
    WebhookDelivery.objects.bulk_create(
        WebhookDelivery(
            webhook=webhook, kind=EventKind.SCHOOL_CHANGED, object_id=n, next_attempt_at=timezone.now()
        )
        for n in range(40)
    )
    claimed: list[int] = []

    def work() -> None:
        try:
            while rows := claim():
                claimed.extend(row.pk for row in rows)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(claimed) == len(set(claimed))
    assert WebhookDelivery.objects.filter(state=DeliveryState.SENDING, attempts=1).count() == 40


def test_two_readers_hand_each_event_over_once(clean):
    make_webhook("https://example.org/")
    with transaction.atomic():
        for number in range(20):
            record_event(EventKind.SCHOOL_CHANGED, School(pk=90_000 + number), code="a")

    def work() -> None:
        try:
            while fan_out():
                pass
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert WebhookDelivery.objects.count() == 20


def test_idle_waits_grow_and_errors_back_off(monkeypatch):
    monkeypatch.setattr("cms.outbox.worker.close_old_connections", lambda: None)
    answers = iter([True, False, False, False])
    loop = Loop("test", lambda: next(answers), shortest=1, longest=2)
    assert [loop.turn() for _ in range(4)] == [0.0, 1, 1.5, 2]


@pytest.mark.django_db
def test_a_failing_loop_waits_longer_each_time(monkeypatch):
    monkeypatch.setattr(connection, "close", lambda: None)
    loop = Loop("test", lambda: 1 / 0)
    assert [loop.turn() for _ in range(8)] == [2, 4, 8, 16, 32, 60, 60, 60]


@pytest.mark.django_db
def test_an_idle_worker_writes_nothing(one_connection, django_assert_max_num_queries):
    call_command("worker", "--once")
    worker = Worker()
    with django_assert_max_num_queries(24) as seen:
        for loop in loops(worker.id):
            loop.turn()
    assert not [q for q in seen.captured_queries if not q["sql"].startswith("SELECT")]
