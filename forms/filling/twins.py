"""Whether the child is in the register already: the question before a form that makes a record is handed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from forms.filling.bases import base_of
from forms.registers.actions.entry import AnswerDuplicate, TakeBackDuplicate
from forms.registers.entry import duplicates_in_draft

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forms.filling.models import Draft
    from forms.registers.duplicates import Duplicate

TAKE_BACK = "take-back"


@dataclass(frozen=True)
class Twin:
    """A record that may be of the same child. `mark` names it in the page without saying which one it is."""

    found: Duplicate
    mark: str
    problem: str = ""
    reason: str = ""

    @property
    def must_say_why(self) -> bool:
        """Say whether a reason must be given for its being another child."""
        return self.found.how != "sound"


def twins_of(draft: Draft, user: Any, said: Mapping[str, str] | None = None, problem: str = "") -> list[Twin]:
    """Return what is to be decided before the draft can be handed in; nothing of a register for the public.

    `said` is what was sent about one of them and could not be done, because of `problem`.
    """
    if draft.owner_id is None or user is None:
        return []
    said = said or {}
    found = [Twin(one, _mark(one)) for one in duplicates_in_draft(draft, user)]
    return [
        Twin(one.found, one.mark, problem, said.get("reason", ""))
        if one.mark == said.get("duplicate")
        else one
        for one in found
    ]


def _mark(one: Duplicate) -> str:
    return base_of(str(one.record.pk))


def decide(draft: Draft, user: Any, said: Mapping[str, str]) -> None:
    """Do what the person has decided about one record. Raises ValidationError, PermissionDenied."""
    if said["duplicate"] == TAKE_BACK:
        TakeBackDuplicate(draft, user).execute()
        return
    chosen = next((one for one in twins_of(draft, user) if one.mark == said["duplicate"]), None)
    pk = chosen.found.record.pk if chosen else None
    AnswerDuplicate(draft, pk, said.get("same") == "yes", user, said.get("reason", "")).execute()
