"""Every transition x state x role: the table below says what may be done, everything else is refused."""

from itertools import product

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from forms.filling.models import Draft, DraftState
from forms.submissions.actions import (
    ApproveMany,
    ApproveSubmission,
    AssignReviewer,
    CommentOn,
    ReturnSubmission,
    SubmitDraft,
    WithdrawSubmission,
)
from forms.submissions.errors import ConflictError
from forms.submissions.models import Submission, SubmissionState
from forms.submissions.permissions import reviewers_of, user_can_review, user_can_see_submission
from tests.factories.forms import make_submission
from tests.forms.submissions.conftest import ANSWERS

pytestmark = pytest.mark.django_db

ROLES = [
    "teacher", "colleague", "editor", "head", "other_head", "bureau_editor", "bureau_admin", "inspector", "nobody",
]  # fmt: skip
REVIEWERS = {"head", "bureau_editor", "bureau_admin"}
S = SubmissionState
#: (action, state) -> who may. What is not named nobody may.
ALLOWED = {
    ("return", S.SUBMITTED): REVIEWERS,
    ("return", S.RESUBMITTED): REVIEWERS,
    ("return", S.APPROVED): {"bureau_editor", "bureau_admin"},
    ("approve", S.SUBMITTED): REVIEWERS,
    ("approve", S.RESUBMITTED): REVIEWERS,
    ("assign", S.SUBMITTED): REVIEWERS,
    ("assign", S.RESUBMITTED): REVIEWERS,
    ("assign", S.RETURNED): REVIEWERS,
    ("withdraw", S.SUBMITTED): {"teacher"},
    ("withdraw", S.RETURNED): {"teacher"},
    ("withdraw", S.RESUBMITTED): {"teacher"},
    ("resubmit", S.RETURNED): {"teacher"},
}
TARGETS = {"return": S.RETURNED, "approve": S.APPROVED, "withdraw": S.WITHDRAWN, "resubmit": S.RESUBMITTED}


def bring_to(submission, state, people):
    """Bring it to the state by the actions."""
    if state in (S.RETURNED, S.RESUBMITTED):
        ReturnSubmission(submission, people.head, comment="请补充").execute()
    if state == S.RESUBMITTED:
        SubmitDraft(Draft.objects.get(pk=submission.pk), people.teacher).execute()
    if state == S.APPROVED:
        ApproveSubmission(submission, people.head).execute()
    if state == S.WITHDRAWN:
        WithdrawSubmission(submission, people.teacher).execute()
    return Submission.objects.get(pk=submission.pk)


def act(action, submission, user, people):
    match action:
        case "return":
            return ReturnSubmission(submission, user, comment="请补充").execute()
        case "approve":
            return ApproveSubmission(submission, user).execute()
        case "assign":
            return AssignReviewer(submission, people.head, user).execute()
        case "withdraw":
            return WithdrawSubmission(submission, user).execute()
        case "resubmit":
            draft = Draft.objects.get(pk=submission.pk)
            before = submission.revision
            done = SubmitDraft(draft, user).execute()
            if done.revision == before:
                raise ConflictError("nothing new")
            return done


@pytest.fixture
def submission(people, version):
    return make_submission(version, people.teacher, ANSWERS, school=people.school)


@pytest.mark.parametrize(("action", "state"), list(product([*TARGETS, "assign"], S.values)))
def test_only_the_table_is_allowed(action, state, people, submission):
    submission = bring_to(submission, state, people)
    allowed = ALLOWED.get((action, state), set())
    for role in [role for role in ROLES if role not in allowed]:
        with pytest.raises((PermissionDenied, ConflictError)):
            act(action, submission, getattr(people, role), people)
        submission.refresh_from_db()
        assert submission.state == state


@pytest.mark.parametrize(
    ("action", "state", "role"),
    [(action, state, role) for (action, state), roles in ALLOWED.items() for role in sorted(roles)],
)
def test_the_table_is_possible(action, state, role, people, submission):
    submission = bring_to(submission, state, people)
    done = act(action, submission, getattr(people, role), people)
    assert done.state == TARGETS.get(action, state)
    assert done.events.last().kind == action
    assert done.events.last().user == getattr(people, role)


def test_nobody_reviews_her_own(people, version):
    own = make_submission(version, people.head, ANSWERS, school=people.school)
    assert not user_can_review(people.head, own)
    assert user_can_review(people.bureau_editor, own)
    with pytest.raises(PermissionDenied):
        ApproveSubmission(own, people.head).execute()


@pytest.mark.parametrize("role", ROLES)
def test_the_queryset_and_the_sentence_agree(role, people, submission, version):
    make_submission(version, people.other_head, ANSWERS, school=people.other)
    user = getattr(people, role)
    seen = set(Submission.objects.for_user(user))
    assert seen == {one for one in Submission.objects.all() if user_can_see_submission(user, one)}
    waiting = set(Submission.objects.to_review_by(user))
    assert waiting == {one for one in Submission.objects.all() if user_can_review(user, one)}


def test_the_reviewers_are_those_who_can_review(people, submission):
    assert set(reviewers_of(submission)) == {getattr(people, role) for role in REVIEWERS}


def test_a_revision_that_was_not_seen_is_not_decided_on(people, submission):
    bring_to(submission, S.RESUBMITTED, people)
    for action in (ApproveSubmission, WithdrawSubmission):
        user = people.head if action is ApproveSubmission else people.teacher
        with pytest.raises(ConflictError):
            action(submission, user, expected_revision=1).execute()
    with pytest.raises(ConflictError):
        ReturnSubmission(submission, people.head, comment="晚了", expected_revision=1).execute()


def test_a_return_says_what_is_wrong(people, submission):
    for comments in ([], [CommentOn("talk", "  ")]):
        with pytest.raises(ValidationError):
            ReturnSubmission(submission, people.head, comments).execute()


@pytest.mark.parametrize("comment", [CommentOn("unknown", "？"), CommentOn("talk", "？", item="nowhere")])
def test_a_comment_stands_at_an_answer(comment, people, submission):
    with pytest.raises(ValidationError):
        ReturnSubmission(submission, people.head, [comment]).execute()


def test_a_return_opens_the_draft_and_withdrawing_closes_it(people, submission):
    ReturnSubmission(submission, people.head, [CommentOn("talk", "请写详细")]).execute()
    draft = Draft.objects.get(pk=submission.pk)
    assert (draft.state, draft.revision) == (DraftState.OPEN, 1)
    WithdrawSubmission(submission, people.teacher).execute()
    draft.refresh_from_db()
    assert draft.state == DraftState.SUBMITTED


def test_only_a_reviewer_is_given_a_submission(people, submission):
    with pytest.raises(ValidationError):
        AssignReviewer(submission, people.other_head, people.bureau_editor).execute()


def test_many_are_approved_each_for_itself(people, version, submission):
    own = make_submission(version, people.head, ANSWERS, school=people.school)
    foreign = make_submission(version, people.other_head, ANSWERS, school=people.other)
    done = make_submission(version, people.teacher, ANSWERS, school=people.school)
    WithdrawSubmission(done, people.teacher).execute()
    rows = ApproveMany({one.pk: 1 for one in (submission, own, foreign, done)}, people.head).execute()
    assert {row.receipt for row in rows if not row.problem} == {submission.receipt}
    assert {row.receipt for row in rows if row.problem} == {own.receipt, done.receipt}
    assert Submission.objects.get(pk=foreign.pk).state == S.SUBMITTED
