"""The pages of submissions: who sees them, what they show and do."""

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forms.models import RevealLog
from forms.submissions.actions import AssignReviewer, CommentOn, ReturnSubmission, SubmitDraft
from forms.submissions.models import Submission, SubmissionState
from tests.factories.forms import make_submission, make_version
from tests.forms.submissions.conftest import ANSWERS, visit_form

pytestmark = pytest.mark.django_db

CARD = ANSWERS["card"]
SEES = ["teacher", "head", "editor", "bureau_editor", "bureau_admin", "inspector"]
SEES_NOT = ["colleague", "other_head", "nobody"]


@pytest.fixture
def submission(people, version):
    return make_submission(version, people.teacher, ANSWERS, school=people.school)


def browse(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(submission, name="forms_submission") -> str:
    return reverse(name, args=[submission.pk])


@pytest.mark.parametrize("role", SEES)
@pytest.mark.parametrize("name", ["forms_submission", "forms_submission_pdf"])
def test_those_who_may_see_it_see_it_masked(role, name, people, submission):
    answer = browse(getattr(people, role)).get(page(submission, name))
    assert answer.status_code == 200
    assert CARD not in answer.content.decode(errors="ignore")


@pytest.mark.parametrize("role", SEES_NOT)
@pytest.mark.parametrize("name", ["", "_pdf", "_review", "_assign", "_withdraw"])
def test_for_all_others_there_is_nothing(role, name, people, submission):
    client = browse(getattr(people, role))
    address = page(submission, f"forms_submission{name}")
    assert client.get(address).status_code == 404
    if name:
        assert client.post(address, {"decision": "approve", "revision": 1}).status_code == 404
    assert Submission.objects.get().state == SubmissionState.SUBMITTED


def test_visitors_are_asked_to_log_in(client, submission):
    for name in ("forms_submissions", "forms_to_review"):
        assert client.get(reverse(name)).status_code == 302
    assert client.get(page(submission)).status_code == 302


@pytest.mark.parametrize("role", [*SEES, *SEES_NOT])
def test_the_admin_shows_it_to_heads_editors_and_the_bureau_alone(role, people, submission):
    client = browse(getattr(people, role))
    address = page(submission, "submissions_modeladmin_inspect")
    answer = client.get(address)
    allowed = role in SEES and role != "teacher"
    assert (answer.status_code == 200) == allowed
    assert CARD not in answer.content.decode()
    listed = client.get(reverse("submissions_modeladmin_index"))
    assert (submission.receipt in listed.content.decode()) == allowed


def test_a_head_returns_it_with_a_comment_at_an_answer(people, submission):
    client = browse(people.head)
    shown = client.get(page(submission, "forms_submission_review")).content.decode()
    assert 'name="comment::talk"' in shown
    data = {"revision": 1, "decision": "return", "comment::talk": "请写详细", "comment": ""}
    answer = client.post(page(submission, "forms_submission_review"), data, follow=True)
    assert answer.redirect_chain[-1][0] == page(submission)
    submission.refresh_from_db()
    assert submission.state == SubmissionState.RETURNED
    assert "请写详细" in browse(people.teacher).get(page(submission)).content.decode()


def test_comments_are_not_lost_by_approving(people, submission):
    data = {"revision": 1, "decision": "approve", "comment::talk": "请写详细"}
    answer = browse(people.head).post(page(submission, "forms_submission_review"), data)
    assert answer.status_code == 422
    assert "请写详细" in answer.content.decode()
    assert Submission.objects.get().state == SubmissionState.SUBMITTED


def test_comments_are_not_lost_when_somebody_was_there_before(people, submission):
    ReturnSubmission(submission, people.bureau_editor, comment="先改").execute()
    data = {"revision": 1, "decision": "return", "comment::talk": "请写详细"}
    answer = browse(people.head).post(page(submission, "forms_submission_review"), data)
    assert answer.status_code == 409
    assert "请写详细" in answer.content.decode()


def test_a_head_approves_in_the_admin_and_stays_there(people, submission):
    address = page(submission, "forms_admin_submission_review")
    answer = browse(people.head).post(address, {"revision": 1, "decision": "approve"})
    assert answer["location"] == page(submission, "submissions_modeladmin_inspect")
    assert Submission.objects.get().state == SubmissionState.APPROVED


def test_a_decision_is_one_of_the_two(people, submission):
    answer = browse(people.head).post(
        page(submission, "forms_submission_review"), {"revision": 1, "decision": "x"}
    )
    assert answer.status_code == 422


@pytest.mark.parametrize("role", ["teacher", "editor", "inspector"])
def test_who_does_not_review_has_no_review_page(role, people, submission):
    client = browse(getattr(people, role))
    assert client.get(page(submission, "forms_submission_review")).status_code == 403
    answer = client.post(page(submission, "forms_submission_review"), {"revision": 1, "decision": "approve"})
    assert answer.status_code == 403


def test_the_owner_withdraws_after_confirming(people, submission):
    client = browse(people.teacher)
    assert client.get(page(submission, "forms_submission_withdraw")).status_code == 200
    assert Submission.objects.get().state == SubmissionState.SUBMITTED
    client.post(page(submission, "forms_submission_withdraw"))
    assert Submission.objects.get().state == SubmissionState.WITHDRAWN


def test_it_is_given_to_those_who_may_review_it(people, submission):
    client = browse(people.head)
    address = page(submission, "forms_submission_assign")
    assert client.post(address, {"reviewer": people.other_head.pk}).status_code == 422
    client.post(address, {"reviewer": people.bureau_editor.pk})
    assert Submission.objects.get().reviewer == people.bureau_editor
    client.post(address, {"reviewer": ""})
    assert Submission.objects.get().reviewer is None


def test_my_list_has_what_was_returned_first(people, version, submission):
    newer = make_submission(version, people.teacher, {**ANSWERS, "child": "李小红"}, school=people.school)
    ReturnSubmission(submission, people.head, comment="请补充").execute()
    shown = browse(people.teacher).get(reverse("forms_submissions")).content.decode()
    assert shown.index(submission.receipt) < shown.index(newer.receipt)


def test_a_head_sees_what_waits_for_her(people, version, submission):
    make_submission(version, people.other_head, {**ANSWERS, "child": "别校人"}, school=people.other)
    shown = browse(people.head).get(reverse("forms_to_review")).content.decode()
    assert submission.receipt in shown
    assert "别校人" not in shown
    assert browse(people.teacher).get(reverse("forms_to_review")).status_code == 403


def test_what_was_given_to_me_stands_first(people, version, submission):
    later = make_submission(version, people.teacher, {**ANSWERS, "child": "李小红"}, school=people.school)
    AssignReviewer(later, people.head, people.bureau_editor).execute()
    shown = browse(people.head).get(reverse("forms_to_review")).content.decode()
    assert shown.index(later.receipt) < shown.index(submission.receipt)


def queries_of(client, address) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


@pytest.mark.parametrize("name", ["forms_submissions", "forms_to_review", "submissions_modeladmin_index"])
def test_lists_take_as_many_queries_for_one_as_for_many(name, people, version, submission):
    own = name == "forms_submissions"
    client, address = browse(people.head), reverse(name)
    make_submission(version, people.head, ANSWERS, school=people.school)
    client.get(address)
    before = queries_of(client, address)
    for child in "赵钱孙李周吴郑王":
        owner = people.head if own else people.teacher
        make_submission(version, owner, {**ANSWERS, "child": f"{child}某"}, school=people.school)
    assert queries_of(client, address) == before
    assert before <= 24  # the frame of the admin alone asks for a dozen


def ask(user, **filters) -> str:
    return browse(user).get(reverse("submissions_modeladmin_index"), filters).content.decode()


def test_the_list_is_filtered_by_form_state_period_and_reviewer(people, version, submission):
    other = make_submission(make_version(visit_form()), people.teacher, ANSWERS, school=people.school)
    AssignReviewer(other, people.head, people.head).execute()
    ReturnSubmission(other, people.head, comment="请补充").execute()
    for filters, found in (
        ({"form": version.form_id}, submission),
        ({"state": "submitted"}, submission),
        ({"reviewer": "nobody"}, submission),
        ({"state": "returned"}, other),
        ({"reviewer": "mine"}, other),
    ):
        shown = ask(people.head, **filters)
        assert found.receipt in shown, filters
        assert ({submission, other} - {found}).pop().receipt not in shown, filters
    assert submission.receipt not in ask(people.head, since="2999-01-01")
    assert submission.receipt not in ask(people.head, until="1999-01-01")


def test_the_list_is_filtered_by_the_answers_of_the_chosen_form(people, version, submission):
    older = {**ANSWERS, "child": "李小红", "grade": 6, "met_on": "2026-11-02"}
    other = make_submission(version, people.teacher, older, school=people.school)
    for filters, found in (
        ({"a1": "小明"}, submission),
        ({"a2_to": "4"}, submission),
        ({"a2": "5"}, other),
        ({"a3": "2026-11-01", "a3_to": "2026-11-30"}, other),
    ):
        shown = ask(people.head, form=version.form_id, **filters)
        assert found.receipt in shown, filters
        assert ({submission, other} - {found}).pop().receipt not in shown, filters


def test_a_filter_that_is_none_says_so_and_shows_nothing(people, submission):
    for filters in ({"state": "x"}, {"form": "x"}, {"since": "gestern"}, {"school": "999999"}):
        assert submission.receipt not in ask(people.head, **filters)


def test_an_address_carries_no_lookup_into_the_query(people, submission):
    shown = ask(people.head, submitted_by__password__startswith="a", state__exact="approved")
    assert submission.receipt in shown


def test_the_search_finds_receipt_summary_and_name(people, submission):
    for words in (submission.receipt, "小明", "赵老师"):
        assert submission.receipt in ask(people.bureau_editor, q=words)
    assert submission.receipt not in ask(people.bureau_editor, q=CARD)


def test_many_are_approved_after_confirming(people, version, submission):
    client = browse(people.head)
    address, mark = reverse("forms_admin_approve_many"), f"{submission.pk}:1"
    shown = client.post(address, {"chosen": [mark, f"{uuid.uuid4()}:1", "x"]}).content.decode()
    assert submission.receipt in shown
    assert Submission.objects.get().state == SubmissionState.SUBMITTED
    shown = client.post(address, {"chosen": [mark], "confirmed": "1"}).content.decode()
    assert submission.receipt in shown
    assert Submission.objects.get().state == SubmissionState.APPROVED


def test_the_page_shows_what_changed_and_what_was_said(people, submission):
    ReturnSubmission(submission, people.head, [CommentOn("talk", "请写详细")], "整体不错").execute()
    draft = submission_draft(submission)
    answers = draft.answers
    answers.put("talk", "谈了家里的事")
    draft.keep(answers)
    draft.save()
    SubmitDraft(draft, people.teacher).execute()
    shown = browse(people.head).get(page(submission)).content.decode()
    assert "<del>谈了学习</del>" in shown
    assert "<ins>谈了家里的事</ins>" in shown
    assert "整体不错" in shown
    older = browse(people.head).get(page(submission), {"revision": "1"}).content.decode()
    assert "请写详细" in older


def submission_draft(submission):
    from forms.filling.models import Draft

    return Draft.objects.get(pk=submission.pk)


@pytest.mark.parametrize("text", ["0", "99", "x", "٣", "-1"])
def test_a_revision_that_is_none_shows_the_newest(text, people, submission):
    assert browse(people.head).get(page(submission), {"revision": text}).status_code == 200


def test_sensitive_answers_are_printed_for_a_reason_that_is_logged(people, submission):
    client = browse(people.head)
    assert client.post(page(submission, "forms_submission_pdf"), {"reason": " "}).status_code == 302
    assert not RevealLog.objects.exists()
    answer = client.post(page(submission, "forms_submission_pdf"), {"reason": "核对身份"})
    assert answer["content-type"] == "application/pdf"
    log = RevealLog.objects.get()
    assert (log.user, log.reason) == (people.head, "核对身份")
    assert (
        browse(people.editor).post(page(submission, "forms_submission_pdf"), {"reason": "看看"}).status_code
        == 403
    )
