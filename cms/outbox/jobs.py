"""Jobs that run once a day. An area registers its own: `register_daily("policy-status", refresh)`."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from cms.outbox.models import JobRun

logger = logging.getLogger(__name__)
#: A job that has not come back after this long is taken for dead and begun again.
LEASE = timedelta(hours=1)
#: Wait after the first failure; doubled for each further one.
RETRY = timedelta(minutes=10)
RETRY_MAX = timedelta(hours=6)


@dataclass(frozen=True)
class DailyJob:
    """A function that may run again without harm, and the earliest time of the day (Asia/Shanghai)."""

    name: str
    func: Callable[[], object]
    at: time


REGISTRY: dict[str, DailyJob] = {}


def register_daily(name: str, func: Callable[[], object], at: time = time(3)) -> None:
    """Have `func` called once a day, not before `at`; registering a name again replaces the job."""
    REGISTRY[name] = DailyJob(name, func, at)


def run_due_jobs() -> int:
    """Run what is due today and not done; return how many jobs ran. A failed job is tried again later."""
    now = timezone.localtime()
    done = set(JobRun.objects.filter(done_for=now.date()).values_list("name", flat=True))
    due = [job for job in REGISTRY.values() if job.at <= now.time() and job.name not in done]
    return sum(_run(job, now.date()) for job in due if _claim(job.name, now))


def _claim(name: str, now: datetime) -> bool:
    """Lease the job to this worker; one UPDATE decides between several workers."""
    JobRun.objects.get_or_create(name=name)
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    undone = Q(done_for=None) | Q(done_for__lt=now.date())
    row = JobRun.objects.filter(free, undone, name=name)
    return bool(row.update(leased_until=now + LEASE, started_at=now))


def _run(job: DailyJob, day: date) -> bool:
    row = JobRun.objects.filter(name=job.name)
    try:
        job.func()
    except Exception:
        logger.exception("Daily job %s failed", job.name)
        failures = row.values_list("failures", flat=True).get() + 1
        wait = min(RETRY * 2 ** min(failures - 1, 10), RETRY_MAX)
        now = timezone.now()
        row.update(
            failures=failures, leased_until=now + wait, finished_at=now, error=traceback.format_exc()[-4000:]
        )
    else:
        row.update(done_for=day, leased_until=None, finished_at=timezone.now(), failures=0, error="")
    return True
