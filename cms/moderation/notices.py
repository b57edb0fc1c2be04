"""E-mail about submissions: to the bureau when a page comes in, to its author when it is decided.

Each notice is a task, put down in the transaction of the decision and sent by the worker: a mail server that is
slow, or says no, disturbs nobody's work.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override
from django_tasks import task
from wagtail.admin import signal_handlers
from wagtail.admin.mail import Notifier
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected

from cms.moderation.tasks import BureauApprovalTask
from cms.people.models import User

SUBMITTED, APPROVED, RETURNED = "submitted", "approved", "returned"


@task()
def send_notice(kind: str, task_state_id: int) -> int:
    """Send one notice to everybody it concerns; return how many went out. Raises what the mail server raises."""
    state = TaskState.objects.select_related("workflow_state__requested_by").get(pk=task_state_id)
    people = [person for person in _readers(kind, state) if person.is_active and person.email]
    if not people:
        return 0
    with override(settings.LANGUAGE_CODE):
        messages = [_message(kind, state, person) for person in people]
    return get_connection().send_messages(messages) or 0


def _readers(kind: str, state: TaskState) -> list[User]:
    author = state.workflow_state.requested_by
    if kind != SUBMITTED:
        return [author] if author else []
    groups = state.task.specific.groups.all()
    readers = User.objects.filter(groups__in=groups).distinct()
    return list(readers.exclude(pk=author.pk) if author else readers)


def _message(kind: str, state: TaskState, reader: User) -> EmailMessage:
    page = state.workflow_state.content_object.get_latest_revision_as_object()
    context = {
        "page": page,
        "school": page.school,
        "reader": reader,
        "author": state.workflow_state.requested_by,
        "comment": state.comment,
        "publish_at": page.go_live_at,
        "address": settings.WAGTAILADMIN_BASE_URL + reverse("wagtailadmin_pages:edit", args=[page.pk]),
    }
    folder = "cms/moderation/mail"
    subject = " ".join(render_to_string(f"{folder}/{kind}_subject.txt", context).split())
    return EmailMessage(subject, render_to_string(f"{folder}/{kind}.txt", context), to=[reader.email])


def tell_bureau(sender: type, instance: TaskState, **kwargs: Any) -> None:
    """A page has come in."""
    if isinstance(instance.task.specific, BureauApprovalTask):
        send_notice.enqueue(SUBMITTED, instance.pk)


def tell_author_of_approval(sender: type, instance: WorkflowState, **kwargs: Any) -> None:
    """The page was approved."""
    if instance.current_task_state_id:
        send_notice.enqueue(APPROVED, instance.current_task_state_id)


def tell_author_of_return(sender: type, instance: WorkflowState, **kwargs: Any) -> None:
    """The page came back."""
    if instance.current_task_state_id:
        send_notice.enqueue(RETURNED, instance.current_task_state_id)


def _never(*_args: Any, **_kwargs: Any) -> bool:
    return False


def connect() -> None:
    """Send our notices instead of Wagtail's, which go out inside the request."""
    for notifier in vars(signal_handlers).values():
        if isinstance(notifier, Notifier):
            notifier.can_handle = _never
    task_submitted.connect(tell_bureau, dispatch_uid="cms.moderation.tell_bureau")
    workflow_approved.connect(tell_author_of_approval, dispatch_uid="cms.moderation.tell_of_approval")
    workflow_rejected.connect(tell_author_of_return, dispatch_uid="cms.moderation.tell_of_return")
