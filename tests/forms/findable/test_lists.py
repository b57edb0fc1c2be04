"""The search boxes over the lists of submissions, records and forms, whatever the writing."""

import pytest

from forms.definitions.models import Form
from forms.registers.filters import RecordFilter
from forms.registers.models import Record
from forms.submissions.models import Submission
from tests.factories.forms import make_form, make_submission
from tests.factories.registers import make_record

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("text", ["王晓", "王曉東", "王晓 档案", "ＤＸ档"])
def test_submissions_are_found_by_every_word(people, archive, text):
    one = make_submission(archive, people.teacher, {"who": "王晓东", "aside": "DX档案"}, school=people.school)
    make_submission(archive, people.teacher, {"who": "李四", "aside": "档案"}, school=people.school)
    assert list(Submission.objects.matching(text)) == [one]


def test_a_submission_without_one_of_the_words_is_not_found(people, archive):
    make_submission(archive, people.teacher, {"who": "王晓东"}, school=people.school)
    assert not Submission.objects.matching("王晓 李四").exists()


@pytest.mark.parametrize("text", ["国强", "劉國強", "lgq", "LGQ"])
def test_records_are_found_by_name_and_initials(people, register, text):
    one = make_record(register, people.school, child="刘国强")
    make_record(register, people.school, child="王小兰")
    assert list(RecordFilter(text=text).apply(Record.objects.all())) == [one]


@pytest.mark.parametrize("text", ["家訪", "记录 家", "jfjl"])
def test_forms_are_found_in_their_list(client, people, text):
    make_form(title="家访记录")
    make_form(title="别的表")
    client.force_login(people.admin)
    html = client.get("/admin/forms/", {"q": text}).content.decode()
    assert Form.objects.count() == 2
    assert "家访记录" in html
    assert "别的表" not in html
