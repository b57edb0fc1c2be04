"""Giving to a reviewer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from forms.submissions.actions.steps import begin, leave_trace
from forms.submissions.models import Submission
from forms.submissions.notices import tell
from forms.submissions.permissions import reviewers_of
from forms.submissions.trail import EventKind


@dataclass
class AssignReviewer:
    """Give a submission to somebody to review (指派), who may review it; None takes it from whoever had it.

    Raises ConflictError, PermissionDenied, ValidationError when the person may not review it.
    """

    submission: Submission
    reviewer: Any
    user: Any = None
    comment: str = ""

    @transaction.atomic
    def execute(self) -> Submission:
        submission, _draft, _way = begin(self.submission, EventKind.ASSIGNED, self.user, None)
        if self.reviewer is not None and not reviewers_of(submission).filter(pk=self.reviewer.pk).exists():
            raise ValidationError(_("This person may not review the submission."))
        if submission.reviewer_id == (self.reviewer.pk if self.reviewer else None):
            return submission
        submission.reviewer = self.reviewer
        submission.save(update_fields=["reviewer", "changed_at"])
        event = leave_trace(
            submission, EventKind.ASSIGNED, self.user, reviewer=self.reviewer, comment=self.comment.strip()
        )
        if self.reviewer is not None and self.reviewer != self.user:
            tell(event)
        return submission
