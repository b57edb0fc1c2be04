"""Mail to the bureau when a page comes in, to its author when it is decided; a dead mail server changes nothing."""

from datetime import timedelta
from smtplib import SMTPException

import pytest
from django.core import mail
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cms.moderation.notices import APPROVED, RETURNED, SUBMITTED, send_notice
from cms.pages.models import ActivityNewsPage


def send_waiting() -> None:
    """Do what the worker does."""
    for result in DBTaskResult.objects.filter(task_path__endswith="notices.send_notice"):
        send_notice.call(*result.args_kwargs["args"])


def decide(page, user, action, **data):
    page = ActivityNewsPage.objects.get(pk=page.pk)
    page.current_workflow_task.specific.on_action(page.current_workflow_task_state, user, action, **data)


def kinds() -> list[str]:
    found = DBTaskResult.objects.filter(task_path__endswith="notices.send_notice").order_by("enqueued_at")
    return [result.args_kwargs["args"][0] for result in found]


def test_the_bureaus_editors_learn_of_a_submission(people, submitted):
    send_waiting()
    assert {to for message in mail.outbox for to in message.to} == {"bureau@edu.test", "colleague@edu.test"}
    message = mail.outbox[0]
    assert submitted.title in message.subject
    assert people.school.name in message.body
    assert f"/admin/pages/{submitted.pk}/edit/" in message.body
    assert "审核" in message.subject


def test_the_author_learns_why_a_page_came_back(people, submitted):
    decide(submitted, people.bureau, "reject", comment="请补充活动时间。")
    assert kinds() == [SUBMITTED, RETURNED]
    send_waiting()
    message = mail.outbox[-1]
    assert message.to == ["editor@school.test"]
    assert "请补充活动时间。" in message.body


def test_the_author_learns_of_approval_and_of_its_time(people, submitted):
    when = timezone.now() + timedelta(days=2)
    decide(submitted, people.bureau, "approve", publish_at=when.isoformat(), comment="很好")
    assert kinds() == [SUBMITTED, APPROVED]
    send_waiting()
    message = mail.outbox[-1]
    assert timezone.localtime(when).strftime("%Y-%m-%d %H:%M") in message.body
    assert "很好" in message.body


def test_a_dead_mail_server_changes_nothing(people, draft, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1
    draft.get_workflow().start(draft, people.editor)
    decide(draft, people.bureau, "approve")
    assert ActivityNewsPage.objects.get(pk=draft.pk).live
    with pytest.raises(SMTPException):
        send_waiting()
    assert ActivityNewsPage.objects.get(pk=draft.pk).live


def test_wagtails_own_mail_stays_away(people, submitted):
    decide(submitted, people.bureau, "approve")
    assert mail.outbox == []
