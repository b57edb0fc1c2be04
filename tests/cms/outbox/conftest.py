"""What the tests of the outbox share."""

import pytest
from django.test import TransactionTestCase

from cms.outbox.models import Event
from cms.schools.models import School


@pytest.fixture
def unflushed():
    """Keep the tables after a transactional test: a flush would take Wagtail's tree from all later tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _self: None)
        yield


@pytest.fixture
def committed(unflushed, transactional_db):
    """The database without a transaction around the test, for threads and processes.

    A test removes what it made; events go here.
    """
    yield
    Event.objects.all().delete()


@pytest.fixture
def committed_school(committed):
    """A bare school, without pages."""
    school = School.objects.create(code="committed", name="提交小学", stage="primary", township="城关镇")
    yield school
    Event.objects.all().delete()
    school.delete()


@pytest.fixture
def one_connection(monkeypatch):
    """Let worker code run inside the transaction of a test: there, tidying connections would close it."""
    for module in ("cms.outbox.worker", "django_tasks_db.management.commands.db_worker"):
        monkeypatch.setattr(f"{module}.close_old_connections", lambda: None)
