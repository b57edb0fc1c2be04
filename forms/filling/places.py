"""Where a page stands in a form: a step, or an item of a roster, or an item of a roster within it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse

from forms.answers.answers import TOP, Answers
from forms.definitions.document import AnyRoster, Document, InnerRoster, Roster, Step
from forms.definitions.questions import Question

#: What a step's name cannot be in an address, because it stands for another page.
RESERVED = frozenset({"check", "done", "later", "discard", "take-up", "carry", "upload"})


@dataclass(frozen=True)
class Place:
    """A page of a form. `rosters` and `items` go from the outer to the inner; both are empty for a step."""

    document: Document
    step: Step
    rosters: tuple[AnyRoster, ...] = ()
    items: tuple[str, ...] = ()

    @property
    def item(self) -> str:
        """Return the item whose answers the page asks for."""
        return self.items[-1] if self.items else TOP

    @property
    def parent(self) -> str:
        """Return the item that holds this page's item."""
        return self.items[-2] if len(self.items) > 1 else TOP

    @property
    def roster(self) -> AnyRoster | None:
        """Return the roster that the page's item is in."""
        return self.rosters[-1] if self.rosters else None

    @property
    def parts(self) -> tuple[Any, ...]:
        """Return the questions, notes and rosters of the page, in order."""
        return self.roster.items if self.roster else self.step.items

    @property
    def questions(self) -> list[Question]:
        """Return the questions of the page."""
        return [part for part in self.parts if isinstance(part, Question)]

    def within(self, roster: AnyRoster, item: str) -> Place:
        """Return the page of an item of a roster on this page."""
        return Place(self.document, self.step, (*self.rosters, roster), (*self.items, item))

    @property
    def above(self) -> Place:
        """Return the page that holds the roster of this item."""
        return Place(self.document, self.step, self.rosters[:-1], self.items[:-1])

    def url(self, draft: UUID) -> str:
        """Return the address of the page in a draft."""
        arguments: dict[str, Any] = {"uuid": draft, "step": step_in_address(self.step.name)}
        for (roster_key, item_key), roster, item in zip(_KEYS, self.rosters, self.items, strict=False):
            arguments |= {roster_key: roster.name, item_key: item}
        return reverse("forms_fill", kwargs=arguments)


_KEYS = (("roster", "item"), ("inner", "inner_item"))


def step_in_address(name: str) -> str:
    """Return a step's name for an address: one that is another page's gets a dash, which no name begins with."""
    return f"-{name}" if name in RESERVED else name


def find_place(document: Document, answers: Answers, step: str, **at: str) -> Place | None:
    """Return the page that an address names; None when the form has no such step or roster, or it no such item."""
    found = next((one for one in document.steps if step_in_address(one.name) == step), None)
    if found is None:
        return None
    place = Place(document, found)
    for roster_key, item_key in _KEYS:
        name, item = at.get(roster_key), at.get(item_key)
        if name and item:
            roster = next(
                (p for p in place.parts if isinstance(p, Roster | InnerRoster) and p.name == name), None
            )
            if roster is None or item not in answers.items(name, place.item):
                return None
            place = place.within(roster, item)
    return place


def place_of(document: Document, answers: Answers, name: str, item: str = TOP) -> Place | None:
    """Return the page that asks for a question, or shows a roster, of an item."""
    placed = document.questions.get(name) or document.rosters.get(name)
    if placed is None:
        row = document.matrix_rows.get(name)
        return place_of(document, answers, row, item) if row else None
    place = Place(document, placed.step)
    for roster, holder in zip(placed.rosters, _chain(answers, item), strict=False):
        place = place.within(roster, holder)
    return place


def _chain(answers: Answers, item: str) -> list[str]:
    """Return the item and what holds it, from the outer to the inner."""
    holders = {child: parent for parent, _, child in answers.walk_items()}
    chain: list[str] = []
    while item != TOP:
        chain.insert(0, item)
        item = holders.get(item, TOP)
    return chain
