"""Ids are drawn in the order of commit, so that a reader never skips a change that commits late."""

import threading

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from cms.outbox.actions import record_event
from cms.outbox.feed import changes_after, latest_cursor
from cms.outbox.models import Event, EventKind
from cms.schools.models import School

on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has one writer: ids cannot commit out of order"
)


def test_an_event_outside_a_transaction_is_refused(committed_school):
    with pytest.raises(TransactionManagementError):
        record_event(EventKind.SCHOOL_CHANGED, committed_school)


def write(number: int, school: School, wrote: threading.Event, may_commit: threading.Event) -> None:
    """Write about a thing of its own, so that nothing but the turn makes the writers wait."""
    try:
        with transaction.atomic():
            record_event(EventKind.SCHOOL_CHANGED, School(pk=number), school=school)
            wrote.set()
            may_commit.wait(10)
    finally:
        connection.close()


@on_postgresql
def test_a_change_that_commits_late_is_not_skipped(committed_school):
    """A writes and waits; B writes and would commit first with the greater id: B must wait for A."""
    start = latest_cursor()
    a_wrote, a_may, b_wrote, b_may = (threading.Event() for _ in range(4))
    b_may.set()
    a = threading.Thread(target=write, args=(901, committed_school, a_wrote, a_may))
    b = threading.Thread(target=write, args=(902, committed_school, b_wrote, b_may))
    a.start()
    assert a_wrote.wait(5)
    b.start()
    assert not b_wrote.wait(0.5)
    seen, cursor = changes_after(start)
    a_may.set()
    a.join(5)
    b.join(5)
    later, _ = changes_after(cursor)
    ids = [change.id for change in [*seen, *later]]
    assert ids == list(Event.objects.filter(pk__gt=int(start)).values_list("pk", flat=True))
    assert len(ids) == 2


def test_a_reader_beside_many_writers_sees_every_change(committed_school):
    """Four writers, some of which roll back, and a reader that never looks back."""
    start = latest_cursor()
    done = threading.Event()

    def writer(number: int) -> None:
        try:
            for turn in range(12):
                with transaction.atomic():
                    record_event(EventKind.SCHOOL_CHANGED, committed_school)
                    if (number + turn) % 5 == 0:
                        transaction.set_rollback(True)
        finally:
            connection.close()

    seen: list[int] = []

    def reader() -> None:
        cursor = start
        try:
            while True:
                last = done.is_set()
                changes, cursor = changes_after(cursor, limit=3)
                seen.extend(change.id for change in changes)
                if last and not changes:
                    return
        finally:
            connection.close()

    writers = [threading.Thread(target=writer, args=(number,)) for number in range(4)]
    watching = threading.Thread(target=reader)
    for thread in (watching, *writers):
        thread.start()
    for thread in writers:
        thread.join(30)
    done.set()
    watching.join(30)
    assert seen == list(Event.objects.filter(pk__gt=int(start)).values_list("pk", flat=True))
    assert len(seen) > 30
