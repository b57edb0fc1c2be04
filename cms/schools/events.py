"""What the outbox learns about schools."""

from __future__ import annotations

from cms.outbox.models import Event, EventKind
from cms.schools.models import School


def tell_school_changed(school: School) -> None:
    """Put the change into the outbox, in the caller's transaction."""
    Event.objects.create(
        kind=EventKind.SCHOOL_CHANGED,
        object_type="school",
        object_id=school.pk,
        school=school,
        payload={"code": school.code, "status": school.status},
    )
