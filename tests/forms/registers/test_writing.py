"""What a submission writes to its register."""

import json

import pytest

from forms.answers.answers import Answers
from forms.registers.models import Record, RecordVersion
from forms.registers.versions import Written, facts_now, write_version
from forms.registers.writing import write_from_submission
from tests.factories.forms import make_version, one_step, question
from tests.factories.registers import make_filing, make_record, make_revision

pytestmark = pytest.mark.django_db
ID = "11010519491231002X"


def test_a_form_that_makes_a_record_makes_it_with_its_name_sounds_and_fingerprints(archive, school, teacher):
    revision = make_filing(archive, {"who": "曾晓敏", "card": ID, "talk": "你好"}, school, teacher)
    version = write_from_submission(revision)
    record = version.record
    assert (record.label, record.school, record.version) == ("曾晓敏", school, 1)
    assert (record.initials, record.sound) == ("zxm", "zen xiao min")
    assert len(record.id_blind) == 64
    assert facts_now(record) == {"child": "曾晓敏", "id_number": ID}
    revision.submission.refresh_from_db()
    assert revision.submission.subject == record


def test_a_class_teacher_keeps_the_child_that_she_enters(archive, school, teacher):
    record = write_from_submission(make_filing(archive, {"who": "王一"}, school, teacher)).record
    assert list(Record.objects.for_user(teacher)) == [record]


def test_sensitive_facts_are_sealed_at_rest(archive, school):
    version = write_from_submission(make_filing(archive, {"who": "王一", "card": ID}, school))
    version.refresh_from_db()
    assert ID not in json.dumps(version.kept_data)
    assert version.kept_data["child"] == "王一"


def test_a_revision_is_written_at_most_once(archive, school):
    revision = make_filing(archive, {"who": "王一"}, school)
    assert write_from_submission(revision) == write_from_submission(revision)
    assert RecordVersion.objects.count() == 1


def test_a_later_revision_writes_to_the_record_that_the_first_made(archive, school):
    first = make_filing(archive, {"who": "王一", "klass": "一班"}, school)
    record = write_from_submission(first).record
    second = make_revision(first.submission, Answers.from_plain({"who": "王二"}, set()))
    assert write_from_submission(second).record == record
    assert Record.objects.count() == 1
    assert facts_now(second.submission.subject or record.__class__.objects.get()) == {"child": "王二"}


def test_a_form_about_a_record_sets_what_was_changed_and_nothing_else(register, visit, school):
    record = make_record(register, school, child="王一", **{"class": "一班"})
    revision = make_filing(visit, {"who": "王一", "klass": "二班"}, school, subject=record)
    version = write_from_submission(revision)
    assert version.changed == ["class"]
    assert facts_now(version.record) == {"child": "王一", "class": "二班"}


def test_an_empty_answer_to_a_sensitive_question_takes_nothing_away(register, visit, school):
    record = make_record(register, school, child="王一", phone="13812345678")
    assert write_from_submission(make_filing(visit, {"who": "王一"}, school, subject=record)) is None
    assert facts_now(record)["phone"] == "13812345678"


def test_what_others_changed_meanwhile_stays_when_other_properties_were_changed(register, visit, school):
    record = make_record(register, school, child="王一", **{"class": "一班"})
    revision = make_filing(visit, {"who": "王一一", "klass": "一班"}, school, subject=record)
    write_version(record, Written({"class": "三班"}, "hand", 1))
    version = write_from_submission(revision)
    assert facts_now(version.record) == {"child": "王一一", "class": "三班"}
    assert version.base == 1
    assert not record.conflicts.exists()


def test_two_different_changes_of_one_property_are_a_conflict_and_both_are_kept(register, visit, school):
    record = make_record(register, school, child="王一", **{"class": "一班"})
    revision = make_filing(visit, {"who": "王一", "klass": "二班"}, school, subject=record)
    write_version(record, Written({"class": "三班"}, "hand", 1))
    version = write_from_submission(revision)
    conflict = record.conflicts.get()
    assert conflict.values == {"mine": "二班", "theirs": "三班", "base": "一班"}
    assert facts_now(version.record)["class"] == "二班"


