"""The worker: one process, a few loops, each in a thread of its own with its own database connection."""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType

from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

from cms.outbox import jobs, queue, scheduling
from cms.outbox.models import WorkerBeat
from search.service import Keeper

logger = logging.getLogger(__name__)
BEAT_SECONDS = 20.0
#: How long a stop waits for what is under way. What is cut off then is begun again by the next worker.
GRACE_SECONDS = 8.0
ERROR_SECONDS_MAX = 60.0


@dataclass
class Loop:
    """Calls `step` again and again. `step` returns True while there is more to do.

    Idle waits grow from `shortest` to `longest` seconds; after errors they double up to a minute.
    """

    name: str
    step: Callable[[], object]
    shortest: float = 0.5
    longest: float = 3.0
    pause: Callable[[], float] | None = None
    _idle: float = field(default=0.0, init=False)
    _errors: int = field(default=0, init=False)

    def run(self, stop: threading.Event) -> None:
        while not stop.is_set():
            stop.wait(self.turn())
        connection.close()

    def turn(self) -> float:
        """Do one step and return the seconds to wait before the next."""
        try:
            busy = bool(self.step())
            self._errors = 0
        except Exception:
            logger.exception("Loop %s failed", self.name)
            self._errors += 1
            connection.close()
            return min(2.0**self._errors, ERROR_SECONDS_MAX)
        close_old_connections()
        self._idle = 0.0 if busy else min(max(self.shortest, self._idle * 1.5), self.longest)
        return min(self._idle, self.pause()) if self.pause and not busy else self._idle


def _seconds_to_schedule() -> float:
    """Return the seconds until the next scheduled publication, so that it comes when it is due."""
    at = scheduling.next_due()
    return max(0.2, (at - timezone.now()).total_seconds()) if at else ERROR_SECONDS_MAX


def loops(worker_id: str) -> list[Loop]:
    """Return the loops of a worker."""
    from cms.webhooks.delivery import deliver_batch
    from cms.webhooks.dispatch import fan_out

    return [
        Loop("tasks", lambda: queue.run_one_task(worker_id)),
        Loop("lost tasks", queue.requeue_lost_tasks, 30, 30),
        Loop("search", Keeper().step, 0.5, 2),
        Loop("schedule", scheduling.publish_due, 1, 15, _seconds_to_schedule),
        Loop("daily jobs", jobs.run_due_jobs, 60, 60),
        Loop("webhooks", lambda: fan_out() + deliver_batch()),
    ]


class Worker:
    """Runs the loops until SIGTERM or SIGINT, and gives signs of life."""

    def __init__(self) -> None:
        self.id = f"{socket.gethostname()[:20]}-{os.getpid()}-{uuid.uuid4().hex[:8]}"
        self.stop = threading.Event()

    def run(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._on_signal)
        self._beat()
        threads = {loop.name: (loop, self._start(loop)) for loop in loops(self.id)}
        logger.info("Worker %s started", self.id)
        last = time.monotonic()
        while not self.stop.wait(1.0):
            if time.monotonic() - last >= BEAT_SECONDS:
                last = time.monotonic()
                self._beat()
            for name, (loop, thread) in threads.items():
                if not thread.is_alive():
                    logger.error("Loop %s ended; it is started again", name)
                    threads[name] = (loop, self._start(loop))
        self._end([thread for _, thread in threads.values()])

    def run_once(self) -> bool:
        """Do everything that is due now, then return whether all went well (for cron and tests)."""
        self._beat()
        good = True
        try:
            for loop in loops(self.id):
                while not self.stop.is_set() and self._good_turn(loop):
                    pass
                good = good and not loop._errors
        finally:
            WorkerBeat.objects.filter(worker_id=self.id).delete()
        return good

    @staticmethod
    def _good_turn(loop: Loop) -> bool:
        return loop.turn() == 0.0

    def _start(self, loop: Loop) -> threading.Thread:
        thread = threading.Thread(target=loop.run, args=[self.stop], name=loop.name, daemon=True)
        thread.start()
        return thread

    def _beat(self) -> None:
        try:
            queue.beat(self.id, socket.gethostname()[:120], os.getpid())
        except DatabaseError:
            logger.exception("No sign of life could be written")
            connection.close()
        close_old_connections()

    def _end(self, threads: list[threading.Thread]) -> None:
        deadline = time.monotonic() + GRACE_SECONDS
        for thread in threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        try:
            WorkerBeat.objects.filter(worker_id=self.id).delete()
        except DatabaseError:
            logger.exception("The sign of life could not be taken back")
        logger.info("Worker %s stopped", self.id)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        if self.stop.is_set():
            os._exit(1)  # asked twice
        self.stop.set()
