"""Submissions are found by those who may see them, by the answers that are searchable, as soon as they change."""

from datetime import date

import pytest

from cms.schools.actions.closing import MergeSchools
from forms.definitions.actions import PublishForm
from forms.filling.actions import SaveAnswers
from forms.filling.models import Draft
from forms.packs.invented import invented_id_number
from forms.submissions.actions import (
    ApproveSubmission,
    ReturnSubmission,
    SubmitDraft,
    WithdrawSubmission,
)
from forms.submissions.models import Submission
from search.rebuild import compare
from search.service import Document
from tests.factories.forms import make_form, make_submission, make_version, one_step, question
from tests.factories.registers import make_record
from tests.forms.findable.conftest import VISIT

pytestmark = pytest.mark.django_db
CARD = invented_id_number(date(2015, 1, 1), "male")
ANSWERS = {"who": "王小明", "card": CARD, "talk": "谈了寄宿后的思念", "aside": "私下的话"}


@pytest.fixture
def submission(archive, people) -> Submission:
    return make_submission(archive, people.teacher, ANSWERS, school=people.school)


def document_of(submission: Submission) -> Document:
    from forms.findable.sources import SubmissionSource

    document = SubmissionSource().document(str(submission.pk), 1)
    assert document is not None
    return document


def test_a_searchable_answer_is_found(submission, people, found):
    assert found("寄宿 思念", people.teacher) == ["儿童档案 王小明"]


def test_the_summary_shows_searchable_answers_alone(submission, found, people):
    assert document_of(submission).title == "儿童档案 王小明"


@pytest.mark.parametrize("text", ["私下的话", CARD, CARD[:14], CARD[-4:]])
def test_no_other_answer_is_found(submission, people, found, text):
    assert found(text, people.admin) == []


def test_it_is_found_by_its_receipt_number(submission, people, found):
    assert found(submission.receipt, people.head) == ["儿童档案 王小明"]


def test_those_find_it_who_may_see_it(submission, people, found, archive):
    make_submission(archive, people.colleague, ANSWERS, school=people.school)
    make_submission(archive, people.other_teacher, ANSWERS, school=people.other)
    make_submission(archive, people.bureau, ANSWERS | {"who": "李四"}, school=people.school)
    for name in ("teacher", "colleague", "editor", "head", "other_head", "bureau", "inspector", "nobody"):
        user = getattr(people, name)
        seen = sorted(str(pk) for pk in Submission.objects.for_user(user).values_list("pk", flat=True))
        assert found("", user, ids=True, filters={"kind": ["submission"]}) == seen, name


@pytest.mark.parametrize("state", ["returned", "approved", "withdrawn"])
def test_every_decision_reaches_the_index(submission, people, found, state):
    if state == "approved":
        ApproveSubmission(submission, people.head).execute()
    elif state == "returned":
        ReturnSubmission(submission, people.head, comment="请补充").execute()
    else:
        WithdrawSubmission(submission, people.teacher).execute()
    filters = {"kind": ["submission"], "status": [state]}
    assert found("思念", people.head, filters=filters) == ["儿童档案 王小明"]


def test_a_correction_replaces_the_answers(submission, people, found):
    ReturnSubmission(submission, people.head, comment="请补充").execute()
    draft = Draft.objects.get(pk=submission.pk)
    SaveAnswers(draft, draft.revision, {("", "talk"): "改说学习进步"}, people.teacher, step="first").execute()
    draft.refresh_from_db()
    SubmitDraft(draft, people.teacher).execute()
    assert found("学习进步", people.head) == ["儿童档案 王小明"]
    assert found("思念", people.head) == []


def test_facets_are_kind_school_year_and_state(submission):
    facets = document_of(submission).facets
    assert set(facets) == {"school", "township", "school_year", "status"}
    assert facets["school"] == ["甲小学"]


