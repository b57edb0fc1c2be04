"""Who may do what to a submission, and when: the table of transitions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from cms.service import (
    BUREAU_ROLES,
    Role,
    User,
    school_ids_of,
    user_can_edit_bureau_content,
    user_is_bureau,
)
from forms.submissions.models import Submission, SubmissionState
from forms.submissions.trail import EventKind

if TYPE_CHECKING:
    from forms.filling.models import Draft

SUBMITTED, RETURNED = SubmissionState.SUBMITTED, SubmissionState.RETURNED
RESUBMITTED, APPROVED = SubmissionState.RESUBMITTED, SubmissionState.APPROVED


def user_can_submit_draft(user: Any, draft: Draft) -> bool:
    """A draft is handed in by its owner; one without an owner by whoever holds its signed link."""
    return draft.owner_id is None or (user is not None and user.is_active and user.pk == draft.owner_id)


def user_owns_submission(user: Any, submission: Submission) -> bool:
    """Say whether the user handed it in herself."""
    return bool(user.is_authenticated and user.is_active and submission.submitted_by_id == user.pk)


def user_can_see_submission(user: Any, submission: Submission) -> bool:
    """The bureau, heads and editors of its school, and who handed it in. `for_user` is its queryset."""
    if user_is_bureau(user) or user_owns_submission(user, submission):
        return True
    return submission.school_id in school_ids_of(user, Role.SCHOOL_HEAD, Role.SCHOOL_EDITOR)


def user_sees_submission_lists(user: Any) -> bool:
    """Say whether the user has the list of submissions in the admin."""
    return user_is_bureau(user) or bool(school_ids_of(user, Role.SCHOOL_HEAD, Role.SCHOOL_EDITOR))


def user_can_review(user: Any, submission: Submission) -> bool:
    """A head reviews what her school's people hand in, the bureau's editors everything; nobody her own."""
    if user.is_active and user.is_superuser:
        return True
    if user_owns_submission(user, submission):
        return False
    return user_can_edit_bureau_content(user) or submission.school_id in school_ids_of(user, Role.SCHOOL_HEAD)


def user_can_reopen(user: Any, submission: Submission) -> bool:
    """What was approved comes back from the bureau alone."""
    return user_can_edit_bureau_content(user) and user_can_review(user, submission)


def user_reviews_anything(user: Any) -> bool:
    """Say whether there is anything that the user could review."""
    return user_can_edit_bureau_content(user) or bool(school_ids_of(user, Role.SCHOOL_HEAD))


def reviewers_of(submission: Submission) -> QuerySet[User]:
    """Return the people who may review it, the queryset of `user_can_review` (without the operator)."""
    bureau = Q(memberships__role__in=BUREAU_ROLES - {Role.INSPECTOR})
    head = Q(memberships__role=Role.SCHOOL_HEAD, memberships__school=submission.school_id)
    if submission.school_id:
        head &= Q(memberships__school__status="open")
    found = User.objects.filter(bureau | head if submission.school_id else bureau, is_active=True)
    if submission.submitted_by_id is not None:
        found = found.exclude(pk=submission.submitted_by_id)
    return found.distinct().order_by("last_name", "first_name", "pk")


@dataclass(frozen=True)
class Transition:
    """A way on from some states: who may take it, and where it leads (None: the state stays)."""

    kind: EventKind
    sources: frozenset[str]
    target: SubmissionState | None
    may: Callable[[Any, Submission], bool]


#: Every way there is. Handing in the first time makes the submission and has no source.
TRANSITIONS: tuple[Transition, ...] = (
    Transition(EventKind.RETURNED, frozenset({SUBMITTED, RESUBMITTED}), RETURNED, user_can_review),
    Transition(EventKind.RETURNED, frozenset({APPROVED}), RETURNED, user_can_reopen),
    Transition(EventKind.RESUBMITTED, frozenset({RETURNED}), RESUBMITTED, user_owns_submission),
    Transition(EventKind.APPROVED, frozenset({SUBMITTED, RESUBMITTED}), APPROVED, user_can_review),
    Transition(
        EventKind.WITHDRAWN,
        frozenset({SUBMITTED, RETURNED, RESUBMITTED}),
        SubmissionState.WITHDRAWN,
        user_owns_submission,
    ),
    Transition(EventKind.ASSIGNED, frozenset({SUBMITTED, RESUBMITTED, RETURNED}), None, user_can_review),
)


def transition_from(kind: str, state: str) -> Transition | None:
    """Return the way of this kind that leads on from the state, None when there is none."""
    return next((way for way in TRANSITIONS if way.kind == kind and state in way.sources), None)


def user_can(user: Any, kind: str, submission: Submission) -> bool:
    """Say whether the user may take the way of this kind as the submission stands."""
    way = transition_from(kind, submission.state)
    return way is not None and way.may(user, submission)


def ways_open_to(user: Any, submission: Submission) -> set[str]:
    """Return the kinds of all ways that are open to the user now, for screens to offer."""
    return {way.kind.value for way in TRANSITIONS if user_can(user, way.kind, submission)}
