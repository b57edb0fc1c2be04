"""Returning and approving."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.answers.answers import TOP
from forms.filling.models import Draft, DraftState
from forms.submissions.actions.steps import begin, leave_trace
from forms.submissions.models import Submission, SubmissionRevision
from forms.submissions.notices import tell
from forms.submissions.registers import write_to_register
from forms.submissions.trail import AnswerComment, EventKind

COMMENT_LIMIT = 2_000


@dataclass(frozen=True)
class CommentOn:
    """What is said about one answer: the question (or roster) by name, in the item with this id."""

    question: str
    text: str
    item: str = TOP


@dataclass
class ReturnSubmission:
    """Give a submission back to be corrected (退回), with comments at the answers, a word on the whole, or both.

    Its draft is open again. Raises ConflictError, PermissionDenied, ValidationError without any comment.
    """

    submission: Submission
    user: Any = None
    comments: Sequence[CommentOn] = ()
    comment: str = ""
    expected_revision: int | None = None

    @transaction.atomic
    def execute(self) -> Submission:
        submission, draft, way = begin(self.submission, EventKind.RETURNED, self.user, self.expected_revision)
        said = [one for one in self.comments if one.text.strip()]
        self._check(submission, said)
        submission.state = str(way.target)
        submission.decided_at = timezone.now()
        submission.save(update_fields=["state", "decided_at", "changed_at"])
        AnswerComment.objects.bulk_create(
            AnswerComment(
                submission=submission,
                revision=submission.revision,
                item=one.item,
                question=one.question,
                text=one.text.strip(),
                made_by=self.user,
            )
            for one in said
        )
        if draft is not None:
            _reopen(draft)
        tell(leave_trace(submission, EventKind.RETURNED, self.user, comment=self.comment.strip()))
        return submission

    def _check(self, submission: Submission, said: Sequence[CommentOn]) -> None:
        if not said and not self.comment.strip():
            raise ValidationError(_("Say what should be corrected, at an answer or for the whole."))
        if any(len(text) > COMMENT_LIMIT for text in (self.comment, *(one.text for one in said))):
            raise ValidationError(_("A comment has at most %(limit)d characters.") % {"limit": COMMENT_LIMIT})
        document = submission.version.document
        known = {*document.questions, *document.rosters}
        items = {TOP}
        if any(one.item != TOP for one in said):
            revision = submission.revisions.get(number=submission.revision)
            items |= {item for _parent, _roster, item in revision.answers.walk_items()}
        if any(one.question not in known or one.item not in items for one in said):
            raise ValidationError(_("A comment stands at no answer of this submission."))


def _reopen(draft: Draft) -> None:
    """Let the owner correct the draft; its revision moves on, so that what was handed in is known as the past."""
    draft.state = DraftState.OPEN
    draft.revision += 1
    draft.save(update_fields=["state", "revision", "updated_at"])


@dataclass
class ApproveSubmission:
    """Accept a submission (通过) and write it to the form's register, if the form has one.

    Raises ConflictError, PermissionDenied, and what the register says.
    """

    submission: Submission
    user: Any = None
    comment: str = ""
    expected_revision: int | None = None

    @transaction.atomic
    def execute(self) -> Submission:
        submission, _draft, way = begin(
            self.submission, EventKind.APPROVED, self.user, self.expected_revision
        )
        submission.state = str(way.target)
        submission.decided_at = timezone.now()
        submission.save(update_fields=["state", "decided_at", "changed_at"])
        revision = SubmissionRevision.objects.select_related("submission", "version").get(
            submission=submission, number=submission.revision
        )
        tell(
            leave_trace(
                submission, EventKind.APPROVED, self.user, comment=self.comment.strip()[:COMMENT_LIMIT]
            )
        )
        write_to_register(revision, submission.version.document, on="approved")
        return submission
