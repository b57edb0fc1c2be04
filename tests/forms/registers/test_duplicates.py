"""Whether a child is in the register already, and who is told what."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cms.service import Role
from forms.filling.models import Draft
from forms.registers.actions import AnswerDuplicate
from forms.registers.duplicates import find_duplicates
from forms.registers.entry import duplicates_in_draft
from forms.registers.versions import facts_now
from forms.registers.writing import write_from_submission
from tests.factories import make_bureau_user, make_school, make_school_user
from tests.factories.registers import make_filing, make_record

pytestmark = pytest.mark.django_db
ID, OTHER_ID = "11010519491231002X", "440524188001010014"


def found(*args):
    return [(one.record, one.how, one.where) for one in find_duplicates(*args)]


def test_the_same_id_number_is_found_without_opening_anything(register, school, head):
    record = make_record(register, school, child="张晓敏", id_number=ID)
    assert found(register, school, {"child": "李四", "id_number": ID}, head) == [
        (record, "id_number", "seen")
    ]


def test_the_same_name_and_birthday_are_found(register, school, head):
    record = make_record(register, school, child="张晓敏", born="2015-03-01")
    assert found(register, school, {"child": "张晓敏", "born": "2015-03-01"}, head) == [
        (record, "name_birth", "seen")
    ]


@pytest.mark.parametrize("name", ["章晓明", "张小敏", "臧肖闽"])
def test_names_that_sound_alike_are_found(register, school, head, name):
    record = make_record(register, school, child="张晓敏", born="2015-03-01")
    assert found(register, school, {"child": name, "born": "2015-01-03"}, head) == [(record, "sound", "seen")]


def test_every_reading_of_a_character_is_tried(register, school, head):
    record = make_record(register, school, child="王乐")
    assert found(register, school, {"child": "王月"}, head) in ([], [(record, "sound", "seen")])
    assert found(register, school, {"child": "王勒"}, head) == [(record, "sound", "seen")]


@pytest.mark.parametrize(
    "facts",
    [
        {"child": "张三", "born": "2015-03-01"},
        {"child": "张小敏", "born": "2012-03-01"},
        {"child": "张小敏", "id_number": OTHER_ID},
        {},
    ],
)
def test_another_child_is_not_taken_for_it(register, school, head, facts):
    make_record(register, school, child="张晓敏", born="2015-03-01", id_number=ID)
    assert found(register, school, facts, head) == []


def test_of_another_school_s_child_one_learns_only_that_it_is_there(register, school, other_school, head):
    record = make_record(register, other_school, child="张晓敏", id_number=ID)
    assert found(register, school, {"id_number": ID}, head) == [(record, "id_number", "elsewhere")]
    assert found(register, school, {"child": "张小敏"}, head) == []


def test_of_a_colleague_s_child_a_teacher_learns_that_the_school_has_it(register, school, teacher):
    record = make_record(register, school, id_number=ID)
    assert found(register, school, {"id_number": ID}, teacher) == [(record, "id_number", "school")]


def test_sounds_are_compared_within_the_township(register, school):
    bureau = make_bureau_user(Role.BUREAU_ADMIN)
    far = make_school(township="远山乡")
    make_record(register, far, child="张晓敏")
    assert found(register, school, {"child": "张小敏"}, bureau) == []
    assert len(found(register, far, {"child": "张小敏"}, bureau)) == 1


def test_the_number_of_queries_does_not_grow_with_the_register(
    register, school, head, django_assert_num_queries
):
    for _ in range(8):
        make_record(register, school, child="张晓敏", born="2015-03-01")
    from cms.service import school_ids_of

    school_ids_of(head)
    with django_assert_num_queries(2):
        assert len(find_duplicates(register, school, {"child": "张小敏"}, head)) == 8


def make_draft(archive, school, user, **answers):
    revision = make_filing(archive, answers, school, user)
    draft = Draft.objects.get(pk=revision.submission_id)
    draft.state = "open"
    draft.save()
    return draft, revision


def test_a_draft_that_is_the_same_child_writes_to_the_record_and_takes_nothing_away(
    register, archive, school, head
):
    record = make_record(register, school, child="张晓敏", id_number=ID, **{"class": "一班"})
    draft, revision = make_draft(archive, school, head, who="张小敏", card=ID)
    assert [one.record for one in duplicates_in_draft(draft, head)] == [record]
    AnswerDuplicate(draft, record.pk, True, head).execute()
    draft.refresh_from_db()
    assert duplicates_in_draft(draft, head) == []
    revision.submission.subject = record
    revision.submission.save()
    write_from_submission(revision)
    assert facts_now(register.records.get()) == {"child": "张小敏", "id_number": ID, "class": "一班"}


def test_another_child_is_not_asked_about_again(register, archive, school, head):
    record = make_record(register, school, child="张晓敏")
    draft, _revision = make_draft(archive, school, head, who="张小敏")
    AnswerDuplicate(draft, record.pk, False, head).execute()
    assert duplicates_in_draft(draft, head) == []


def test_a_record_that_one_may_not_see_is_never_the_same(register, archive, school, other_school, head):
    record = make_record(register, other_school, id_number=ID)
    draft, _revision = make_draft(archive, school, head, who="张小敏", card=ID)
    with pytest.raises(ValidationError):
        AnswerDuplicate(draft, record.pk, True, head).execute()
    with pytest.raises(PermissionDenied):
        AnswerDuplicate(draft, record.pk, True, make_school_user(school, Role.SCHOOL_HEAD)).execute()
