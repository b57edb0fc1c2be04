"""Handing in: once, whole, and only what counts."""

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from wagtail.models import ModelLogEntry, ReferenceIndex

from forms.definitions.actions import SetFormState
from forms.filling.models import Draft, DraftState
from forms.submissions.actions import CommentOn, ReturnSubmission, SubmitDraft, WithdrawSubmission
from forms.submissions.errors import ConflictError, IncompleteError
from forms.submissions.models import Submission, SubmissionState
from tests.factories.forms import make_draft, make_version, one_step, question
from tests.forms.submissions.conftest import ANSWERS

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(people, version):
    return make_draft(version, people.teacher, ANSWERS, school=people.school)


def correct(draft, **answers):
    """Change answers as the filling does."""
    draft = Draft.objects.get(pk=draft.pk)
    found = draft.answers
    for name, value in answers.items():
        found.put(name, value)
    draft.keep(found)
    draft.revision += 1
    draft.save()
    return draft


def test_a_draft_becomes_a_submission_of_its_uuid(people, draft):
    submission = SubmitDraft(draft, people.teacher).execute()
    assert submission.pk == draft.pk
    assert (submission.school, submission.submitted_by) == (people.school, people.teacher)
    assert submission.state == SubmissionState.SUBMITTED
    assert submission.receipt.startswith("JFJL-")
    assert submission.summary == "王小明 3年级"
    assert draft.state == DraftState.SUBMITTED


def test_the_same_again_is_the_same_submission(people, draft):
    first = SubmitDraft(draft, people.teacher).execute()
    again = SubmitDraft(draft, people.teacher, revision_seen=0).execute()
    assert again.receipt == first.receipt
    assert first.revisions.count() == first.events.count() == 1


def test_other_answers_under_the_same_uuid_are_a_conflict(people, draft):
    SubmitDraft(draft, people.teacher).execute()
    Draft.objects.filter(pk=draft.pk).update(
        kept_answers=make_draft(draft.version, people.teacher, {"child": "李四", "grade": 1}).kept_answers
    )
    with pytest.raises(ConflictError):
        SubmitDraft(draft, people.teacher).execute()
    assert Submission.objects.get().revisions.count() == 1


def test_a_path_with_errors_is_not_handed_in(people, version):
    draft = make_draft(version, people.teacher, {"child": "王小明", "ill": "yes"})
    with pytest.raises(IncompleteError) as raised:
        SubmitDraft(draft, people.teacher).execute()
    assert set(raised.value.outcome.errors) == {("", "grade"), ("", "illness")}
    assert not Submission.objects.exists()
    draft.refresh_from_db()
    assert draft.state == DraftState.OPEN


def test_what_is_off_the_path_stays_in_the_draft_and_counts_nowhere(people, version):
    draft = make_draft(version, people.teacher, {**ANSWERS, "ill": "no", "illness": "感冒"})
    submission = SubmitDraft(draft, people.teacher).execute()
    assert draft.answers.get("illness") == "感冒"
    assert submission.revisions.get().answers.get("illness") is None
    assert not submission.indexed.filter(question="illness").exists()


def test_only_the_owner_hands_in(people, draft):
    for user in (people.colleague, people.head, people.bureau_admin):
        with pytest.raises(PermissionDenied):
            SubmitDraft(draft, user).execute()


def test_a_draft_that_moved_on_since_it_was_seen_is_a_conflict(people, draft):
    correct(draft, talk="别的")
    with pytest.raises(ConflictError):
        SubmitDraft(draft, people.teacher, revision_seen=0).execute()


def test_a_closed_form_takes_in_what_was_returned_and_nothing_new(people, version, draft):
    submission = SubmitDraft(draft, people.teacher).execute()
    ReturnSubmission(submission, people.head, comment="请补充").execute()
    SetFormState(version.form, "closed").execute()
    assert SubmitDraft(draft, people.teacher).execute().state == SubmissionState.RESUBMITTED
    with pytest.raises(ValidationError):
        SubmitDraft(make_draft(version, people.teacher, ANSWERS), people.teacher).execute()


