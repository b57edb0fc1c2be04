"""Where answers stand and what a reference means from there.

`Outline` knows the names of a form, `Answers` holds what was answered, a `Place` is one question in one item of its
rosters. The rules are those of ODK: from inside a roster `${name}` is the answer in the same item, from outside it
stands for the answers in all items. `${roster}` stands for all items (of the same outer item); only inside itself a
roster at the top is the item at hand, unless a condition chooses among its items: `${roster}[age > 6]`.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any, NamedTuple, Protocol

from .errors import EvaluationError, gettext_noop
from .limits import MAX_NODESET
from .moments import Moment, midnight
from .values import Answer, Value, typed


@dataclass(frozen=True, slots=True)
class Question:
    """A name of the form: a question, a calculation, or something that holds others (kind roster or group).

    `inside` is the roster or group that holds it, "" at the top; `choices` names its list.
    """

    name: str
    kind: str = "text"
    inside: str = ""
    choices: str = ""


class Place(NamedTuple):
    """A question (or roster, or group) in one item of each roster around it, outermost first, counted from 1."""

    name: str = ""
    items: tuple[int, ...] = ()

    def __str__(self) -> str:
        return self.name + "".join(f"[{item}]" for item in self.items)


class Outline:
    """The names of a form and what holds what."""

    def __init__(self, questions: Iterable[Question]) -> None:
        self.questions = {question.name: question for question in questions}
        self._rosters: dict[str, tuple[str, ...]] = {"": ()}
        self._holders: dict[str, tuple[tuple[str, int], ...]] = {"": ()}

    def __contains__(self, name: str) -> bool:
        return name in self.questions

    def kind(self, name: str) -> str:
        return self.questions[name].kind

    def rosters(self, name: str) -> tuple[str, ...]:
        """Return the rosters around the name, outermost first, itself included when it is one."""
        if name not in self._rosters:
            question = self.questions[name]
            own = (name,) if question.kind == "roster" else ()
            self._rosters[name] = (*self.rosters(question.inside), *own)
        return self._rosters[name]

    def holders(self, name: str) -> tuple[tuple[str, int], ...]:
        """Return the name and all that holds it, from inside out, each with the number of items that a place has.

        A roster is there twice: the item, then the roster as a whole.
        """
        if name not in self._holders and name in self.questions:
            question = self.questions[name]
            depth = len(self.rosters(name))
            whole = ((name, depth - 1),) if question.kind == "roster" else ()
            self._holders[name] = ((name, depth), *whole, *self.holders(question.inside))
        return self._holders.get(name, ())

    def holder(self, name: str) -> str:
        """Return the roster or group around the name, "" at the top."""
        return self.questions[name].inside if name else ""


class Context(Protocol):
    """What the evaluator asks of a form with answers. `Answers` is the usual one."""

    now: Moment
    version: str
    random: random.Random

    @property
    def today(self) -> Moment:
        """Return the midnight that the day of `now` began with."""

    def find(self, name: str, here: Place, *, every: bool = False) -> Sequence[Place]:
        """Return the relevant places that `${name}` means from here; `every` item of a roster, also from inside it.

        Raises EvaluationError for an unknown name.
        """

    def child(self, of: Place, name: str) -> Sequence[Place]:
        """Return the relevant places of that name under a roster item, a group or the form."""

    def above(self, place: Place, levels: int) -> Place:
        """Return what holds the place, that many levels up."""

    def at(self, name: str, rosters: Mapping[str, int], here: Place) -> Sequence[Place]:
        """Return the places of the name in the given items of its rosters; other rosters as seen from here."""

    def value(self, place: Place) -> Value:
        """Return the answer, empty when there is none or when it is not relevant."""

    def is_item(self, place: Place) -> bool:
        """Tell whether the place is an item of a roster."""

    def label(self, question: str, choice: str) -> str:
        """Return the label of a choice, empty when there is none."""

    def rows(self, choices: str) -> Sequence[Mapping[str, str]]:
        """Return the rows of a list of choices with their columns, `name` and `label` among them."""


@dataclass
class Answers:
    """Answers to a form: `{"question": answer, "roster": [{"question": answer}]}`, and what is not relevant.

    `values` takes precedence over `given`: calculations are put there with `set`. `hidden` holds the places that are
    not relevant; what lies inside a hidden roster, item or group is hidden with it. `lists` are the rows of the
    choices. The clock is handed in; `random` may be seeded.
    """

    outline: Outline
    given: Mapping[str, Any]
    now: Moment
    lists: Mapping[str, Sequence[Mapping[str, str]]] = field(default_factory=dict)
    version: str = ""
    hidden: set[Place] = field(default_factory=set)
    random: random.Random = field(default_factory=random.Random)
    values: dict[Place, Value] = field(default_factory=dict)

    @property
    def today(self) -> Moment:
        return midnight(self.now)

    def set(self, place: Place, value: Value) -> None:
        """Remember what a calculation came to."""
        self.values[place] = value

    def value(self, place: Place) -> Value:
        if self.is_hidden(place):
            return ""
        if place in self.values:
            return self.values[place]
        question = self.outline.questions.get(place.name)
        if question is None or question.kind in {"roster", "group"}:
            return ""
        return typed(self.answer(place), question.kind, self.today)

    def answer(self, place: Place) -> Answer:
        """Return the answer as it was given."""
        item: Any = self.given
        for roster, number in zip(self.outline.rosters(place.name), place.items, strict=False):
            items = item.get(roster) or []
            if number > len(items):
                return None
            item = items[number - 1]
        return item.get(place.name)

    def count(self, roster: str, items: tuple[int, ...] = ()) -> int:
        """Return how many items the roster has, inside these items of the rosters around it."""
        found = self.answer(Place(roster, items))
        return len(found) if isinstance(found, (list, tuple)) else 0

    def places(self, name: str, fixed: tuple[int | None, ...] = ()) -> Iterator[Place]:
        """Yield every place of the name; `fixed` gives the item for the outermost rosters (None: all)."""
        rosters = self.outline.rosters(name)
        yield from self._expand(name, rosters, (*fixed, *([None] * len(rosters)))[: len(rosters)], ())

    def _expand(
        self, name: str, rosters: tuple[str, ...], fixed: tuple[int | None, ...], items: tuple[int, ...]
    ) -> Iterator[Place]:
        level = len(items)
        if level == len(rosters):
            yield Place(name, items)
            return
        count = self.count(rosters[level], items)
        wanted = fixed[level]
        for item in range(1, count + 1) if wanted is None else [wanted] if 1 <= wanted <= count else []:
            yield from self._expand(name, rosters, fixed, (*items, item))

    def is_hidden(self, place: Place) -> bool:
        """Tell whether the place, or something that holds it, is not relevant."""
        hidden, items = self.hidden, place.items
        if not hidden:
            return False
        return any((name, items[:depth]) in hidden for name, depth in self.outline.holders(place.name))

    def is_item(self, place: Place) -> bool:
        return bool(place.name) and self.outline.kind(place.name) == "roster"

    def above(self, place: Place, levels: int) -> Place:
        for _ in range(levels):
            items = place.items[:-1] if self.is_item(place) else place.items
            place = Place(self.outline.holder(place.name), items)
        return place

    def find(self, name: str, here: Place, *, every: bool = False) -> Sequence[Place]:
        self._known(name)
        rosters = self.outline.rosters(name)
        if not rosters:
            place = Place(name)
            return () if self.is_hidden(place) else (place,)
        if self.outline.kind(name) == "roster" and (every or len(rosters) > 1):
            rosters = rosters[:-1]
        return self._relevant(name, here.items[: self._shared(rosters, here)])

    def child(self, of: Place, name: str) -> Sequence[Place]:
        self._known(name)
        return self._relevant(name, of.items[: self._shared(self.outline.rosters(name), of)])

    def at(self, name: str, rosters: Mapping[str, int], here: Place) -> Sequence[Place]:
        self._known(name)
        around = self.outline.rosters(name)
        seen = here.items[: self._shared(around, here)]
        fixed = [rosters.get(roster, seen[i] if i < len(seen) else None) for i, roster in enumerate(around)]
        return self._relevant(name, tuple(fixed))

    def _shared(self, rosters: tuple[str, ...], here: Place) -> int:
        pairs = zip(rosters, self.outline.rosters(here.name), here.items, strict=False)
        return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))

    def _relevant(self, name: str, fixed: tuple[int | None, ...]) -> list[Place]:
        found = []
        for place in self.places(name, fixed):
            if not self.is_hidden(place):
                found.append(place)
            if len(found) > MAX_NODESET:
                raise EvaluationError(
                    gettext_noop("%(name)s stands for more than %(limit)s answers."),
                    name=name,
                    limit=MAX_NODESET,
                )
        return found

    def _known(self, name: str) -> None:
        if name not in self.outline:
            raise EvaluationError(gettext_noop("There is no question named %(name)s."), name=name)

    def label(self, question: str, choice: str) -> str:
        rows = self.rows(self.outline.questions[question].choices) if question in self.outline else ()
        return next((row.get("label", "") for row in rows if row["name"] == choice), "")

    def rows(self, choices: str) -> Sequence[Mapping[str, str]]:
        return self.lists.get(choices, ())
