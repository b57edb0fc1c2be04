"""Background tasks: django-tasks-db's own worker runs them one by one; tasks of dead workers come back."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks_db.compat import DEFAULT_TASK_BACKEND_ALIAS, TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as LibraryWorker
from django_tasks_db.models import DBTaskResult

from cms.outbox.models import WorkerBeat

#: A worker that gave no sign of life for so long is dead.
DEAD_AFTER = timedelta(seconds=120)
#: A task that has taken so many workers with it is not tried again.
MAX_WORKERS_LOST = 3


def run_one_task(worker_id: str) -> bool:
    """Run the next ready task; return False when there is none. Asks for no lock while idle."""
    if not DBTaskResult.objects.ready().exists():
        return False
    LibraryWorker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name=DEFAULT_TASK_BACKEND_ALIAS,
        startup_delay=False,
        max_tasks=1,
        worker_id=worker_id,
    ).run()
    return True


def beat(worker_id: str, host: str, pid: int) -> None:
    """Give a sign of life."""
    WorkerBeat.objects.update_or_create(
        worker_id=worker_id, defaults={"host": host, "pid": pid, "beat_at": timezone.now()}
    )


def living_workers() -> set[str]:
    """Return the ids of workers that gave a sign of life lately."""
    alive = WorkerBeat.objects.filter(beat_at__gt=timezone.now() - DEAD_AFTER)
    return set(alive.values_list("worker_id", flat=True))


def lost_tasks() -> list[DBTaskResult]:
    """Return tasks that a worker began which is now dead."""
    running = list(DBTaskResult.objects.running())
    if not running:
        return []
    alive = living_workers()
    return [task for task in running if not task.worker_ids or task.worker_ids[-1] not in alive]


def requeue_lost_tasks() -> int:
    """Give the tasks of dead workers back to the queue; fail those that keep killing workers."""
    lost = lost_tasks()
    for task in lost:
        if len(task.worker_ids) >= MAX_WORKERS_LOST:
            task.set_failed(RuntimeError("The worker died while it ran this task, three times."))
        else:
            row = DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.RUNNING)
            row.filter(started_at=task.started_at).update(status=TaskResultStatus.READY)
    return len(lost)
