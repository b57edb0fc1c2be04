"""Before a form that makes a record is handed in: is the child in the register already?"""

from __future__ import annotations

import pytest
from lxml import html

from cms.people.models import Role
from forms.filling.actions import SaveAnswers, StartDraft
from forms.filling.links import link_to
from forms.filling.models import Draft
from forms.registers.models import DuplicateAnswer, Record
from forms.submissions.models import Submission
from tests.factories import make_school, make_school_user
from tests.factories.forms import make_version, one_step, question
from tests.factories.registers import make_record, make_register
from tests.forms.filling.people import Browser

pytestmark = pytest.mark.django_db
ID = "11010519491231002X"
QUESTIONS = (
    question("name", "who", saves_to="child", required=True),
    question("id_number", "card", saves_to="id_number", sensitive=True),
    question("phone", "tel", saves_to="phone", sensitive=True),
    question("text", "klass", saves_to="class"),
)


@pytest.fixture
def register(db):
    return make_register()


@pytest.fixture
def school(db):
    return make_school()


@pytest.fixture
def teacher(school):
    return make_school_user(school, Role.CLASS_TEACHER)


@pytest.fixture
def archive(register):
    about = {"register": register.name, "mode": "makes", "on": "submitted"}
    return make_version(one_step(*QUESTIONS, about=about))


def begun(archive, teacher, school, **answers) -> Draft:
    draft = StartDraft(archive, teacher, school).execute()
    changes = {("", name): value for name, value in {"who": "张小敏", "card": ID, **answers}.items()}
    return SaveAnswers(draft, 0, changes, user=teacher).execute()


def checking(draft) -> Browser:
    person = Browser(draft.owner)
    person.open(f"/fill/{draft.pk}/check/")
    return person


def decide(person: Browser, **said) -> None:
    form = person.page.xpath("//form[contains(@class, 'twins__one') or contains(@class, 'notice')]")[0]
    data = dict(form.form_values()) | said
    person.answer = person.client.post(person.url, data, follow=True)
    person.page = html.fromstring(person.answer.content)


def test_nothing_is_handed_in_while_a_possible_duplicate_waits(register, archive, school, teacher):
    make_record(register, school, keeper=teacher, child="张晓敏", id_number=ID)
    draft = begun(archive, teacher, school)
    person = checking(draft)
    person.hand_in()
    assert person.page.xpath("//*[@id='twins'][@autofocus]")
    assert not Submission.objects.exists()


def test_the_same_child_gets_the_answers_and_fills_in_what_was_left_open(register, archive, school, teacher):
    record = make_record(register, school, keeper=teacher, child="张晓敏", id_number=ID, **{"class": "一班"})
    draft = begun(archive, teacher, school)
    person = checking(draft)
    assert "张晓敏" in person.text()
    decide(person, same="yes")
    row = Draft.objects.get(pk=draft.pk)
    assert (row.subject, row.subject_version) == (record, record.version)
    assert row.answers.get("klass") == "一班"
    assert row.answers.get("who") == "张小敏"
    person.hand_in()
    assert person.heading == "已提交"
    assert register.records.get().version == record.version + 1


def test_a_word_is_taken_back_with_what_the_register_had_filled_in(register, archive, school, teacher):
    make_record(register, school, keeper=teacher, child="张晓敏", id_number=ID, **{"class": "一班"})
    draft = begun(archive, teacher, school)
    person = checking(draft)
    decide(person, same="yes")
    decide(person, duplicate="take-back")
    row = Draft.objects.get(pk=draft.pk)
    assert row.subject is None
    assert row.answers.get("klass") is None
    assert person.page.xpath("//*[@id='twins']")


def test_another_child_goes_on_with_the_reason_kept(register, archive, school, teacher):
    record = make_record(register, school, keeper=teacher, child="张晓敏", id_number=ID)
    draft = begun(archive, teacher, school)
    person = checking(draft)
    decide(person, same="no")
    assert person.answer.status_code == 409
    assert "请说明为什么不是同一名儿童" in person.text()
    decide(person, same="no", reason="身份证号登记有误，已去派出所更正")
    assert DuplicateAnswer.objects.get().reason == "身份证号登记有误，已去派出所更正"
    person.hand_in()
    assert Record.objects.filter(register=register).exclude(pk=record.pk).count() == 1


def test_of_another_school_s_child_nothing_is_told_but_that_it_is_there(register, archive, school, teacher):
    elsewhere = make_school("远山小学")
    record = make_record(register, elsewhere, child="欧阳青青", born="2015-03-01", id_number=ID)
    person = checking(begun(archive, teacher, school))
    page = person.answer.content.decode()
    assert "其他学校已有类似档案" in person.text()
    for told in ("欧阳", "远山小学", "2015年3月1日", str(record.pk)):
        assert told not in page
    assert not person.page.xpath("//button[@name='same'][@value='yes']")
    decide(person, same="yes")
    assert person.answer.status_code == 409
    assert Draft.objects.get().subject is None


def test_a_form_of_the_public_asks_nothing_of_the_register(register, school):
    about = {"register": register.name, "mode": "makes"}
    make_record(register, school, child="张晓敏", id_number=ID)
    version = make_version(one_step(*QUESTIONS, about=about), audience="public")
    draft = StartDraft(version).execute()
    SaveAnswers(draft, 0, {("", "who"): "张小敏", ("", "card"): ID}).execute()
    person = Browser()
    person.open(link_to(draft))
    person.open(f"/fill/{draft.pk}/check/")
    assert not person.page.xpath("//*[@id='twins']")
    answer = person.client.post(f"/fill/{draft.pk}/check/", {"duplicate": "x", "same": "yes"})
    assert answer.status_code == 404
