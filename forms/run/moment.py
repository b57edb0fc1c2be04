"""The clock of a run: handed in, so that the same answers at the same time give the same outcome."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from forms.expressions import Moment
from forms.expressions.moments import moment_of


def at(when: datetime | None = None) -> Moment:
    """Return the moment as expressions know it; now when none is given."""
    return moment_of(when or timezone.now())
