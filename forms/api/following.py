"""/api/v1/: what becomes of drafts and submissions: mine, carried to the newest version, withdrawn."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Body

from cms.service import ApiProblem, json_response, not_found
from forms.api.access import find_draft, person
from forms.api.presenting import draft_json, submission_json
from forms.api.router import PRIVATE, SECURITY, STAFF, closed, draft_answer, router
from forms.api.schemas import CarriedOut, DraftList, SubmissionOut, WithdrawIn
from forms.filling.actions import CarryDraft, DraftClosedError
from forms.filling.actions.locking import run_draft
from forms.filling.models import Draft
from forms.submissions.actions import WithdrawSubmission
from forms.submissions.errors import ConflictError
from forms.submissions.models import Submission, SubmissionState

#: The most drafts of a list.
MOST = 100

__all__ = ["router"]


@router.get(
    "/drafts",
    response=DraftList,
    summary="我的草稿",
    operation_id="list_form_drafts",
    openapi_extra=STAFF,
)
def list_drafts(request: HttpRequest) -> HttpResponse:
    """本人尚未提交的草稿和退回修改的填写，最近改动的在前，最多 100 份。"""
    user = person(request)
    drafts = list(Draft.objects.open().for_user(user).with_form().select_related("school")[:MOST])
    returned = set(
        Submission.objects.filter(pk__in=[draft.pk for draft in drafts], state=SubmissionState.RETURNED)
        .order_by()
        .values_list("pk", flat=True)
    )
    items = [_in_short(draft, draft.pk in returned) for draft in drafts]
    return json_response({"items": items}, **PRIVATE)


def _in_short(draft: Draft, returned: bool) -> dict[str, Any]:
    return {
        "uuid": draft.pk,
        "form": draft.version.form.slug,
        "title": draft.version.form.title,
        "version": draft.version.number,
        "school": draft.school.code if draft.school else None,
        "about": draft.subject_id,
        "returned": returned,
        "revision": draft.revision,
        "changed_at": draft.updated_at.isoformat(timespec="seconds"),
    }


@router.post(
    "/drafts/{uuid:uuid}/carry",
    response=CarriedOut,
    summary="转到新版本",
    operation_id="carry_form_draft",
    openapi_extra=SECURITY,
)
def carry_draft(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """把草稿转到表单的最新版本；`changed` 说明有哪些不同。已是最新版本时不变。"""
    draft, user = find_draft(request, uuid)
    action = CarryDraft(draft, user)
    try:
        action.execute()
    except DraftClosedError as error:
        raise closed() from error
    draft = Draft.objects.with_form().get(pk=uuid)
    changed = [
        {"kind": one.kind, "question": one.name, "before": one.before, "after": one.after}
        for one in action.changed
    ]
    return draft_answer(draft, {**draft_json(draft, run_draft(draft)), "changed": changed})


@router.post(
    "/submissions/{uuid:uuid}/withdraw",
    response=SubmissionOut,
    summary="撤回提交",
    operation_id="withdraw_submission",
    openapi_extra=STAFF,
)
def withdraw_submission(
    request: HttpRequest, uuid: UUID, body: Annotated[WithdrawIn | None, Body()] = None
) -> HttpResponse:
    """撤回本人的提交；通过以后不能撤回（409）。"""
    user = person(request)
    found = (
        Submission.objects.for_user(user).select_related("form", "version", "school").filter(pk=uuid).first()
    )
    if found is None:
        raise not_found()
    try:
        done = WithdrawSubmission(found, user, body.comment if body else "").execute()
    except ConflictError as error:
        raise ApiProblem(409, "conflict", str(error)) from error
    return json_response(submission_json(done), **PRIVATE)
