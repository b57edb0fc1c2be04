"""One submission: its answers, its history, what was said about it, and what changed."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from forms.sealing.permissions import user_can_see_sensitive
from forms.submissions.diff import Change, changes_between
from forms.submissions.models import Submission, SubmissionRevision, SubmissionState
from forms.submissions.permissions import user_owns_submission
from forms.submissions.reading import Reading
from forms.submissions.views.surfaces import SubmissionView


class SubmissionPage(SubmissionView):
    """The page of a submission, for its owner and for who reviews it. `?revision=` shows an older one."""

    template = "forms/submissions/detail.html"

    def get(self, request: HttpRequest, uuid: uuid.UUID) -> HttpResponse:
        submission = self.submission(request, uuid)
        return self.show(request, submission, **detail_context(request, submission))


def detail_context(request: HttpRequest, submission: Submission) -> dict[str, Any]:
    """Return what the page shows, and the admin's own: as many queries, however much there is to show."""
    revisions = list(submission.revisions.select_related("version", "created_by"))
    by_number = {one.number: one for one in revisions}
    asked = request.GET.get("revision", "")
    shown = by_number.get(int(asked) if asked.isascii() and asked.isdigit() else 0)
    shown = shown or by_number[submission.revision]
    comments = submission.comments.select_related("made_by")
    said = [one for one in comments if one.revision == shown.number]
    reading = Reading(shown, comments=_by_answer(said))
    changes = _changes(by_number.get(shown.number - 1), reading)
    steps = reading.steps
    owns = user_owns_submission(request.user, submission)
    return {
        "revision": shown,
        "revisions": revisions,
        "is_newest": shown.number == submission.revision,
        "steps": steps,
        "has_masked": reading.has_masked,
        "scores": reading.scores,
        "changes": changes,
        "open_comments": [one for one in said if one.resolved_in is None],
        "events": list(submission.events.select_related("user", "reviewer").order_by("-pk")),
        "owns": owns,
        "to_correct": owns and submission.state == SubmissionState.RETURNED,
        "correct_url": reverse("forms_resume", args=[submission.pk]),
        "may_open": user_can_see_sensitive(request.user, submission),
    }


def _by_answer(comments: list[Any]) -> dict[tuple[str, str], list[Any]]:
    found: dict[tuple[str, str], list[Any]] = {}
    for comment in comments:
        found.setdefault((comment.item, comment.question), []).append(comment)
    return found


def _changes(before: SubmissionRevision | None, now: Reading) -> list[Change]:
    return changes_between(Reading(before), now) if before is not None else []
