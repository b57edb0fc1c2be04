"""Many at once, and one that dies in the middle: one submission, whole or not at all."""

import contextlib
import threading

import pytest
from django.db import connection, connections

from cms.people.models import Role
from forms.filling.models import Draft, DraftState
from forms.submissions.actions import ApproveSubmission, SubmitDraft
from forms.submissions.errors import ConflictError
from forms.submissions.index import IndexedAnswer
from forms.submissions.models import Submission, SubmissionRevision
from forms.submissions.trail import SubmissionEvent
from tests.factories.forms import make_draft, make_submission, make_version
from tests.factories.people import make_school, make_school_user, make_user
from tests.forms.submissions.conftest import ANSWERS, visit_form

MANY = 20
TRANSACTION = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def at_once(count: int, work) -> list:
    """Do the work in so many threads that start together; return what came out of each."""
    gate, results = threading.Barrier(count), []

    def run(number: int) -> None:
        try:
            gate.wait(30)
            results.append(work(number))
        except Exception as error:  # noqa: BLE001 - the test looks at it
            results.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[number]) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


@TRANSACTION
def test_twenty_parallel_submits_of_one_draft_make_one_submission():
    teacher = make_user("赵老师")
    draft = make_draft(make_version(visit_form()), teacher, ANSWERS)
    results = at_once(
        MANY, lambda _: SubmitDraft(Draft.objects.get(pk=draft.pk), teacher, 0).execute().receipt
    )
    assert len(results) == MANY
    assert {type(one) for one in results} == {str}, results
    assert len(set(results)) == 1
    assert Submission.objects.count() == SubmissionRevision.objects.count() == 1
    assert SubmissionEvent.objects.count() == 1


@TRANSACTION
def test_parallel_submits_of_many_drafts_have_receipts_of_their_own():
    teacher, version = make_user("赵老师"), make_version(visit_form())
    drafts = [make_draft(version, teacher, ANSWERS) for _ in range(MANY)]
    results = at_once(MANY, lambda number: SubmitDraft(drafts[number], teacher).execute().receipt)
    assert len(set(results)) == MANY, results


@TRANSACTION
def test_of_parallel_decisions_one_counts():
    school = make_school("甲小学")
    teacher, head = make_user("赵老师"), make_school_user(school, Role.SCHOOL_HEAD)
    submission = make_submission(make_version(visit_form()), teacher, ANSWERS, school=school)
    results = at_once(8, lambda _: ApproveSubmission(submission, head).execute().state)
    assert results.count("approved") == 1
    assert sum(isinstance(one, ConflictError) for one in results) == 7


class BrokenError(Exception):
    """The power went."""


class BreakAt:
    """Fails at the n-th statement that writes, before or after it."""

    def __init__(self, number: int, *, after: bool) -> None:
        self.number, self.after, self.seen = number, after, 0

    def __call__(self, execute, sql, params, many, context):
        self.seen += 1
        if self.seen == self.number and not self.after:
            raise BrokenError
        result = execute(sql, params, many, context)
        if self.seen == self.number:
            raise BrokenError
        return result


@pytest.mark.django_db
@pytest.mark.parametrize("after", [False, True])
def test_a_failure_at_any_statement_leaves_nothing_or_the_whole(after):
    teacher = make_user("赵老师")
    draft = make_draft(make_version(visit_form()), teacher, ANSWERS)
    for number in range(1, 60):
        with connection.execute_wrapper(BreakAt(number, after=after)), contextlib.suppress(BrokenError):
            SubmitDraft(draft, teacher).execute()
        draft.refresh_from_db()
        rows = (Submission, SubmissionRevision, SubmissionEvent, IndexedAnswer)
        found = [model.objects.count() for model in rows]
        if found != [0, 0, 0, 0]:
            break
        assert draft.state == DraftState.OPEN, f"statement {number}"
    assert number > 8, "so many statements at least were tried"
    assert found == [1, 1, 1, 2]
    assert draft.state == DraftState.SUBMITTED
