"""What is done to drafts. Each action checks the right and works under the draft's row lock, in a short transaction.

`user=None` is the operator, or whoever holds a draft's signed link: the view has looked at it.
"""

from forms.filling.actions.carrying import CarryDraft
from forms.filling.actions.locking import DraftClosedError
from forms.filling.actions.rosters import AddItem, MoveItem, RemoveItem, RestoreItem, RosterFullError
from forms.filling.actions.saving import Conflict, LostRaceError, SaveAnswers
from forms.filling.actions.starting import DiscardDraft, RestoreDraft, StartDraft

__all__ = [
    "AddItem",
    "CarryDraft",
    "Conflict",
    "DiscardDraft",
    "DraftClosedError",
    "LostRaceError",
    "MoveItem",
    "RemoveItem",
    "RestoreDraft",
    "RestoreItem",
    "RosterFullError",
    "SaveAnswers",
    "StartDraft",
]
