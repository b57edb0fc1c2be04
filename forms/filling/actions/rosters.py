"""Items of rosters: added, removed, put back, moved. They are named by id, so that two tabs can both do it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from forms.answers.answers import TOP, Answers
from forms.answers.keeping import pack, unpack
from forms.filling.actions.locking import keep, lock
from forms.filling.models import Draft
from forms.run.compiled import compiled
from forms.run.defaults import set_defaults

if TYPE_CHECKING:
    from forms.definitions.document import AnyRoster

#: How many removed items a draft keeps to put back.
KEPT = 20


class RosterFullError(ValidationError):
    """The roster has as many items as it may have."""


@dataclass
class AddItem:
    """Put a new item at the end of a roster, with its defaults (添加一项). Raises RosterFullError, DraftClosedError."""

    draft: Draft
    roster: str
    parent: str = TOP
    user: Any = None
    item: str = field(init=False)

    @transaction.atomic
    def execute(self) -> str:
        draft = lock(self.draft.pk, self.user)
        answers = draft.answers
        roster = _roster(draft, answers, self.roster, self.parent)
        if roster.count or len(answers.items(self.roster, self.parent)) >= roster.maximum:
            raise RosterFullError(_("At most %(count)d can be kept here.") % {"count": roster.maximum})
        self.item = answers.add_item(self.roster, self.parent)
        set_defaults(compiled(draft.version.document), answers, self.item)
        keep(draft, answers)
        return self.item


@dataclass
class RemoveItem:
    """Take an item out of its roster; it can be put back (移除一项). Removing it twice does no harm."""

    draft: Draft
    item: str
    user: Any = None

    @transaction.atomic
    def execute(self) -> Draft:
        draft = lock(self.draft.pk, self.user)
        answers = draft.answers
        place = _find(answers, self.item)
        if place is None:
            return draft
        parent, roster = place
        if draft.version.document.rosters[roster].item.count:
            raise ValidationError(_("The number of items follows from other answers."))
        position = answers.items(roster, parent).index(self.item)
        kept = {"roster": roster, "parent": parent, "position": position, "item": self.item}
        kept["answers"] = pack(draft.version.document, _only(answers, roster, self.item), draft.pk)
        draft.removed = [*draft.removed, kept][-KEPT:]
        answers.remove_item(roster, self.item, parent)
        keep(draft, answers)
        return draft


@dataclass
class RestoreItem:
    """Put a removed item back where it was (恢复移除的一项). False when nothing is kept of it."""

    draft: Draft
    item: str
    user: Any = None

    @transaction.atomic
    def execute(self) -> bool:
        draft = lock(self.draft.pk, self.user)
        answers = draft.answers
        if not put_back(draft, answers, self.item):
            return False
        keep(draft, answers)
        return True


@dataclass
class MoveItem:
    """Move an item one place up (-1) or down (+1) in its roster (上移、下移). At the end nothing happens."""

    draft: Draft
    item: str
    by: int
    user: Any = None

    @transaction.atomic
    def execute(self) -> Draft:
        draft = lock(self.draft.pk, self.user)
        answers = draft.answers
        place = _find(answers, self.item)
        if place is None:
            return draft
        ids = answers.rosters[place]
        old = ids.index(self.item)
        new = max(0, min(len(ids) - 1, old + self.by))
        if new != old:
            ids.insert(new, ids.pop(old))
            keep(draft, answers)
        return draft


def put_back(draft: Draft, answers: Answers, item: str) -> bool:
    """Put a removed item into the answers again; the row is locked and saved by the caller."""
    kept = next((one for one in draft.removed if one["item"] == item), None)
    if kept is None or (kept["parent"] != TOP and _find(answers, kept["parent"]) is None):
        return False
    lost = unpack(kept["answers"], draft.pk)
    ids = answers.rosters.setdefault((kept["parent"], kept["roster"]), [])
    ids.insert(min(kept["position"], len(ids)), item)
    answers.values.update(lost.values)
    answers.rosters.update({key: inner for key, inner in lost.rosters.items() if key[0] != TOP})
    draft.removed = [one for one in draft.removed if one["item"] != item]
    return True


def _only(answers: Answers, roster: str, item: str) -> Answers:
    """Return answers that hold the item alone, as if its roster stood in the form itself."""
    inner = {child for (holder, _), ids in answers.rosters.items() if holder == item for child in ids}
    held = inner | {item}
    return Answers(
        {key: value for key, value in answers.values.items() if key[0] in held},
        {(TOP, roster): [item]} | {key: ids for key, ids in answers.rosters.items() if key[0] in held},
    )


def _find(answers: Answers, item: str) -> tuple[str, str] | None:
    """Return (parent, roster) of an item."""
    return next(((parent, roster) for parent, roster, child in answers.walk_items() if child == item), None)


def _roster(draft: Draft, answers: Answers, name: str, parent: str) -> AnyRoster:
    """Return the roster of the document. Raises ValidationError when it is not one of the parent's."""
    placed = draft.version.document.rosters.get(name)
    around = placed.rosters[-1].name if placed and placed.rosters else ""
    place = _find(answers, parent)
    if placed is None or (place[1] if place else "") != around or (parent != TOP and place is None):
        raise ValidationError(_("The form does not ask for %(name)s here.") % {"name": name}, code="unknown")
    return placed.item
