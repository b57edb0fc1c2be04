"""The order of the outbox: ids are drawn in the order of commit, so that a reader never skips a late row."""

from __future__ import annotations

from django.db import connection
from django.db.transaction import TransactionManagementError

#: Any fixed number will do; it must only differ from the other advisory locks of the site.
LOCK = 0x6F75_7462  # "outb"


def take_turn() -> None:
    """Wait until every transaction that has written events is over; hold the others back until this one is.

    SQLite has one writer anyway. On PostgreSQL a transaction-wide advisory lock is taken before an id is
    drawn; it is let go after the commit can be seen. Raises TransactionManagementError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("Events are written in the transaction of the change.")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
