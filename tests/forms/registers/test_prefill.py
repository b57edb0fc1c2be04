"""What a form about a record begins with."""

import pytest

from forms.registers.facts import facts_of
from forms.registers.prefill import last_submission, prefill
from tests.factories.forms import make_version, one_step, question
from tests.factories.registers import make_filing, make_record

pytestmark = pytest.mark.django_db


def test_facts_are_masked_for_everybody_by_default(register, school, head):
    record = make_record(register, school, child="王一", phone="13812345678")
    facts = facts_of(record, head)
    assert (facts["phone"].shown, facts["phone"].value) == ("138****5678", None)
    assert facts["phone"].may_reveal
    assert facts["child"].shown == "王一"


def test_only_who_may_see_sensitive_answers_may_reveal_them(register, school, head, teacher):
    record = make_record(register, school, phone="13812345678")
    assert not facts_of(record, teacher)["phone"].may_reveal


def test_a_form_begins_with_what_the_record_knows(register, visit, school):
    record = make_record(register, school, child="王一", phone="13812345678", **{"class": "一班"})
    assert prefill(visit.document, record).to_plain() == {"who": "王一", "klass": "一班"}


def test_sensitive_facts_are_filled_in_for_the_keeper_alone(register, visit, school, teacher):
    record = make_record(register, school, keeper=teacher, child="王一", phone="13812345678")
    assert prefill(visit.document, record, reader=teacher).get("tel") == "13812345678"


def test_copying_the_last_visit_leaves_out_files_and_sensitive_answers(
    register, visit, school, teacher, head
):
    record = make_record(register, school, keeper=teacher, child="王一", **{"class": "二班"})
    answers = {"klass": "一班", "talk": "聊了作业", "picture": ["x"], "tel": "13812345678"}
    revision = make_filing(visit, answers, school, teacher, subject=record)
    last = last_submission(visit.form, record, head)
    assert last == revision.submission
    assert prefill(visit.document, record, last).to_plain() == {
        "who": "王一",
        "klass": "二班",
        "talk": "聊了作业",
    }


def test_copied_rosters_keep_their_order_and_get_ids_of_their_own(register, school, teacher):
    roster = {"type": "roster", "name": "family", "label": "家人", "items": [question("name", "relative")]}
    form = make_version(one_step(roster, about={"register": register.name, "mode": "about"}))
    record = make_record(register, school, keeper=teacher)
    plain = {"family": [{"relative": "王甲"}, {"relative": "王乙"}]}
    revision = make_filing(form, plain, school, teacher, subject=record)
    copied = prefill(form.document, record, revision.submission)
    assert copied.to_plain() == plain
    assert not set(copied.items("family")) & set(revision.answers.items("family"))


def test_another_person_s_submission_is_not_copied(register, visit, school, other_school, teacher):
    from cms.service import Role
    from tests.factories import make_school_user

    record = make_record(register, school, keeper=teacher)
    make_filing(visit, {"talk": "x"}, school, teacher, subject=record)
    stranger = make_school_user(other_school, Role.SCHOOL_HEAD)
    assert last_submission(visit.form, record, stranger) is None