def test_the_same_change_twice_is_no_conflict(register, visit, school):
    record = make_record(register, school, child="王一", **{"class": "一班"})
    revision = make_filing(visit, {"who": "王一", "klass": "二班"}, school, subject=record)
    write_version(record, Written({"class": "二班"}, "hand", 1))
    assert write_from_submission(revision) is None
    assert not record.conflicts.exists()


def test_a_conflict_over_a_sensitive_property_is_sealed(register, visit, school):
    record = make_record(register, school, child="王一", phone="13800000001")
    revision = make_filing(visit, {"who": "王一", "tel": "13800000002"}, school, subject=record)
    write_version(record, Written({"phone": "13800000003"}, "hand", 1))
    write_from_submission(revision)
    conflict = record.conflicts.get()
    assert "1380000000" not in json.dumps(conflict.kept_values)
    assert conflict.values["theirs"] == "13800000003"


def test_what_a_school_files_about_a_child_that_has_left_it_is_told_and_not_written(
    register, visit, school, other_school
):
    record = make_record(register, school, child="王一", **{"class": "一班"})
    revision = make_filing(visit, {"who": "王一", "klass": "二班"}, school, subject=record)
    record.school = other_school
    record.save()
    for _again in range(2):
        assert write_from_submission(revision) is None
    conflict = record.conflicts.get()
    assert (conflict.property_name, conflict.written) == ("class", False)
    assert facts_now(record)["class"] == "一班"


def test_a_value_that_the_property_cannot_take_is_kept_and_stops_nothing(register, school):
    form = make_version(
        one_step(
            question("name", "who", saves_to="child"),
            question("text", "day", saves_to="born"),
            about={"register": register.name, "mode": "makes"},
        )
    )
    record = write_from_submission(make_filing(form, {"who": "王一", "day": "去年冬天"}, school)).record
    assert facts_now(record)["born"] == {"raw": "去年冬天"}
    assert record.birth_date is None


def test_the_searchable_facts_are_those_of_the_newest_version(register, visit, school):
    record = make_record(register, school, child="王一", phone="13800000001", **{"class": "一班"})
    write_from_submission(make_filing(visit, {"who": "王一", "klass": "二班"}, school, subject=record))
    assert list(record.searchable_facts.values_list("property_name", "value")) == [("class", "二班")]


def test_a_form_about_nobody_writes_nothing(school):
    form = make_version(one_step(question("text", "a")))
    assert write_from_submission(make_filing(form, {"a": "x"}, school)) is None


def test_answers_off_the_path_are_not_written(register, school):
    items = [
        question("name", "who", saves_to="child"),
        question("text", "klass", saves_to="class", relevant="${who} = '王二'"),
    ]
    form = make_version(one_step(*items, about={"register": register.name, "mode": "about"}))
    record = make_record(register, school, child="王一", **{"class": "一班"})
    filing = make_filing(form, {"who": "王一一", "klass": "九班"}, school, subject=record)
    assert facts_now(write_from_submission(filing).record)["class"] == "一班"


def test_a_calculation_may_be_written(register, school):
    items = [
        question("name", "who", saves_to="child"),
        question("calculation", "klass", saves_to="class", calculation="concat(${who}, '班')"),
    ]
    form = make_version(one_step(*items, about={"register": register.name, "mode": "makes"}))
    record = write_from_submission(make_filing(form, {"who": "王一"}, school)).record
    assert facts_now(record)["class"] == "王一班"


@pytest.mark.parametrize(("talk", "written"), [("要改", True), ("不改", False)])
def test_the_form_s_condition_decides_whether_it_writes(register, school, talk, written):
    items = [question("name", "who", saves_to="child"), question("text", "talk")]
    about = {"register": register.name, "mode": "about", "when": "${talk} = '要改'"}
    form = make_version(one_step(*items, about=about))
    record = make_record(register, school, child="王一")
    filing = make_filing(form, {"who": "王二", "talk": talk}, school, subject=record)
    assert bool(write_from_submission(filing)) is written