def test_a_new_version_that_takes_the_mark_away_takes_the_answers_out(submission, people, found, archive):
    assert found("思念", people.head)
    closed = [one | ({"searchable": False} if one["name"] == "talk" else {}) for one in VISIT]
    PublishForm(archive.form, archive.content | one_step(*closed, title="儿童档案")).execute()
    assert found("思念", people.head) == []
    assert found("王小明", people.head, filters={"kind": ["submission"]}) != []


def test_a_new_version_that_marks_an_answer_puts_the_old_ones_in(submission, people, found, archive):
    opened = [one | ({"searchable": True} if one["name"] == "aside" else {}) for one in VISIT]
    PublishForm(archive.form, archive.content | one_step(*opened, title="儿童档案")).execute()
    assert found("私下的话", people.head) != []


def test_an_answer_that_became_sensitive_is_out_for_good(people, found):
    first = make_version(one_step(question("text", "note", searchable=True)))
    make_submission(first, people.teacher, {"note": "父母离异"}, school=people.school)
    assert found("离异", people.head)
    sealed = one_step(question("text", "note", sensitive=True))
    PublishForm(first.form, sealed).execute()
    assert found("离异", people.head) == []
    PublishForm(first.form, first.content | {"intro": "又改"}).execute()
    assert found("离异", people.head) == []


def test_what_is_worked_out_from_a_sensitive_answer_is_not_found(people, found):
    version = make_version(
        one_step(
            question("text", "secret", sensitive=True),
            question("calculation", "copy", calculation="concat('号', ${secret})", searchable=True),
            question("text", "again", default="=${copy}", searchable=True),
        )
    )
    answers = {"secret": "密码甲乙", "again": "号密码甲乙"}
    make_submission(version, people.teacher, answers, school=people.school)
    assert found("密码甲乙", people.admin) == []


def test_an_id_number_typed_into_a_text_is_left_out(people, found):
    version = make_version(one_step(question("text", "note", searchable=True)))
    make_submission(version, people.teacher, {"note": f"证件{CARD}已核对"}, school=people.school)
    assert found("已核对", people.head)
    assert found(CARD, people.head) == []


def test_a_choice_is_found_by_its_label(people, found):
    content = one_step(question("choice", "why", list="whys", searchable=True))
    lists = {"whys": {"choices": [{"value": "a", "label": "父母外出务工"}]}}
    make_submission(
        make_version(content | {"lists": lists}), people.teacher, {"why": "a"}, school=people.school
    )
    assert found("外出务工", people.head, filters={"kind": ["submission"]})


def test_the_child_it_is_about_is_found_while_the_child_is_of_the_school(people, found, visit, register):
    record = make_record(register, people.school, people.teacher, child="赵小兰")
    visit_answers = {"who": "", "talk": "天气很好"}
    made = make_submission(
        visit, people.teacher, visit_answers, school=people.school, subject=record, subject_version=1
    )
    only = {"kind": ["submission"]}
    assert found("赵小兰", people.head, ids=True, filters=only) == [str(made.pk)]
    record.school = people.other
    record.save()
    assert found("赵小兰", people.head, filters=only) == []


def test_merging_schools_leaves_each_reader_what_she_may_see(submission, people, found):
    MergeSchools(people.school, people.other, user=people.admin).execute()
    for name in ("teacher", "head", "other_head", "bureau"):
        user = type(people.head).objects.get(pk=getattr(people, name).pk)
        seen = Submission.objects.for_user(user).exists()
        assert bool(found("思念", user, filters={"kind": ["submission"]})) is seen, name


def test_what_is_deleted_is_gone(submission, people, found):
    assert found("思念", people.admin, filters={"kind": ["submission"]})
    form = make_form(one_step(question("text", "note", searchable=True)))
    lone = make_submission(form.live, people.teacher, {"note": "要删除的话"}, school=people.school)
    assert found("删除的话", people.admin)
    lone.delete()
    assert found("删除的话", people.admin) == []


def test_after_all_that_index_and_database_agree(submission, people, found, index):
    ApproveSubmission(submission, people.head).execute()
    found("", people.admin)
    assert compare(index).keys == []
