"""What the outbox learns about schools."""

from __future__ import annotations

from cms.outbox.actions import record_event
from cms.outbox.models import EventKind
from cms.schools.models import School


def tell_school_changed(school: School) -> None:
    """Put the change into the outbox, in the caller's transaction."""
    facts = {"code": school.code, "status": school.status}
    record_event(EventKind.SCHOOL_CHANGED, school, school=school, title=school.name, **facts)
