"""Who is to decide about a transfer is told, who asked learns what was decided; nobody else, and no name."""

from __future__ import annotations

import pytest
from django.core import mail
from django_tasks_db.models import DBTaskResult

from cms.service import Role
from forms.registers.actions import AskTransfer, CancelTransfer, DecideTransfer
from forms.registers.models import Transfer
from forms.registers.notices import send_transfer_notice
from forms.registers.panels import waiting_transfers
from tests.factories import make_bureau_user, make_school_user
from tests.factories.registers import make_record

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(register, school, teacher):
    return make_record(register, school, keeper=teacher, child="欧阳青青")


@pytest.fixture
def other_head(other_school):
    return make_school_user(other_school, Role.SCHOOL_HEAD, email="other@school.test")


@pytest.fixture
def head(school):
    return make_school_user(school, Role.SCHOOL_HEAD, email="head@school.test")


@pytest.fixture
def transfer(record, head, other_school, other_head) -> Transfer:
    make_school_user(other_school, Role.CLASS_TEACHER, email="teacher@school.test")
    return AskTransfer(record, other_school, "欧阳青青随父母搬家", head).execute()


def sent() -> list[mail.EmailMessage]:
    """Do what the worker does, and return what went out."""
    mail.outbox.clear()
    waiting = DBTaskResult.objects.filter(task_path__endswith="registers.notices.send_transfer_notice")
    for result in waiting:
        send_transfer_notice.call(*result.args_kwargs["args"])
    waiting.delete()
    return mail.outbox


def test_the_head_of_the_school_that_is_asked_is_told_and_nothing_of_the_child(transfer):
    (message,) = sent()
    assert message.to == ["other@school.test"]
    assert f"/transfers/inspect/{transfer.pk}/" in message.body
    assert str(transfer.from_school) in message.subject
    assert "欧阳" not in message.subject + message.body


@pytest.mark.parametrize(("agree", "word"), [(True, "同意"), (False, "拒绝")])
def test_who_asked_learns_what_was_decided(transfer, other_head, agree, word):
    sent()
    DecideTransfer(transfer, agree, other_head, "欧阳青青没有来").execute()
    (message,) = sent()
    assert message.to == ["head@school.test"]
    assert word in message.subject
    assert "欧阳" not in message.subject + message.body


def test_who_was_asked_learns_that_it_was_taken_back(transfer, head):
    sent()
    CancelTransfer(transfer, head).execute()
    (message,) = sent()
    assert message.to == ["other@school.test"]
    assert "撤回" in message.subject


def test_a_step_that_another_has_followed_is_not_told_any_more(transfer, head):
    CancelTransfer(transfer, head).execute()
    assert len(sent()) == 1


def test_for_a_closed_school_the_bureau_s_administrator_is_asked(record, other_school, other_head):
    admin = make_bureau_user(role=Role.BUREAU_ADMIN, email="admin@bureau.test")
    record.school.status = "closed"
    record.school.save()
    AskTransfer(record, other_school, "已到我校就读", other_head).execute()
    assert [message.to for message in sent()] == [["admin@bureau.test"]]
    assert waiting_transfers(admin).total == 1


def test_who_has_left_or_has_no_address_gets_none(transfer, other_head):
    other_head.memberships.all().delete()
    assert not sent()


def test_what_waits_stands_on_the_front_page_of_who_decides(
    client, transfer, head, other_head, django_assert_num_queries
):
    client.force_login(other_head)
    page = client.get("/admin/").content.decode()
    assert "待我决定的转学" in page
    assert f"/transfers/inspect/{transfer.pk}/" in page
    assert "欧阳" not in page
    assert not waiting_transfers(head).total
    waiting_transfers(other_head)  # her roles are read once
    with django_assert_num_queries(2):
        waiting_transfers(other_head)
