"""Approving many: each in its own transaction under its own lock, with a report on each."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from forms.submissions.actions.decide import ApproveSubmission
from forms.submissions.errors import ConflictError
from forms.submissions.models import Submission

MOST_AT_ONCE = 200


@dataclass(frozen=True)
class RowReport:
    """What became of one: `problem` is empty when it was approved."""

    receipt: str
    summary: str
    problem: str = ""


@dataclass
class ApproveMany:
    """Approve those of the submissions that the user may (批量通过); the others say why not.

    `seen` maps the uuid to the revision that the user saw. Raises ValidationError for more than 200.
    """

    seen: dict[uuid.UUID, int]
    user: Any

    def execute(self) -> Sequence[RowReport]:
        if len(self.seen) > MOST_AT_ONCE:
            raise ValidationError(_("At most %(count)d at a time.") % {"count": MOST_AT_ONCE})
        known = Submission.objects.for_user(self.user).filter(pk__in=self.seen).order_by("submitted_at")
        return [self._approve(submission) for submission in known]

    def _approve(self, submission: Submission) -> RowReport:
        action = ApproveSubmission(submission, self.user, expected_revision=self.seen[submission.pk])
        try:
            action.execute()
        except PermissionDenied:
            problem = _("You may not decide on this.")
        except ConflictError as error:
            problem = str(error)
        except ValidationError as error:
            problem = " ".join(error.messages)
        else:
            problem = ""
        return RowReport(submission.receipt, submission.summary, problem)
