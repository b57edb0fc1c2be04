"""Answers as a client sends them, put into a draft."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms.service import ApiProblem
from forms.answers.answers import TOP, Key
from forms.definitions.document import Document
from forms.filling.actions import AddItem, RemoveItem, SaveAnswers
from forms.filling.actions.locking import lock
from forms.filling.models import Draft
from forms.kinds import kind_of
from forms.run.outcome import Outcome

DEPTH = 2


@transaction.atomic
def take(
    uuid: UUID, revision: int | None, sent: dict[str, Any], user: Any, step: str = ""
) -> tuple[Draft, Outcome]:
    """Put the answers into the draft, all or none, when it is still at this revision.

    Raises the problem 412 when it is not, ValidationError naming what the form does not ask.
    """
    draft = lock(uuid, user)
    if revision is not None and draft.revision != revision:
        raise ApiProblem(
            412,
            "lost-race",
            _(
                "The draft was changed meanwhile; it is at revision %(revision)d. Read it, and send your changes again."
            )
            % {"revision": draft.revision},
            headers={"ETag": f'"{draft.revision}"'},
        )
    changes = _Taker(draft, user).changes(sent)
    draft.refresh_from_db()
    action = SaveAnswers(draft, draft.revision, changes, user=user, step=step)
    return action.execute(), action.outcome


class _Taker:
    """Reads what was sent against the document; adds and removes roster items on the way."""

    def __init__(self, draft: Draft, user: Any) -> None:
        self.draft, self.user = draft, user
        self.document: Document = draft.version.document
        self.found: dict[Key, Any] = {}

    def changes(self, sent: dict[str, Any]) -> dict[Key, Any]:
        """Return the changed answers by key."""
        self._read(sent, TOP, "")
        return self.found

    def _read(self, sent: dict[str, Any], item: str, where: str) -> None:
        for name, typed in sent.items():
            place = f"{where}{name}"
            if name == "id" and item:
                continue
            if name in self.document.rosters:
                self._roster(name, typed, item, place)
                continue
            placed = self.document.questions.get(name)
            if placed is None or not placed.item.asks:
                raise ValidationError(
                    {place: [_("The form does not ask for %(name)s here.") % {"name": name}]}
                )
            self.found[item, name] = kind_of(placed.item).parse(placed.item, typed)

    def _roster(self, name: str, sent: Any, parent: str, place: str) -> None:
        if not isinstance(sent, list) or not all(isinstance(one, dict) for one in sent):
            raise ValidationError({place: [_("A roster is a list of objects.")]})
        known = self.draft.answers.items(name, parent)
        wanted = {one.get("id") for one in sent} - {None}
        if stray := wanted - set(known):
            raise ValidationError(
                {place: [_("There is no item %(id)s.") % {"id": sorted(map(str, stray))[0]}]}
            )
        for child in known:
            if child not in wanted:
                RemoveItem(self.draft, child, user=self.user).execute()
        for position, one in enumerate(sent, 1):
            child = one.get("id") or AddItem(self.draft, name, parent, user=self.user).execute()
            self.draft.refresh_from_db()
            self._read(one, child, f"{place}[{position}].")