def test_a_test_run_and_a_discarded_draft_are_not_handed_in(people, version):
    with pytest.raises(ValidationError):
        SubmitDraft(make_draft(version, people.teacher, ANSWERS, is_test=True), people.teacher).execute()
    with pytest.raises(ConflictError):
        SubmitDraft(
            make_draft(version, people.teacher, ANSWERS, state=DraftState.DISCARDED), people.teacher
        ).execute()


def test_a_correction_is_a_new_revision_and_answers_the_comments(people, draft):
    submission = SubmitDraft(draft, people.teacher).execute()
    ReturnSubmission(submission, people.head, [CommentOn("talk", "请写详细")]).execute()
    draft = correct(draft, talk="谈了学习和生活", met_on="2026-11-20")
    submission = SubmitDraft(draft, people.teacher, revision_seen=draft.revision).execute()
    assert (submission.state, submission.revision) == (SubmissionState.RESUBMITTED, 2)
    assert [one.answers.get("talk") for one in submission.revisions.all()] == ["谈了学习", "谈了学习和生活"]
    assert submission.comments.get().resolved_in == 2
    assert submission.indexed.get(question="met_on").day.isoformat() == "2026-11-20"


def test_a_late_repetition_of_the_first_click_is_no_correction(people, draft):
    submission = SubmitDraft(draft, people.teacher, revision_seen=0).execute()
    ReturnSubmission(submission, people.head, comment="请补充").execute()
    again = SubmitDraft(draft, people.teacher, revision_seen=0).execute()
    assert (again.state, again.revision) == (SubmissionState.RETURNED, 1)


def test_what_was_withdrawn_is_not_handed_in_again(people, draft):
    submission = SubmitDraft(draft, people.teacher).execute()
    WithdrawSubmission(submission, people.teacher).execute()
    assert SubmitDraft(draft, people.teacher).execute().state == SubmissionState.WITHDRAWN


def test_sensitive_answers_are_nowhere_in_the_rows_of_a_submission(people, draft):
    SubmitDraft(draft, people.teacher).execute()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            assert "110101201501011237" not in str(cursor.fetchall()), table


def test_the_log_learns_the_receipt_and_not_the_child(people, draft):
    submission = SubmitDraft(draft, people.teacher).execute()
    entry = ModelLogEntry.objects.get(action="forms.submission.submit")
    assert entry.label == submission.receipt
    assert entry.user == people.teacher


def test_a_taken_receipt_is_drawn_anew(people, version, draft, monkeypatch):
    drawn = iter(["TAKEN", "TAKEN", "FRESH"])
    monkeypatch.setattr("forms.submissions.actions.submit.new_receipt", lambda *_: next(drawn))
    SubmitDraft(make_draft(version, people.teacher, ANSWERS), people.teacher).execute()
    assert SubmitDraft(draft, people.teacher).execute().receipt == "FRESH"


def test_searchable_answers_are_indexed_by_their_sort(people, version):
    draft = make_draft(version, people.teacher, {**ANSWERS, "met_on": "2026-11-24"})
    submission = SubmitDraft(draft, people.teacher).execute()
    rows = {row.question: row for row in submission.indexed.all()}
    assert set(rows) == {"child", "grade", "met_on"}
    assert rows["grade"].number == 3
    assert rows["met_on"].day.isoformat() == "2026-11-24"
    assert rows["child"].text == "王小明"


@pytest.mark.parametrize("questions", [2, 40])
def test_handing_in_takes_the_same_few_queries_however_long(people, questions, django_assert_max_num_queries):
    long = make_version(one_step(*(question("text", f"q{n}", searchable=True) for n in range(questions))))
    answers = {f"q{n}": "谈心" for n in range(questions)}
    draft = make_draft(long, people.teacher, answers, school=people.school)
    with django_assert_max_num_queries(14):
        SubmitDraft(draft, people.teacher).execute()


@pytest.mark.parametrize("name", ["Submission", "Record", "RecordImport", "Transfer", "RevealLog"])
def test_what_is_about_children_is_not_in_the_references_between_contents(name):
    assert not ReferenceIndex.model_is_indexable(apps.get_model("forms", name))
