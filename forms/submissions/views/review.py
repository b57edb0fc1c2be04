"""Reviewing: comments at the answers, then returned or approved."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from forms.submissions.actions import ApproveSubmission, CommentOn, ReturnSubmission
from forms.submissions.actions.decide import COMMENT_LIMIT
from forms.submissions.diff import changes_between
from forms.submissions.errors import ConflictError
from forms.submissions.models import Submission
from forms.submissions.permissions import ways_open_to
from forms.submissions.reading import Reading
from forms.submissions.trail import EventKind
from forms.submissions.views.surfaces import SubmissionView

DECIDING = {EventKind.RETURNED.value, EventKind.APPROVED.value}
_PREFIX = "comment:"


class ReviewView(SubmissionView):
    """The answers with a place for a comment at each, and the two buttons. Nothing typed is lost on a refusal."""

    template = "forms/submissions/review.html"

    def get(self, request: HttpRequest, uuid: uuid.UUID) -> HttpResponse:
        return self.form(request, self.submission(request, uuid))

    def post(self, request: HttpRequest, uuid: uuid.UUID) -> HttpResponse:
        submission = self.submission(request, uuid)
        typed, whole = typed_comments(request), request.POST.get("comment", "").strip()
        try:
            done = self.decide(request, submission, typed, whole)
        except ConflictError as error:
            return self.form(request, self.submission(request, uuid), [str(error)], 409)
        except ValidationError as error:
            return self.form(request, submission, error.messages, 422)
        messages.success(request, done)
        return redirect(self.surface.address(submission))

    def decide(self, request: HttpRequest, submission: Submission, typed: list[CommentOn], whole: str) -> str:
        """Return or approve as the pressed button says; return what to tell the user."""
        seen = request.POST.get("revision", "")
        expected = int(seen) if seen.isascii() and seen.isdigit() else 0
        if request.POST.get("decision") == EventKind.RETURNED:
            ReturnSubmission(submission, request.user, typed, whole, expected).execute()
            return _("Returned. The person who handed it in is told.")
        if request.POST.get("decision") != EventKind.APPROVED:
            raise ValidationError(_("Please choose: return or approve."))
        if typed:
            raise ValidationError(
                _("There are comments at answers. Return it, or take the comments out before you approve.")
            )
        ApproveSubmission(submission, request.user, whole, expected).execute()
        return _("Approved. The person who handed it in is told.")

    def form(
        self, request: HttpRequest, submission: Submission, errors: Any = (), status: int = 200
    ) -> HttpResponse:
        """Answer with the page, with what was typed still in it."""
        if not errors and not ways_open_to(request.user, submission) & DECIDING:
            raise PermissionDenied
        revisions = submission.revisions.select_related("version")
        newest = {one.number: one for one in revisions.filter(number__gte=submission.revision - 1)}
        reading = Reading(newest[submission.revision])
        before = newest.get(submission.revision - 1)
        changes = changes_between(Reading(before), reading) if before is not None else []
        reading.changed = frozenset(change.key for change in changes)
        reading.typed = {(one.item, one.question): one.text for one in typed_comments(request)}
        return self.show(
            request,
            submission,
            _("Review"),
            steps=reading.steps,
            scores=reading.scores,
            changes=changes,
            errors=errors,
            comment=request.POST.get("comment", ""),
            limit=COMMENT_LIMIT,
            status=status,
        )


def typed_comments(request: HttpRequest) -> list[CommentOn]:
    """Return the comments that were typed: the fields are named by `reading.field_of`."""
    found = []
    for name, text in request.POST.items():
        if name.startswith(_PREFIX) and isinstance(text, str) and text.strip():
            item, _colon, question = name.removeprefix(_PREFIX).rpartition(":")
            found.append(CommentOn(question, text.strip(), item))
    return found
