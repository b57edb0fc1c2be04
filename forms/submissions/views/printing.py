"""A submission as a PDF."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from forms.out.pdf.submission import submission_pdf
from forms.sealing.permissions import user_can_see_sensitive
from forms.sealing.revealing import find_sealed, log_reveal
from forms.submissions.models import Submission
from forms.submissions.reading import Reading
from forms.submissions.views.surfaces import SubmissionView


class SubmissionPdf(SubmissionView):
    """The newest revision on paper: sensitive answers masked, or, with the right and a reason that is logged, shown."""

    def get(self, request: HttpRequest, uuid: uuid.UUID) -> HttpResponse:
        return self.print(request, self.submission(request, uuid))

    def post(self, request: HttpRequest, uuid: uuid.UUID) -> HttpResponse:
        submission = self.submission(request, uuid)
        try:
            log_printing(request, submission, request.POST.get("reason", ""))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(self.surface.address(submission))
        return self.print(request, submission, opened=True)

    def print(self, request: HttpRequest, submission: Submission, *, opened: bool = False) -> HttpResponse:
        """Answer with the file; nobody keeps a copy on the way."""
        revision = submission.revisions.select_related("version").get(number=submission.revision)
        content = submission_pdf(submission, Reading(revision, opened=opened), request.user)
        answer = HttpResponse(content, content_type="application/pdf")
        answer["Content-Disposition"] = f'inline; filename="{submission.receipt}.pdf"'
        answer["Cache-Control"] = "private, no-store"
        return answer


@transaction.atomic
def log_printing(request: HttpRequest, submission: Submission, reason: str) -> None:
    """Log that the user prints the sensitive answers. Raises ValidationError without a reason, PermissionDenied."""
    sealed = find_sealed("submission", str(submission.pk), request.user)
    if sealed is None or not user_can_see_sensitive(request.user, submission):
        raise PermissionDenied
    reason = " ".join(reason.split())
    if not reason:
        raise ValidationError(_("Please say why you need to see this."))
    questions = submission.version.document.questions.values()
    labels = "、".join(placed.item.label for placed in questions if placed.item.sensitive)
    log_reveal(sealed, request.user, labels, reason, request.META.get("REMOTE_ADDR"))
