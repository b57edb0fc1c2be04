"""Working on a draft: the row is locked, opened, changed, run once and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from forms.answers.answers import Answers
from forms.filling.models import Draft
from forms.filling.permissions import user_can_continue
from forms.run.compiled import compiled
from forms.run.engine import run

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from forms.answers.answers import Key
    from forms.run.outcome import Outcome


class DraftClosedError(Exception):
    """The draft is submitted or discarded, so that nothing in it changes any more."""


def lock(pk: UUID, user: Any = None) -> Draft:
    """Return the draft, locked until the end of the transaction. Two queries.

    Raises DraftClosedError, PermissionDenied when the draft has another owner, Draft.DoesNotExist.
    """
    draft = Draft.objects.select_for_update(of=("self",)).with_form().get(pk=pk)
    require_right(draft, user)
    if not draft.is_open:
        raise DraftClosedError
    return draft


def require_right(draft: Draft, user: Any) -> None:
    """Raise PermissionDenied when the draft is another's."""
    if user is not None and draft.owner_id is not None and not user_can_continue(user, draft):
        raise PermissionDenied


def run_draft(draft: Draft, answers: Answers | None = None) -> Outcome:
    """Return the outcome of a draft's answers."""
    return run(compiled(draft.version.document), answers or draft.answers, seed=draft.pk)


def keep(draft: Draft, answers: Answers, changed: Iterable[Key] = (), writer: str = "") -> Outcome:
    """Run the answers, keep them with the items that a count asks for, and raise the revision by one."""
    outcome = run_draft(draft, answers)
    draft.keep(outcome.answers)
    draft.revision += 1
    draft.answered_at |= {f"{item}/{name}": [draft.revision, writer] for item, name in changed}
    draft.updated_at = timezone.now()
    draft.save(update_fields=["kept_answers", "revision", "answered_at", "visited", "removed", "updated_at"])
    return outcome
