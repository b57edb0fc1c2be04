"""What the tests of the outbox share."""

import pytest

from cms.schools.models import School


@pytest.fixture
def committed(django_db_serialized_rollback, transactional_db):
    """The database without a transaction around the test, for threads and processes; the tables are put back."""


@pytest.fixture
def committed_school(committed):
    """A bare school, without pages."""
    return School.objects.create(code="committed", name="提交小学", stage="primary", township="城关镇")


@pytest.fixture
def one_connection(monkeypatch):
    """Let worker code run inside the transaction of a test: there, tidying connections would close it."""
    for module in ("cms.outbox.worker", "django_tasks_db.management.commands.db_worker"):
        monkeypatch.setattr(f"{module}.close_old_connections", lambda: None)
