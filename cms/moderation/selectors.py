"""What waits for the bureau, and what came back to a school: for dashboards, messages and mail."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from wagtail.models import TaskState, WorkflowState

from cms.people.models import WRITING_ROLES
from cms.people.permissions import school_ids_of, user_can_edit_bureau_content, user_is_bureau


def waiting_for(user: Any) -> QuerySet[TaskState]:
    """Return the submissions that the user may decide on, oldest first; none for who does not approve."""
    if not user_can_edit_bureau_content(user):
        return TaskState.objects.none()
    states = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    return states.select_related("revision", "workflow_state__requested_by").order_by("started_at")


def returned_to(user: Any) -> QuerySet[TaskState]:
    """Return the bureau's returns that the user's schools have not answered yet, newest first.

    `comment` of each is the reason, `revision` the version that was read.
    """
    from cms.pages.models import BasePage

    states = TaskState.objects.filter(
        status=TaskState.STATUS_REJECTED,
        workflow_state__status=WorkflowState.STATUS_NEEDS_CHANGES,
        workflow_state__current_task_state__isnull=False,
    )
    if not user_is_bureau(user):
        pages = BasePage.objects.filter(school__in=school_ids_of(user, *WRITING_ROLES))
        ids = [str(pk) for pk in pages.values_list("pk", flat=True)]
        states = states.filter(workflow_state__object_id__in=ids)
    return states.select_related("revision", "finished_by").order_by("-finished_at")


def reason_of_return(page: Any) -> str:
    """Return the reason with which the page came back and still waits to be mended, else an empty text."""
    state = page.current_workflow_state
    if state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return ""
    return state.current_task_state.comment if state.current_task_state else ""
