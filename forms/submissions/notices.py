"""E-mail about submissions: to the owner when it comes back or is approved, to whom it is given to review.

Each notice is a task, put down in the transaction of the step and sent by the worker. It names the form and the
receipt number and leads to the page; it never holds an answer, a comment or a name of who the form is about.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override
from django_tasks import task

from forms.submissions.trail import EventKind, SubmissionEvent

FOLDER = "forms/submissions/mail"


def tell(event: SubmissionEvent) -> None:
    """Have the person told whom the step concerns. Call it in the step's transaction."""
    if _reader_id(event) is not None:
        send_notice.enqueue(event.pk)


def _reader_id(event: SubmissionEvent) -> int | None:
    return event.reviewer_id if event.kind == EventKind.ASSIGNED else event.submission.submitted_by_id


@task()
def send_notice(event_id: int) -> int:
    """Send the notice of a step; return how many went out. Raises what the mail server raises."""
    found = SubmissionEvent.objects.select_related(
        "submission__form", "submission__submitted_by", "reviewer", "user"
    )
    event = found.filter(pk=event_id).first()
    if event is None:
        return 0
    reader = event.reviewer if event.kind == EventKind.ASSIGNED else event.submission.submitted_by
    if reader is None or not reader.is_active or not reader.email:
        return 0
    with override(settings.LANGUAGE_CODE):
        return _message(event, reader).send()


def _message(event: SubmissionEvent, reader: Any) -> EmailMessage:
    submission = event.submission
    context = {
        "event": event,
        "submission": submission,
        "reader": reader,
        "address": settings.SITE_URL + reverse("forms_submission", args=[submission.pk]),
    }
    subject = " ".join(render_to_string(f"{FOLDER}/{event.kind}_subject.txt", context).split())
    return EmailMessage(subject, render_to_string(f"{FOLDER}/{event.kind}.txt", context), to=[reader.email])
