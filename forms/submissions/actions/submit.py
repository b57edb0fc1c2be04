"""Handing in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.definitions.models import FormState
from forms.filling.models import Draft, DraftState
from forms.public.turns import Gate
from forms.public.visitor import Visitor
from forms.submissions.actions.steps import leave_trace, lock_draft, lock_submission
from forms.submissions.errors import ConflictError, IncompleteError
from forms.submissions.index import index_answers
from forms.submissions.models import Submission, SubmissionRevision, SubmissionState
from forms.submissions.permissions import user_can_submit_draft
from forms.submissions.preparing import Prepared, digest_of_answers, prepare
from forms.submissions.receipts import new_receipt
from forms.submissions.registers import write_to_register
from forms.submissions.trail import EventKind

RECEIPTS_TRIED = 5


@dataclass
class SubmitDraft:
    """Hand a draft in (提交), the first time or again after it was returned.

    The draft's uuid is the submission's: the same again is the same submission. `revision_seen` is the revision of
    the draft that the person saw. `user=None` is the operator, or the public that holds the draft's signed link:
    then `visitor` says who that is. A public form's rules are kept under the lock of their row.
    Raises IncompleteError with the outcome when the path has errors, ConflictError when the draft changed or was
    handed in with other answers, ValidationError when the form takes nothing in, PermissionDenied.
    """

    draft: Draft
    user: Any = None
    revision_seen: int | None = None
    visitor: Visitor | None = None
    submission: Submission = field(init=False)

    def execute(self) -> Submission:
        if self.user is not None and not user_can_submit_draft(self.user, self.draft):
            raise PermissionDenied
        # The run is the long part: it is done before anything is locked, and once more if the draft moved on.
        prepared = prepare(self.draft) if self.draft.state == DraftState.OPEN else None
        with transaction.atomic():
            draft = lock_draft(self.draft.pk)
            if draft is None:
                raise ConflictError(_("The draft is gone."))
            self.submission = self._submit(draft, prepared)
        self.draft.state, self.draft.revision = draft.state, draft.revision
        return self.submission

    def _submit(self, draft: Draft, prepared: Prepared | None) -> Submission:
        existing = lock_submission(draft.pk)
        if existing is not None and self._is_repeated(existing, draft):
            return existing
        self._check(draft, existing)
        if prepared is None or not prepared.fits(draft):
            prepared = prepare(draft)
        if prepared.outcome.errors:
            raise IncompleteError(prepared.outcome)
        if existing is None:
            return self._first(draft, prepared)
        return self._again(existing, draft, prepared)

    def _is_repeated(self, existing: Submission, draft: Draft) -> bool:
        """Say whether this was done before. Raises ConflictError when it was done with other answers."""
        if draft.state == DraftState.OPEN:
            seen = self.revision_seen
            return seen is not None and existing.revisions.filter(draft_revision=seen).exists()
        newest = existing.revisions.get(number=existing.revision)
        if digest_of_answers(draft.answers) == newest.digest:
            return True
        raise ConflictError(_("It was handed in already, with other answers."), existing)

    def _check(self, draft: Draft, existing: Submission | None) -> None:
        if draft.state != DraftState.OPEN:
            raise ConflictError(_("The draft was discarded."), existing)
        if self.revision_seen is not None and self.revision_seen != draft.revision:
            raise ConflictError(_("The answers were changed meanwhile. Please look at them again."), existing)
        if draft.is_test:
            raise ValidationError(_("A test run is not handed in."))
        if existing is None and draft.version.form.state != FormState.OPEN:
            raise ValidationError(_("The form is closed and takes nothing in at the moment."))
        if existing is not None and existing.state != SubmissionState.RETURNED:
            raise ConflictError(_("It was not returned for correction."), existing)

    def _first(self, draft: Draft, prepared: Prepared) -> Submission:
        gate = Gate(draft, self.visitor)
        gate.enter(prepared.document, prepared.values)
        submission = Submission(
            uuid=draft.pk,
            form=draft.version.form,
            version=draft.version,
            school_id=draft.school_id,
            subject_id=draft.subject_id,
            submitted_by_id=draft.owner_id,
            summary=prepared.summary,
        )
        _insert(submission)
        gate.leave(submission)
        self._keep(submission, draft, prepared, EventKind.SUBMITTED)
        return submission

    def _again(self, submission: Submission, draft: Draft, prepared: Prepared) -> Submission:
        gate = Gate(draft, self.visitor)
        gate.enter_again(prepared.document, prepared.values, submission)
        gate.leave(submission)
        submission.state = SubmissionState.RESUBMITTED
        submission.revision += 1
        submission.version = draft.version
        submission.summary = prepared.summary
        submission.save(update_fields=["state", "revision", "version", "summary", "changed_at"])
        submission.comments.open().update(resolved_in=submission.revision)
        self._keep(submission, draft, prepared, EventKind.RESUBMITTED)
        return submission

    def _keep(self, submission: Submission, draft: Draft, prepared: Prepared, kind: EventKind) -> None:
        """Write what belongs to every handing in: revision, index, register, draft, history."""
        person = self.user if self.user is not None and self.user.is_authenticated else None
        revision = SubmissionRevision.objects.create(
            submission=submission,
            number=submission.revision,
            version=draft.version,
            kept_answers=prepared.packed_answers,
            kept_calculated=prepared.packed_calculated,
            digest=prepared.digest,
            draft_revision=draft.revision,
            created_by=person,
        )
        index_answers(submission, prepared.document, prepared.values)
        draft.state = DraftState.SUBMITTED
        draft.save(update_fields=["state", "updated_at"])
        leave_trace(submission, kind, self.user)
        write_to_register(revision, prepared.document, on="submitted")


def _insert(submission: Submission) -> None:
    """Give the submission a receipt number that nobody has, and save it."""
    day = timezone.localdate()
    for tried in range(RECEIPTS_TRIED):
        submission.receipt = new_receipt(submission.form.title, day)
        try:
            with transaction.atomic():
                submission.save(force_insert=True)
        except IntegrityError:
            if tried == RECEIPTS_TRIED - 1:
                raise
        else:
            return
