"""A revision as people read it: what was asked, what was said, and nothing sensitive."""

import pytest

from forms.filling.models import Draft
from forms.submissions.actions import CommentOn, ReturnSubmission, SubmitDraft
from forms.submissions.diff import changes_between
from forms.submissions.reading import Reading
from tests.factories.forms import make_submission, make_version, one_step, question
from tests.forms.submissions.conftest import ANSWERS

pytestmark = pytest.mark.django_db

GUARDIANS = {"guardians": [{"guardian": "王大山", "tel": "13812345678"}, {"guardian": "李秀英"}]}


@pytest.fixture
def submission(people, version):
    return make_submission(version, people.teacher, {**ANSWERS, **GUARDIANS}, school=people.school)


def read(submission, number=1, **how) -> Reading:
    return Reading(submission.revisions.select_related("version").get(number=number), **how)


def lines_of(reading) -> dict:
    return {line.label: line for line in reading.steps[0].lines}


def test_answers_stand_under_the_labels_of_their_questions(submission):
    lines = lines_of(read(submission))
    assert lines["儿童姓名"].text == "王小明"
    assert lines["见面日期"].text == ""
    assert "什么病" not in lines


def test_sensitive_answers_are_masked_unless_opened(submission):
    lines = lines_of(read(submission))
    assert lines["证件号码"].masked
    assert "110101201501011237" not in str(read(submission).steps)
    assert "13812345678" not in str(read(submission).steps)
    assert lines_of(read(submission, opened=True))["证件号码"].text == "110101201501011237"


def test_a_label_that_names_a_sensitive_answer_does_not_tell_it(people):
    version = make_version(
        one_step(
            question("text", "card", sensitive=True, purpose="核对"),
            question("text", "why", label="${card}有何不同"),
        )
    )
    submission = make_submission(version, people.teacher, {"card": "秘密号码", "why": "无"})
    assert "秘密号码" not in str(read(submission).steps)


def test_the_items_of_a_roster_make_a_table(submission):
    roster = lines_of(read(submission))["监护人"]
    assert roster.columns == ["监护人姓名", "电话"]
    assert [item.label for item in roster.items] == ["监护人 1 · 王大山", "监护人 2 · 李秀英"]


def test_a_comment_stands_at_its_answer(people, submission):
    item = submission.revisions.get().answers.items("guardians")[1]
    said = [CommentOn("talk", "请写详细"), CommentOn("tel", "请补电话", item)]
    ReturnSubmission(submission, people.head, said).execute()
    lines = lines_of(read(submission, comments=submission.comments.open().by_answer()))
    assert [one.text for one in lines["谈话内容"].comments] == ["请写详细"]
    assert [one.text for one in lines["监护人"].items[1].lines[1].comments] == ["请补电话"]


def correct(people, submission, change):
    ReturnSubmission(submission, people.head, comment="请修改").execute()
    draft = Draft.objects.get(pk=submission.pk)
    answers = draft.answers
    change(answers)
    draft.keep(answers)
    draft.revision += 1
    draft.save()
    SubmitDraft(draft, people.teacher).execute()


def test_the_difference_names_each_changed_answer_and_masks_the_sensitive(people, submission):
    def change(answers):
        answers.put("talk", "谈了家里的事")
        answers.put("card", "110101201501011253")
        answers.put("ill", "yes")
        answers.put("illness", "感冒")
        answers.remove_item("guardians", answers.items("guardians")[1])

    correct(people, submission, change)
    found = {one.label: one for one in changes_between(read(submission), read(submission, 2))}
    assert set(found) == {"谈话内容", "证件号码", "是否生病", "什么病", "监护人姓名"}
    assert (found["谈话内容"].old, found["谈话内容"].new) == ("谈了学习", "谈了家里的事")
    assert (found["监护人姓名"].old, found["监护人姓名"].new) == ("李秀英", "")
    assert "11010120150101125" not in str(found)


def test_reading_takes_no_query_an_answer(submission, django_assert_num_queries):
    revision = submission.revisions.select_related("version").get()
    with django_assert_num_queries(0):
        str(Reading(revision).steps)
