"""Records by hand: entering, editing, leaving, keepers, conflicts."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.models import ModelLogEntry

from cms.service import Role
from forms.registers.actions import (
    AssignKeepers,
    CreateRecord,
    EditRecord,
    SaveRegister,
    SetRecordState,
    SettleConflict,
)
from forms.registers.models import Record
from forms.registers.versions import facts_now
from tests.factories import make_bureau_user, make_school_user
from tests.factories.registers import make_record

pytestmark = pytest.mark.django_db


def test_a_record_entered_by_hand_is_read_like_a_form(register, school, head):
    record = CreateRecord(
        register, school, {"child": "王 一", "born": "2015年9月1日", "sex": "男"}, head
    ).execute()
    assert facts_now(record) == {"child": "王一", "born": "2015-09-01", "sex": "male"}
    assert str(record.birth_date) == "2015-09-01"


def test_a_fault_is_named_at_its_property(register, school, head):
    with pytest.raises(ValidationError) as caught:
        CreateRecord(register, school, {"id_number": "123"}, head).execute()
    assert set(caught.value.message_dict) == {"child", "id_number"}


def test_another_school_s_head_neither_enters_nor_edits(register, school, other_school):
    stranger = make_school_user(other_school, Role.SCHOOL_HEAD)
    with pytest.raises(PermissionDenied):
        CreateRecord(register, school, {"child": "王一"}, stranger).execute()
    with pytest.raises(PermissionDenied):
        EditRecord(make_record(register, school), {"child": "王一"}, 1, stranger).execute()


def test_a_class_teacher_changes_records_through_forms_alone(register, school, teacher):
    record = make_record(register, school, keeper=teacher)
    with pytest.raises(PermissionDenied):
        EditRecord(record, {"child": "王一"}, 1, teacher).execute()


def test_each_edit_makes_a_version_and_a_log_entry_without_the_child_s_name(register, school, head):
    record = make_record(register, school, child="王一")
    version = EditRecord(record, {"child": "王二"}, 1, head).execute()
    assert (version.number, version.created_by, version.changed) == (2, head, ["child"])
    entry = ModelLogEntry.objects.filter(object_id=str(record.pk)).latest("timestamp")
    assert "王" not in f"{entry.label} {entry.data}"


def test_a_sensitive_property_left_empty_keeps_its_value(register, school, head):
    record = make_record(register, school, child="王一", phone="13812345678")
    EditRecord(record, {"child": "王二", "phone": ""}, 1, head).execute()
    assert facts_now(Record.objects.get())["phone"] == "13812345678"


def test_an_edit_that_did_not_see_the_newest_version_is_kept_beside_it(register, school, head):
    record = make_record(register, school, child="王一")
    EditRecord(record, {"child": "王二"}, 1, head).execute()
    EditRecord(record, {"child": "王三"}, 1, head).execute()
    conflict = record.conflicts.get()
    assert conflict.values == {"mine": "王三", "theirs": "王二", "base": "王一"}
    SettleConflict(conflict, "theirs", user=head).execute()
    assert Record.objects.get().label == "王二"
    with pytest.raises(ValidationError):
        SettleConflict(conflict, "mine", user=head).execute()


def test_a_conflict_may_be_settled_with_a_value_of_its_own(register, school, head):
    record = make_record(register, school, child="王一")
    EditRecord(record, {"child": "王二"}, 1, head).execute()
    EditRecord(record, {"child": "王三"}, 1, head).execute()
    with pytest.raises(ValidationError):
        SettleConflict(record.conflicts.get(), "other", "王5", head).execute()
    SettleConflict(record.conflicts.get(), "other", "王四", head).execute()
    assert Record.objects.get().label == "王四"


def test_a_head_gives_children_to_a_teacher_of_her_school_in_bulk(
    register, school, head, teacher, django_assert_max_num_queries
):
    records = [make_record(register, school) for _ in range(3)]
    assert AssignKeepers(records, teacher, head).execute() == 3
    assert Record.objects.for_user(teacher).count() == 3
    assert AssignKeepers(records, teacher, head).execute() == 0


def test_a_keeper_must_work_in_the_school(register, school, other_school, head):
    stranger = make_school_user(other_school, Role.CLASS_TEACHER)
    with pytest.raises(ValidationError):
        AssignKeepers([make_record(register, school)], stranger, head).execute()


def test_one_foreign_record_among_many_stops_all(register, school, other_school, head, teacher):
    records = [make_record(register, school), make_record(register, other_school)]
    with pytest.raises(PermissionDenied):
        AssignKeepers(records, teacher, head).execute()
    assert not Record.objects.for_user(teacher).exists()


def test_a_new_keeper_may_take_the_place_of_the_others(register, school, head, teacher):
    other = make_school_user(school, Role.CLASS_TEACHER)
    record = make_record(register, school, keeper=other)
    AssignKeepers([record], teacher, head, alone=True).execute()
    assert list(record.keepers.values_list("user", flat=True)) == [teacher.pk]


def test_a_record_that_left_is_no_longer_active(register, school, head):
    record = make_record(register, school)
    SetRecordState(record, "left", head).execute()
    assert not Record.objects.active().exists()


def test_only_the_bureau_administrator_changes_a_register(register):
    with pytest.raises(PermissionDenied):
        SaveRegister(register, make_bureau_user(Role.BUREAU_EDITOR)).execute()


def test_a_property_that_records_have_neither_goes_nor_changes_its_type(register, school):
    make_record(register, school)
    for properties in (
        register.properties[1:],
        [{**register.properties[0], "type": "text"}, *register.properties[1:]],
    ):
        register.properties = properties
        with pytest.raises(ValidationError):
            SaveRegister(register, make_bureau_user(Role.BUREAU_ADMIN)).execute()
