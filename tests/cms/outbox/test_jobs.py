"""Daily jobs run once a day, are tried again after a failure, and clean up."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cms.outbox import cleaning, jobs
from cms.outbox.feed import CursorExpired, changes_after
from cms.outbox.models import Event, JobRun, WorkerBeat
from cms.outbox.queue import beat, requeue_lost_tasks, run_one_task
from tests.factories import make_policy

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def calls(monkeypatch):
    monkeypatch.setattr(jobs, "REGISTRY", {})
    return []


def at(hour: int, day: int = 1) -> datetime:
    return datetime(2026, 10, day, hour, 30, tzinfo=SHANGHAI)


def test_a_job_runs_once_a_day_and_not_before_its_time(calls):
    jobs.register_daily("count", lambda: calls.append(1), time(3))
    for hour, day, expected in ((2, 1, 0), (4, 1, 1), (23, 1, 1), (1, 2, 1), (5, 2, 2)):
        with time_machine.travel(at(hour, day), tick=False):
            jobs.run_due_jobs()
        assert len(calls) == expected
    assert JobRun.objects.get().done_for == date(2026, 10, 2)


def test_a_failed_job_is_tried_again_after_a_while(calls):
    def fail_first():
        calls.append(1)
        if len(calls) == 1:
            raise RuntimeError("first")

    jobs.register_daily("shaky", fail_first, time(3))
    with time_machine.travel(at(4), tick=False) as clock:
        jobs.run_due_jobs()
        assert JobRun.objects.get().error
        jobs.run_due_jobs()
        assert len(calls) == 1
        clock.shift(timedelta(minutes=11))
        jobs.run_due_jobs()
    assert len(calls) == 2
    assert JobRun.objects.get().error == ""


def test_a_job_whose_worker_died_is_begun_again(calls):
    jobs.register_daily("lost", lambda: calls.append(1), time(3))
    with time_machine.travel(at(4), tick=False) as clock:
        assert jobs._claim("lost", timezone.localtime())
        jobs.run_due_jobs()
        assert calls == []
        clock.shift(timedelta(hours=2))
        jobs.run_due_jobs()
    assert calls == [1]


def test_old_events_are_cleaned_and_late_readers_told():
    make_policy()
    make_policy()
    first, second, *_ = Event.objects.order_by("pk").values_list("pk", flat=True)
    Event.objects.filter(pk__lte=second).update(created_at=timezone.now() - timedelta(days=500))
    cleaning.clean_outbox()
    assert not Event.objects.filter(pk__lte=second).exists()
    assert changes_after(second)[0]
    with pytest.raises(CursorExpired):
        changes_after(first)


def test_the_task_of_a_dead_worker_comes_back_three_times():
    DBTaskResult.objects.all().delete()
    make_policy()
    task = DBTaskResult.objects.first()
    DBTaskResult.objects.exclude(pk=task.pk).delete()
    for number in range(3):
        DBTaskResult.objects.get(status="READY").claim(f"dead-{number}")
        assert requeue_lost_tasks() == 1
    task.refresh_from_db()
    assert task.status == "FAILED"
    assert "died" in task.traceback


def test_the_task_of_a_living_worker_is_left_alone():
    DBTaskResult.objects.all().delete()
    make_policy()
    beat("alive", "here", 1)
    DBTaskResult.objects.first().claim("alive")
    assert requeue_lost_tasks() == 0
    WorkerBeat.objects.update(beat_at=timezone.now() - timedelta(minutes=10))
    assert requeue_lost_tasks() == 1


def test_tasks_are_run(one_connection):
    DBTaskResult.objects.all().delete()
    assert run_one_task("me") is False
    make_policy()
    while run_one_task("me"):
        pass
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"SUCCESSFUL"}
