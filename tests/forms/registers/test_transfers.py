"""A child changes schools when both have said yes."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cms.service import Role
from forms.registers.actions import AskTransfer, CancelTransfer, DecideTransfer
from forms.registers.models import Record, Transfer
from forms.registers.timeline import timeline_of
from forms.submissions.models import Submission
from tests.factories import make_school_user
from tests.factories.registers import make_filing, make_record

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(register, school, teacher):
    return make_record(register, school, keeper=teacher, child="王一")


@pytest.fixture
def other_head(other_school):
    return make_school_user(other_school, Role.SCHOOL_HEAD)


def test_the_giving_school_asks_and_the_receiving_head_agrees(
    record, head, other_school, other_head, teacher
):
    transfer = AskTransfer(record, other_school, "随父母搬家", head).execute()
    assert not transfer.asked_by_receiver
    with pytest.raises(PermissionDenied):
        DecideTransfer(transfer, True, head).execute()
    DecideTransfer(transfer, True, other_head).execute()
    assert list(Record.objects.for_user(other_head)) == [record]
    assert not Record.objects.for_user(head).exists()
    assert not Record.objects.for_user(teacher).exists()


def test_the_receiving_school_asks_and_the_giving_head_agrees(record, head, other_school, other_head):
    transfer = AskTransfer(
        record, other_school, "已到我校就读", other_head, asked_as="110***********002X"
    ).execute()
    assert transfer.asked_by_receiver
    with pytest.raises(PermissionDenied):
        DecideTransfer(transfer, True, other_head).execute()
    DecideTransfer(transfer, True, head).execute()
    assert Record.objects.get().school == other_school


def test_an_editor_asks_but_does_not_decide(record, school, other_school):
    transfer = AskTransfer(
        record, other_school, "搬家", make_school_user(school, Role.SCHOOL_EDITOR)
    ).execute()
    with pytest.raises(PermissionDenied):
        DecideTransfer(transfer, True, make_school_user(other_school, Role.SCHOOL_EDITOR)).execute()


def test_a_third_school_neither_asks_nor_sees(record, head, school, other_school, register):
    from tests.factories import make_school

    third = make_school_user(make_school(), Role.SCHOOL_HEAD)
    with pytest.raises(PermissionDenied):
        AskTransfer(record, other_school, "x", third).execute()
    AskTransfer(record, other_school, "搬家", head).execute()
    assert not Transfer.objects.for_user(third).exists()


def test_declining_needs_a_word_and_changes_nothing(record, head, other_school, other_head):
    transfer = AskTransfer(record, other_school, "搬家", head).execute()
    with pytest.raises(ValidationError):
        DecideTransfer(transfer, False, other_head).execute()
    DecideTransfer(transfer, False, other_head, "学位已满").execute()
    assert Record.objects.get().school_id == record.school_id
    with pytest.raises(ValidationError):
        DecideTransfer(transfer, True, other_head).execute()


def test_only_one_transfer_of_a_record_is_open(record, head, other_school):
    transfer = AskTransfer(record, other_school, "搬家", head).execute()
    with pytest.raises(ValidationError):
        AskTransfer(record, other_school, "搬家", head).execute()
    CancelTransfer(transfer, head).execute()
    AskTransfer(record, other_school, "搬家", head).execute()


def test_the_other_side_cannot_take_the_question_back(record, head, other_school, other_head):
    transfer = AskTransfer(record, other_school, "搬家", head).execute()
    with pytest.raises(PermissionDenied):
        CancelTransfer(transfer, other_head).execute()


def test_the_old_school_keeps_what_it_filed_and_the_new_one_reads_the_history(
    record, visit, school, other_school, head, other_head, teacher
):
    make_filing(visit, {"talk": "x"}, school, teacher, subject=record)
    DecideTransfer(AskTransfer(record, other_school, "搬家", head).execute(), True, other_head).execute()
    assert Submission.objects.for_user(head).count() == 1
    kinds = [entry.kind for entry in timeline_of(Record.objects.get(), other_head)]
    assert sorted(kinds) == ["submission", "transfer", "version"]
