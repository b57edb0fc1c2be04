"""Mail about submissions: a task of the step's transaction, and never an answer in it."""

import pytest
from django.core import mail
from django_tasks_db.models import DBTaskResult

from forms.submissions.actions import ApproveSubmission, AssignReviewer, CommentOn, ReturnSubmission
from forms.submissions.errors import ConflictError
from forms.submissions.notices import send_notice
from tests.factories.forms import make_submission
from tests.forms.submissions.conftest import ANSWERS

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(people, version):
    return make_submission(version, people.teacher, ANSWERS, school=people.school)


def waiting():
    return DBTaskResult.objects.filter(task_path__endswith="submissions.notices.send_notice")


def send_waiting() -> None:
    """Do what the worker does."""
    for result in waiting():
        send_notice.call(*result.args_kwargs["args"])


def test_handing_in_tells_nobody(submission):
    assert not waiting().exists()


def test_the_owner_learns_that_it_came_back_and_nothing_of_what_is_in_it(people, submission):
    ReturnSubmission(submission, people.head, [CommentOn("talk", "王小明的情况写详细")], "小明").execute()
    send_waiting()
    message = mail.outbox[0]
    assert message.to == ["teacher@school.test"]
    assert submission.receipt in message.subject
    assert "退回" in message.subject
    assert f"/submissions/{submission.pk}/" in message.body
    assert "小明" not in message.subject + message.body


def test_the_owner_learns_of_approval(people, submission):
    ApproveSubmission(submission, people.head).execute()
    send_waiting()
    assert "已通过" in mail.outbox[0].subject


def test_the_reviewer_learns_that_it_is_hers(people, submission):
    AssignReviewer(submission, people.head, people.bureau_editor).execute()
    send_waiting()
    assert mail.outbox[0].to == ["head@school.test"]
    assert "审核" in mail.outbox[0].subject


def test_who_takes_it_herself_needs_no_mail(people, submission):
    AssignReviewer(submission, people.head, people.head).execute()
    assert not waiting().exists()


def test_a_refused_step_tells_nobody(people, submission):
    ApproveSubmission(submission, people.head).execute()
    count = waiting().count()
    with pytest.raises(ConflictError):
        ApproveSubmission(submission, people.head).execute()
    assert waiting().count() == count


def test_who_has_no_address_or_has_left_gets_none(people, submission):
    ReturnSubmission(submission, people.head, comment="请补充").execute()
    people.teacher.email = ""
    people.teacher.save()
    send_waiting()
    people.teacher.email, people.teacher.is_active = "teacher@school.test", False
    people.teacher.save()
    send_waiting()
    assert not mail.outbox
