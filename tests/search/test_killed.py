"""kill -9 of the worker at random moments: index and database agree in the end. `bench.search_faults` kills more."""

import os
import random
import signal

import pytest
from django.db import connections

from bench.search_faults import Editor, torment
from cms.outbox.worker import Worker

pytestmark = [
    pytest.mark.once,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork"),
]


class Fork:
    """The worker in a process of its own: forked, since starting one anew costs seconds."""

    def __init__(self) -> None:
        connections.close_all()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                Worker().run()
            finally:
                os._exit(0)

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def terminate(self) -> None:
        os.kill(self.pid, signal.SIGTERM)

    def wait(self) -> None:
        os.waitpid(self.pid, 0)


@pytest.fixture
def committed(django_db_serialized_rollback, transactional_db):
    """The database without a transaction around the test: the worker is another process."""


def test_a_worker_killed_at_random_loses_nothing(committed, settings, tmp_path):
    settings.SEARCH_FOLDER = tmp_path / "search"
    settings.SEARCH_LEASE_SECONDS = 1
    editor = Editor(random.Random())
    editor.settle_in(pages=4)
    figures = torment(editor, Fork, kills=3, life=0.4)
    assert figures["agrees"], figures
