"""What the outbox learns about schools."""

from __future__ import annotations

from cms.outbox.actions import record_school
from cms.schools.models import School


def tell_school_changed(school: School) -> None:
    """Put the change into the outbox, in the caller's transaction."""
    record_school(school)
