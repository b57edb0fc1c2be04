"""What waits for the user's review, on the front page of the admin."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

from cms.service import Line, Lines, ListPanel
from forms.submissions.models import Submission

SHOWN = 10


def waiting_lines(user: Any) -> Lines:
    """Return what waits, what was given to the user first: two queries."""
    waiting = Submission.objects.to_review_by(user)
    rows = waiting.given_first(user).select_related("form", "school", "submitted_by")[:SHOWN]
    return Lines([_line(one) for one in rows], waiting.count())


def _line(submission: Submission) -> Line:
    return Line(
        title=submission.summary or submission.receipt,
        kind=submission.form.title,
        school=submission.school.name if submission.school else "",
        url=reverse("forms_admin_submission_review", args=[submission.pk]),
        when=submission.changed_at,
        who=str(submission.submitted_by or _("A member of the public")),
    )


def review_panels(user: Any) -> list[Component]:
    """Return the panel; it is not there when nothing waits."""
    return [
        ListPanel(
            "forms-waiting", _("Forms waiting for my review"), waiting_lines(user), who=_("Submitted by"),
            when=_("Waiting since"), since=True, to_do=True, verb=_("Review"), hide_empty=True,
        )
    ]  # fmt: skip
