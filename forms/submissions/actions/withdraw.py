"""Taking back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from forms.filling.models import DraftState
from forms.submissions.actions.steps import begin, leave_trace
from forms.submissions.models import Submission
from forms.submissions.trail import EventKind


@dataclass
class WithdrawSubmission:
    """Take a submission back (撤回) as long as it is not approved; it stays on record and counts nowhere.

    Raises ConflictError, PermissionDenied.
    """

    submission: Submission
    user: Any = None
    comment: str = ""
    expected_revision: int | None = None

    @transaction.atomic
    def execute(self) -> Submission:
        submission, draft, way = begin(
            self.submission, EventKind.WITHDRAWN, self.user, self.expected_revision
        )
        submission.state = str(way.target)
        submission.save(update_fields=["state", "changed_at"])
        submission.turns.all().delete()
        if draft is not None and draft.state == DraftState.OPEN:
            # Nobody goes on with it; it is not discarded either, for the submission's files are the draft's.
            draft.state = DraftState.SUBMITTED
            draft.save(update_fields=["state", "updated_at"])
        leave_trace(submission, EventKind.WITHDRAWN, self.user, comment=self.comment.strip())
        return submission
