"""What all actions on submissions share: the lock, the check, the trace."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import get_active_log_context
from wagtail.models import ModelLogEntry

from forms.filling.models import Draft
from forms.submissions.errors import ConflictError
from forms.submissions.models import Submission
from forms.submissions.permissions import Transition, transition_from
from forms.submissions.trail import EventKind, SubmissionEvent

#: Actions of Wagtail's log.
LOGGED = "forms.submission"


def lock_draft(pk: uuid.UUID) -> Draft | None:
    """Return the draft, held until the transaction ends. Always taken before the submission of the same uuid."""
    drafts = Draft.objects.select_for_update(of=("self",)).to_hand_in()
    return drafts.filter(pk=pk).order_by().first()


def lock_submission(pk: uuid.UUID) -> Submission | None:
    """Return the submission, held until the transaction ends."""
    return Submission.objects.select_for_update().filter(pk=pk).order_by().first()


def begin(
    seen: Submission, kind: EventKind, user: Any, expected_revision: int | None
) -> tuple[Submission, Draft | None, Transition]:
    """Lock the submission and its draft and check the way; `user=None` is the operator at the shell.

    Raises ConflictError when it no longer stands so that the way leads on, or is at another revision than the one
    that the user saw; PermissionDenied when the way is not the user's.
    """
    draft, submission = lock_draft(seen.pk), lock_submission(seen.pk)
    if submission is None:
        raise ConflictError(_("The submission is gone."))
    way = transition_from(kind, submission.state)
    if way is None:
        state = submission.get_state_display()
        raise ConflictError(_("This is no longer possible: %(state)s.") % {"state": state}, submission)
    if user is not None and not way.may(user, submission):
        raise PermissionDenied
    if expected_revision is not None and expected_revision != submission.revision:
        raise ConflictError(_("It was corrected meanwhile. Please look at it again."), submission)
    return submission, draft, way


def leave_trace(submission: Submission, kind: EventKind, user: Any, **more: Any) -> SubmissionEvent:
    """Put down what was done, in our history and in Wagtail's log; the log learns the receipt number alone."""
    person = user if user is not None and user.is_authenticated else None
    event = SubmissionEvent.objects.create(
        submission=submission,
        kind=kind,
        state=submission.state,
        revision=submission.revision,
        user=person,
        **more,
    )
    _log(submission, f"{LOGGED}.{kind.value}", person)
    return event


def _log(submission: Submission, action: str, person: Any) -> None:
    """Write to Wagtail's log as its `log` does, without asking the database whether there is the person (she is)."""
    context = get_active_log_context()
    ModelLogEntry(
        content_type=ContentType.objects.get_for_model(Submission, for_concrete_model=False),
        object_id=str(submission.pk),
        label=submission.receipt,
        action=action,
        user=person or context.user,
        uuid=context.uuid,
        timestamp=timezone.now(),
        data={},
    ).save_base(force_insert=True)
