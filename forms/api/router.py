"""/api/v1/: forms, drafts and submissions. A front end of its own can do all that the pages do."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from ninja import Body, Query, Router
from ninja import File as File_
from ninja import Form as Form_
from ninja.files import UploadedFile

from cms.service import (
    ApiProblem,
    ProblemError,
    School,
    Scope,
    client_address,
    json_response,
    not_found,
    require_scope,
)
from forms.api.access import find_draft, key_of, person, revision_asked
from forms.api.deciding import hand_in
from forms.api.presenting import draft_json, form_detail, form_summary, item_names, submission_json, written
from forms.api.schemas import (
    AnswersIn,
    ChallengeOut,
    DraftIn,
    DraftOut,
    FileOut,
    FormDetail,
    FormList,
    PossibleDuplicates,
    Slug,
    SubmissionList,
    SubmissionOut,
    SubmitIn,
)
from forms.api.taking import take
from forms.definitions.document import json_schema
from forms.definitions.models import Audience, Form
from forms.files.actions import StoreFile
from forms.filling.actions import DiscardDraft, DraftClosedError, StartDraft
from forms.filling.actions.locking import run_draft
from forms.filling.models import Draft
from forms.filling.permissions import user_can_fill
from forms.public.challenge import SuspectError
from forms.public.handing_in import Guard
from forms.public.throttle import TooOftenError, begun, count, count_for, saved, uploaded
from forms.registers.models import Record
from forms.submissions.errors import ConflictError, IncompleteError
from forms.submissions.models import Submission, SubmissionState

router = Router(tags=["表单"])
#: Nothing of this is public in the sense of the content: it is never kept by a store.
PRIVATE = {"Cache_Control": "no-store"}
SECURITY: dict[str, Any] = {"security": [{"Token": []}, {"Session": []}, {}]}
STAFF: dict[str, Any] = {"security": [{"Token": []}, {"Session": []}]}
PAGE = 50


@router.get(
    "/forms", response=FormList, summary="可以填写的表单", operation_id="list_forms", openapi_extra=SECURITY
)
def list_forms(request: HttpRequest) -> HttpResponse:
    """匿名时只列出公开表单；登录或带 `fill:forms` 令牌时，列出本人可以填写的表单。"""
    user = person(request, anonymous=True)
    found = Form.objects.open().select_related("live")
    items = [form_summary(form) for form in found if _may_fill(user, form)]
    return json_response({"items": items}, **PRIVATE)


@router.get(
    "/forms/schema", response=dict[str, Any], summary="表单定义的 JSON Schema", operation_id="get_form_schema"
)
def form_schema(request: HttpRequest) -> HttpResponse:
    """表单定义（`definition`）须符合的 JSON Schema（2020-12）。"""
    return json_response(json_schema())


@router.get(
    "/forms/{slug}", response=FormDetail, summary="一份表单", operation_id="get_form", openapi_extra=SECURITY
)
def read_form(request: HttpRequest, slug: Slug) -> HttpResponse:
    """表单定义、答案的 JSON Schema，以及条件与计算的语法树。"""
    return json_response(form_detail(_form(request, slug)), **PRIVATE)


@router.post(
    "/forms/{slug}/drafts", response={200: DraftOut, 201: DraftOut}, summary="开始填写", operation_id="create_draft",
    openapi_extra=SECURITY,
)  # fmt: skip
def create_draft(request: HttpRequest, slug: Slug, body: DraftIn) -> HttpResponse:
    """新建草稿，可以带上已有的答案；有无法采用的内容时不建草稿。

    同一 `uuid` 再次请求得到已有的草稿（200），不改其中的答案。公开表单的草稿另有 `key`，以后放在 `Draft-Key` 头中。"""
    form, user = _form(request, slug), person(request, anonymous=True)
    if user is None:
        _count_begun(request)
    start = StartDraft(
        form,
        user,
        school=_school(body.school),
        subject=_subject(body.about, user),
        parameters=body.parameters,
        uuid=body.uuid,
        copy_last=body.copy_last,
        page=body.page,
    )
    with transaction.atomic():
        draft = start.execute()
        if body.answers and start.made:
            take(draft.pk, None, body.answers, user)
    draft = Draft.objects.with_form().get(pk=draft.pk)
    return draft_answer(draft, draft_json(draft, run_draft(draft), key_of(draft)), 201 if start.made else 200)


@router.get(
    "/drafts/{uuid:uuid}",
    response=DraftOut,
    summary="一份填写草稿",
    operation_id="get_form_draft",
    openapi_extra=SECURITY,
)
def read_draft(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """现有答案，以及由此得出的路径、显示与否、计算结果和错误。`ETag` 是修订号。"""
    draft, _user = find_draft(request, uuid)
    return draft_answer(draft, draft_json(draft, run_draft(draft)))


@router.patch(
    "/drafts/{uuid:uuid}",
    response=DraftOut,
    summary="保存答案",
    operation_id="update_form_draft",
    openapi_extra=SECURITY,
)
def update_draft(request: HttpRequest, uuid: UUID, body: AnswersIn) -> HttpResponse:
    """保存改动的答案；`null` 表示清空。`If-Match` 必须是读到的修订号，别处已改时得到 412，不会覆盖。"""
    draft, user = find_draft(request, uuid)
    revision = revision_asked(request)
    if revision is None:
        raise ApiProblem(428, "precondition-required", _("Send the revision that you read in If-Match."))
    try:
        count_for(draft, saved(by_script=True), request)
        draft, outcome = take(draft.pk, revision, body.answers, user, body.step)
    except TooOftenError as error:
        raise _too_often(error) from error
    except DraftClosedError as error:
        raise closed() from error
    return draft_answer(draft, draft_json(draft, outcome))


@router.delete(
    "/drafts/{uuid:uuid}", response={204: None}, summary="放弃草稿", operation_id="delete_form_draft",
    openapi_extra=SECURITY,
)  # fmt: skip
def discard_draft(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """放弃一份草稿。"""
    draft, user = find_draft(request, uuid)
    try:
        DiscardDraft(draft, user=user).execute()
    except DraftClosedError as error:
        raise closed() from error
    return HttpResponse(status=204)


@router.post(
    "/drafts/{uuid:uuid}/files", response={201: FileOut}, summary="上传附件", operation_id="upload_draft_file",
    openapi_extra=SECURITY,
)  # fmt: skip
def upload_file(
    request: HttpRequest,
    uuid: UUID,
    question: Annotated[str, Form_(max_length=64)],
    file: Annotated[UploadedFile, File_()],
) -> HttpResponse:
    """为附件、照片或签名题上传一个文件，把得到的 `id` 写入该题的答案。"""
    draft, user = find_draft(request, uuid)
    try:
        count_for(draft, uploaded(), request)
    except TooOftenError as error:
        raise _too_often(error) from error
    try:
        stored = StoreFile(draft, question, file, user).execute()
    except ValidationError as error:
        raise ValidationError({question: error.messages}) from error
    response = json_response({"id": stored.pk, "name": stored.name, "size": stored.size}, **PRIVATE)
    response.status_code = 201
    return response


@router.post(
    "/drafts/{uuid:uuid}/submit",
    response={200: SubmissionOut, 201: SubmissionOut, 409: PossibleDuplicates},
    summary="提交",
    operation_id="submit_form_draft",
    openapi_extra=SECURITY,
)
def submit_draft(
    request: HttpRequest, uuid: UUID, body: Annotated[SubmitIn | None, Body()] = None
) -> HttpResponse:
    """提交草稿。重复提交得到同一份提交（200）；有错误时得到 422，逐题说明；可带 `If-Match`。

    新建档案的表单，台账中可能已有同一名儿童时得到 409 `possible-duplicates` 和疑似档案；逐一认定后放在 `duplicates` 中
    再次提交。认定与提交同时生效，提交不成时都不保存。

    公开表单未登录提交时，须先取得题目（`…/challenge`），并带上 `challenge` 和 `solution`（或 `answer`）。
    """
    draft, user = find_draft(request, uuid)
    known = Submission.objects.filter(pk=draft.pk).exists()
    guard = Guard(request, draft, body.model_dump() if body else {})
    try:
        guard.admit()
        submission = hand_in(
            draft, user, revision_asked(request), body.duplicates if body else (), guard.visitor
        )
    except (SuspectError, TooOftenError) as error:
        raise _kept_out(error, guard) from error
    except IncompleteError as error:
        raise _incomplete(error) from error
    except ConflictError as error:
        raise ApiProblem(409, "conflict", str(error)) from error
    response = json_response(submission_json(submission), **PRIVATE)
    response.status_code = 200 if known else 201
    if guard.visitor is not None:
        guard.visitor.remember(request, response)
    return response


@router.post(
    "/drafts/{uuid:uuid}/challenge", response=ChallengeOut | None, summary="取得防机器提交的题目",
    operation_id="create_draft_challenge", openapi_extra=SECURITY,
)  # fmt: skip
def make_challenge(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """公开表单未登录提交前的题目；不需要时为 `null`。"""
    draft, _user = find_draft(request, uuid)
    made = Guard(request, draft, {}).challenge()
    found = made and {
        "challenge": made.token, "nonce": made.nonce, "bits": made.bits, "question": made.question
    }  # fmt: skip
    return json_response(found, **PRIVATE)


@router.get(
    "/submissions",
    response=SubmissionList,
    summary="提交列表",
    operation_id="list_submissions",
    openapi_extra=STAFF,
)
def list_submissions(
    request: HttpRequest,
    form: Annotated[str, Query(max_length=60)] = "",
    state: Annotated[str, Query(max_length=12)] = "",
    school: Annotated[str, Query(max_length=20)] = "",
    after: Annotated[str, Query(max_length=100)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = PAGE,
) -> HttpResponse:
    """本人有权查看的提交，最新的在前；`next` 是下一页的地址。不含答案。"""
    user = require_scope(request, Scope.READ_SUBMISSIONS)
    found = Submission.objects.for_user(user).select_related("form", "version", "school")
    if form:
        found = found.filter(form__slug=form)
    if state:
        if state not in SubmissionState.values:
            raise ApiProblem(422, "bad-parameter", _("There is no such state."))
        found = found.filter(state=state)
    if school:
        found = found.filter(school__code=school)
    rows = list(_after(found.order_by("-submitted_at", "-pk"), after)[: limit + 1])
    more = rows[limit - 1] if len(rows) > limit else None
    content = {"items": [submission_json(one) for one in rows[:limit]], "next": _next(request, more)}
    return json_response(content, **PRIVATE)


@router.get(
    "/submissions/{uuid:uuid}", response=SubmissionOut, summary="一份提交", operation_id="get_submission",
    openapi_extra=STAFF,
)  # fmt: skip
def read_submission(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """一份提交及其答案，敏感答案已遮盖。"""
    user = require_scope(request, Scope.READ_SUBMISSIONS)
    found = (
        Submission.objects.for_user(user).select_related("form", "version", "school").filter(pk=uuid).first()
    )
    if found is None:
        raise not_found()
    return json_response(submission_json(found, answers=True), **PRIVATE)


def _form(request: HttpRequest, slug: str) -> Form:
    """Return a form that the person may fill in; any other is not there."""
    form = Form.objects.open().select_related("live").filter(slug=slug).first()
    if form is None or not _may_fill(person(request, anonymous=True), form):
        raise not_found()
    return form


def _may_fill(user: Any, form: Form) -> bool:
    return form.audience == Audience.PUBLIC if user is None else user_can_fill(user, form)


def _school(code: str | None) -> School | None:
    if not code:
        return None
    school = School.objects.filter(code=code).first()
    if school is None:
        raise ValidationError({"school": [_("There is no such school.")]})
    return school


def _subject(uuid: UUID | None, user: Any) -> Record | None:
    if uuid is None:
        return None
    record = Record.objects.for_user(user).filter(pk=uuid).first() if user is not None else None
    if record is None:
        raise ValidationError({"about": [_("There is no such record.")]})
    return record


def draft_answer(draft: Draft, content: dict[str, Any], status: int = 200) -> HttpResponse:
    """Answer with a draft; its revision is the ETag."""
    response = json_response(content, **PRIVATE, ETag=f'"{draft.revision}"')
    response.status_code = status
    return response


def _count_begun(request: HttpRequest) -> None:
    try:
        count(begun(), client_address(request))
    except TooOftenError as error:
        raise _too_often(error) from error


def _too_often(error: TooOftenError) -> ApiProblem:
    headers = {"Retry-After": str(error.wait)}
    return ApiProblem(429, "too-many-requests", "；".join(error.messages), headers=headers)


def _kept_out(error: ValidationError, guard: Guard) -> ApiProblem:
    guard.refused(error)
    if isinstance(error, TooOftenError):
        return _too_often(error)
    return ApiProblem(422, "challenge", "；".join(error.messages))


def closed() -> ApiProblem:
    """Return the problem of a draft that nothing changes any more."""
    return ApiProblem(
        409, "closed", _("The draft was handed in or discarded, so nothing in it changes any more.")
    )


def _incomplete(error: IncompleteError) -> ApiProblem:
    outcome = error.outcome
    names = item_names(outcome.answers)
    errors = [
        ProblemError(where="body", name=written(key, names), message="；".join(found))
        for key, found in outcome.errors.items()
    ]
    return ApiProblem(422, "incomplete", _("Some answers are missing or need another look."), errors=errors)


def _after(found: Any, after: str) -> Any:
    """Cut the list at the cursor: "time_uuid" of the last one that was read."""
    if not after:
        return found
    text, _sep, pk = after.partition("_")
    try:
        moment, last = parse_datetime(text), UUID(pk)
    except ValueError:
        moment = None
    if moment is None:
        raise ApiProblem(422, "bad-parameter", _("This cursor is none of ours."))
    from django.db.models import Q

    return found.filter(Q(submitted_at__lt=moment) | Q(submitted_at=moment, pk__lt=last))


def _next(request: HttpRequest, last: Submission | None) -> str | None:
    if last is None:
        return None
    query = request.GET.copy()
    query["after"] = f"{last.submitted_at.isoformat()}_{last.pk.hex}"
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
