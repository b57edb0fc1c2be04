"""Withdrawing and giving to a reviewer: a page to confirm on, and the deed."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from forms.submissions.actions import AssignReviewer, WithdrawSubmission
from forms.submissions.errors import ConflictError
from forms.submissions.permissions import reviewers_of, user_can
from forms.submissions.trail import EventKind
from forms.submissions.views.surfaces import SubmissionView


class WithdrawView(SubmissionView):
    """Asks once more, with a place for the reason, and withdraws."""

    template = "forms/submissions/withdraw.html"

    def get(self, request: HttpRequest, uuid: uuid.UUID) -> HttpResponse:
        submission = self.submission(request, uuid)
        if not user_can(request.user, EventKind.WITHDRAWN, submission):
            raise PermissionDenied
        return self.show(request, submission, _("Withdraw"))

    def post(self, request: HttpRequest, uuid: uuid.UUID) -> HttpResponse:
        submission = self.submission(request, uuid)
        comment = request.POST.get("comment", "")[:500]
        try:
            WithdrawSubmission(submission, request.user, comment).execute()
        except ConflictError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Withdrawn."))
        return redirect(self.surface.address(submission))


class AssignView(SubmissionView):
    """Offers the people who may review it."""

    template = "forms/submissions/assign.html"

    def get(self, request: HttpRequest, uuid: uuid.UUID) -> HttpResponse:
        submission = self.submission(request, uuid)
        if not user_can(request.user, EventKind.ASSIGNED, submission):
            raise PermissionDenied
        return self.page(request, submission)

    def post(self, request: HttpRequest, uuid: uuid.UUID) -> HttpResponse:
        submission = self.submission(request, uuid)
        chosen = request.POST.get("reviewer", "")
        known = {str(person.pk): person for person in reviewers_of(submission)}
        try:
            if chosen and chosen not in known:
                raise ValidationError(_("This person may not review the submission."))
            AssignReviewer(
                submission, known.get(chosen), request.user, request.POST.get("comment", "")[:500]
            ).execute()
        except ValidationError as error:
            return self.page(request, submission, error.messages, 422)
        except ConflictError as error:
            messages.error(request, str(error))
        else:
            messages.success(
                request, _("The reviewer is told.") if chosen else _("Nobody has it to review now.")
            )
        return redirect(self.surface.address(submission))

    def page(
        self, request: HttpRequest, submission: Any, errors: Any = (), status: int = 200
    ) -> HttpResponse:
        return self.show(
            request,
            submission,
            _("Give to a reviewer"),
            reviewers=list(reviewers_of(submission)),
            errors=errors,
            status=status,
        )
