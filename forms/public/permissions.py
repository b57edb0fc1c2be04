"""What whoever holds a public form's signed link may do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.public.opening import rules_of
from forms.submissions.models import SubmissionState

if TYPE_CHECKING:
    from forms.filling.models import Draft
    from forms.submissions.models import Submission

OPEN_TO_WITHDRAWAL = {SubmissionState.SUBMITTED, SubmissionState.RETURNED, SubmissionState.RESUBMITTED}


def holder_can_withdraw(draft: Draft, submission: Submission) -> bool:
    """Who holds the link of a public submission takes it back until it is approved, unless its rules say no."""
    if draft.owner_id is not None or submission.state not in OPEN_TO_WITHDRAWAL:
        return False
    rules = rules_of(submission.form)
    return rules is None or rules.may_withdraw
