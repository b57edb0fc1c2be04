"""A form as the checks see it: each part with its path, each expression and label with the setting it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from forms.definitions.document import AnyRoster, Document, Note, Step
from forms.definitions.fault import Fault, Path, Severity
from forms.definitions.places import label_of, name_of, part_at, say_place
from forms.definitions.questions import Matrix, Question

_SHOWN = re.compile(r"\$\{\s*([^{}]*?)\s*\}")


@dataclass(frozen=True)
class Spot:
    """A note, question or roster and where it stands."""

    path: Path
    item: Any
    step: Step
    rosters: tuple[AnyRoster, ...]

    @property
    def is_question(self) -> bool:
        return isinstance(self.item, Question)


@dataclass(frozen=True)
class Phrase:
    """A text of the form that a program reads: an expression, or a label with `${name}` in it."""

    path: Path
    setting: str
    text: str
    #: The rosters around it, from the outer to the inner.
    rosters: tuple[AnyRoster, ...] = ()
    #: The question, roster, row or note that it belongs to.
    owner: Any = None


class Examined:
    """A document with its parts found once for all checks."""

    def __init__(self, document: Document, *, public: bool = False) -> None:
        self.document, self.public = document, public

    @cached_property
    def spots(self) -> list[Spot]:
        """Every item of every step, in order, a roster before its items."""
        return [
            spot
            for number, step in enumerate(self.document.steps)
            for spot in _spots(step.items, ("steps", number), step, ())
        ]

    @cached_property
    def questions(self) -> list[Spot]:
        return [spot for spot in self.spots if spot.is_question]

    @cached_property
    def by_name(self) -> dict[str, Spot]:
        """Questions and rosters by name; the first of a name wins."""
        found: dict[str, Spot] = {}
        for spot in self.spots:
            if not isinstance(spot.item, Note):
                found.setdefault(spot.item.name, spot)
        return found

    @cached_property
    def own_lists(self) -> dict[str, Path]:
        """The question of each list that is one question's alone and called as it is: people see the two as one."""
        users: dict[str, list[Spot]] = {}
        for spot in self.questions:
            users.setdefault(getattr(spot.item, "list", ""), []).append(spot)
        return {
            name: spots[0].path
            for name, spots in users.items()
            if len(spots) == 1 and spots[0].item.name == name
        }

    @cached_property
    def names(self) -> frozenset[str]:
        """All that `${name}` may mean: questions, rosters, rows of matrices, scores."""
        scores = (score.name for score in self.document.scores)
        return frozenset((*self.by_name, *self.document.matrix_rows, *scores))

    @cached_property
    def labels(self) -> list[Phrase]:
        """Every text that people see."""
        document = self.document
        found = [Phrase((), key, getattr(document, key)) for key in ("intro", "thanks", "summary")]
        for number, step in enumerate(document.steps):
            found += [Phrase(("steps", number), key, getattr(step, key)) for key in ("title", "intro")]
        keys = ("label", "hint", "item_label", "constraint_message", "required_message", "text")
        for spot in self.spots:
            found += [
                Phrase(spot.path, key, getattr(spot.item, key), _around(spot, key), spot.item)
                for key in keys
                if getattr(spot.item, key, "")
            ]
        return [phrase for phrase in found if phrase.text]

    @cached_property
    def expressions(self) -> list[Phrase]:
        """Every expression, in the order of the form."""
        document, found = self.document, []
        if document.about and document.about.when:
            found.append(Phrase(("about",), "when", document.about.when))
        for number, step in enumerate(document.steps):
            if step.relevant:
                found.append(Phrase(("steps", number), "relevant", step.relevant))
            inside = [spot for spot in self.spots if spot.path[:2] == ("steps", number)]
            found += [phrase for spot in inside for phrase in _expressions(spot)]
        for number, score in enumerate(document.scores):
            if score.expression:
                found.append(Phrase(("scores", number), "expression", score.expression, owner=score))
        return found

    def paths(self) -> Iterator[Path]:
        """Give the paths of all parts, in the order of the form."""
        yield ()
        yield ("about",)
        for number, _step in enumerate(self.document.steps):
            yield ("steps", number)
            for spot in self.spots:
                if spot.path[:2] == ("steps", number):
                    yield spot.path
                    yield from (
                        (*spot.path, "rows", row)
                        for row in range(
                            len(getattr(spot.item, "rows", None) or ())
                            if isinstance(spot.item, Matrix)
                            else 0
                        )
                    )
        yield from (("lists", name) for name in self.document.lists)
        yield from (("scores", number) for number in range(len(self.document.scores)))

    def error(self, check: str, path: Path, message: str, advice: str, setting: str = "") -> Fault:
        """Return an error at the part with this path."""
        return self._fault(Severity.ERROR, check, path, message, advice, setting)

    def warning(self, check: str, path: Path, message: str, advice: str, setting: str = "") -> Fault:
        """Return a warning at the part with this path."""
        return self._fault(Severity.WARNING, check, path, message, advice, setting)

    def _fault(
        self, severity: Severity, check: str, path: Path, message: str, advice: str, setting: str
    ) -> Fault:
        if path[:1] == ("lists",) and path[1] in self.own_lists:
            path, setting = self.own_lists[str(path[1])], "list"
        part = part_at(self.document, path) if path else None
        return Fault(
            severity=severity,
            place=say_place(self.document, path),
            question=str(path[1]) if path[:1] == ("lists",) else name_of(part),
            label=label_of(part),
            message=message,
            advice=advice,
            path=path,
            setting=setting,
            check=check,
        )


def shown_names(text: str) -> list[str]:
    """Return the names that a label shows: those in ${ }, in order."""
    return _SHOWN.findall(text)


def _spots(items: Any, path: Path, step: Step, rosters: tuple[AnyRoster, ...]) -> Iterator[Spot]:
    for number, item in enumerate(items):
        spot = Spot((*path, "items", number), item, step, rosters)
        yield spot
        if item.type == "roster":
            yield from _spots(item.items, spot.path, step, (*rosters, item))


def _around(spot: Spot, key: str) -> tuple[AnyRoster, ...]:
    """Return the rosters around a text: the label of a roster's items stands within the roster."""
    return (*spot.rosters, spot.item) if key == "item_label" else spot.rosters


def _expressions(spot: Spot) -> Iterator[Phrase]:
    item = spot.item
    for key in ("relevant", "count", "required", "constraint", "calculation", "choice_filter", "default"):
        text = getattr(item, key, "")
        if key == "default":
            text = text[1:] if text.startswith("=") else ""
        if isinstance(text, str) and text:
            yield Phrase(spot.path, key, text, spot.rosters, item)
    for number, row in enumerate(item.rows if isinstance(item, Matrix) else ()):
        if row.relevant:
            yield Phrase((*spot.path, "rows", number), "relevant", row.relevant, spot.rosters, row)
