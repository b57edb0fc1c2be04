"""What came back to be corrected, with the reviewer's words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from forms.submissions.models import Submission, SubmissionState
from forms.submissions.trail import AnswerComment, EventKind, SubmissionEvent

MOST = 50


@dataclass(frozen=True)
class Said:
    """What was said at one answer."""

    label: str
    text: str


@dataclass(frozen=True)
class Returned:
    """A submission to be corrected: the word on the whole, and those at answers."""

    submission: Submission
    event: SubmissionEvent | None
    said: list[Said]


def returned_to(user: Any) -> list[Returned]:
    """Return what the user handed in and has to correct, the longest waiting first. Three queries."""
    events = SubmissionEvent.objects.filter(kind=EventKind.RETURNED).select_related("user").order_by("-pk")
    submissions = (
        Submission.objects.filter(submitted_by=user, state=SubmissionState.RETURNED)
        .select_related("form", "version", "subject")
        .prefetch_related(
            Prefetch("events", events, to_attr="returns"),
            Prefetch("comments", AnswerComment.objects.open(), to_attr="open_comments"),
        )
        .order_by("decided_at", "pk")
    )
    return [Returned(one, next(iter(one.returns), None), _said(one)) for one in submissions[:MOST]]


def _said(submission: Submission) -> list[Said]:
    document = submission.version.document
    known = {**document.questions, **document.rosters}
    comments: list[AnswerComment] = submission.open_comments  # type: ignore[attr-defined]
    return [
        Said(known[one.question].item.label if one.question in known else one.question, one.text)
        for one in comments
    ]
