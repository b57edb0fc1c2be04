"""What an engine made of answers, in the words of people: the same JSON whichever engine it was."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from forms.answers.answers import TOP, Answers
from forms.definitions.document import Document, Step
from forms.definitions.questions import Calculation, Matrix, Question
from forms.kinds import kind_of
from forms.kinds.base import is_raw
from forms.kinds.choosing import unknown_choice
from forms.run.checking import missing

_STEP = re.compile(r"(?P<roster>[^.\[\]]+(?:\.[^.\[\]]+)*)\[(?P<number>\d+)\]\.")


class EngineMissingError(RuntimeError):
    """The engine is not on this machine; the message says what is missing."""


@dataclass
class Verdicts:
    """What an engine found, by place (`roster[1].question`)."""

    relevant: dict[str, bool] = field(default_factory=dict)
    required: dict[str, bool] = field(default_factory=dict)
    #: Calculated values, as text.
    calculated: dict[str, str] = field(default_factory=dict)
    #: Answers that the type's limits or the constraint refuse.
    refused: set[str] = field(default_factory=set)
    #: Steps whose condition holds.
    steps: set[str] = field(default_factory=set)
    #: Notes that are shown.
    notes: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Spot:
    """A question in one item of its rosters."""

    place: str
    name: str
    item: str


def read_answers(document: Document, given: Mapping[str, Any]) -> Answers:
    """Return answers of plain JSON, each as its question's type reads it; names that the form lacks are left out."""
    plain = Answers.from_plain(dict(given), frozenset(document.rosters))
    read = Answers(rosters=plain.rosters)
    for (item, name), value in plain.values.items():
        placed = document.questions.get(name)
        if placed is None:
            continue
        if isinstance(placed.item, Calculation):
            read.put(name, value, item)
        else:
            read.put(name, kind_of(placed.item).parse(placed.item, value), item)
    return read


def left_out(document: Document, given: Mapping[str, Any]) -> list[str]:
    """Return what of the answers no engine looks at: names that the form lacks, or that stand elsewhere in it."""
    return list(_left_out(document, given, (), ""))


def _left_out(
    document: Document, given: Mapping[str, Any], around: tuple[str, ...], prefix: str
) -> Iterator[str]:
    for name, value in given.items():
        placed = document.rosters.get(name) or document.questions.get(name)
        is_roster = name in document.rosters
        stands_here = placed is not None and tuple(roster.name for roster in placed.rosters) == around
        if not stands_here or (is_roster and not isinstance(value, list)):
            yield prefix + name
        elif is_roster:
            for number, item in enumerate(value, 1):
                place = f"{prefix}{name}[{number}]"
                if isinstance(item, Mapping):
                    yield from _left_out(document, item, (*around, name), f"{place}.")
                else:
                    yield place


def facts_of(document: Document, answers: Answers, item: str = TOP) -> dict[str, Any]:
    """Return the answers as expressions see them: {"question": "text", "roster": [{...}]}."""
    facts: dict[str, Any] = {}
    for (owner, name), value in answers.values.items():
        if owner != item:
            continue
        question = document.questions[name].item
        if isinstance(question, Matrix):
            facts.update({} if is_raw(value) else value)
        elif (
            text := value
            if isinstance(question, Calculation)
            else kind_of(question).to_expression(question, value)
        ):
            facts[name] = text
    for (owner, roster), ids in answers.rosters.items():
        if owner == item:
            facts[roster] = [facts_of(document, answers, child) for child in ids]
    return facts


def spots(document: Document, places: Iterator[str]) -> Iterator[Spot]:
    """Give the questions among the places, with the ids that `Answers.from_plain` gives to items."""
    for place in places:
        name, item = place, TOP
        while match := _STEP.match(name):
            item = f"{item}{match['roster']}.{match['number']}."
            name = name[match.end() :]
        if name in document.questions:
            yield Spot(place, name, item)


def assembled(document: Document, answers: Answers, found: Verdicts) -> dict[str, Any]:
    """Return the result of a run: `path`, `relevant`, `values`, `errors`."""
    every = list(spots(document, iter(found.relevant)))
    path = [step.name for step in document.steps if step.name in found.steps and _is_seen(step, found)]
    values: dict[str, Any] = {}
    errors: dict[str, list[str]] = {}
    for spot in every:
        question: Question = document.questions[spot.name].item
        if not found.relevant[spot.place]:
            continue
        value = answers.get(spot.name, spot.item)
        if isinstance(question, Calculation):
            values |= {spot.place: text} if (text := found.calculated.get(spot.place)) else {}
        elif value is not None and not is_raw(value):
            values[spot.place] = value
        if question.asks and document.questions[spot.name].step.name in path:
            said = _errors(document, question, value, spot, found)
            errors |= {spot.place: said} if said else {}
    scores = {
        score.name: found.calculated[score.name]
        for score in document.scores
        if score.name in found.calculated
    }
    relevant = {spot.place: found.relevant[spot.place] for spot in every}
    return {"path": path, "relevant": relevant, "values": values | scores, "errors": errors}


def _is_seen(step: Step, found: Verdicts) -> bool:
    for item in step.items:
        shown = not isinstance(item, Question) or item.asks or bool(getattr(item, "shown", False))
        if shown and (found.relevant.get(item.name) or item.name in found.notes):
            return True
    return False


def _errors(document: Document, question: Question, value: Any, spot: Spot, found: Verdicts) -> list[str]:
    required = found.required.get(spot.place, False)
    if value is None or (
        isinstance(question, Matrix) and required and not _answers_all(question, value, spot, found)
    ):
        return [missing(question)] if required else []
    problems = kind_of(question).problems(question, value, document)
    if is_raw(value) or (problems and problems == [unknown_choice()]):
        return problems
    if spot.place not in found.refused:
        return []
    return problems or [
        question.constraint_message or _("This answer is not possible here. Please check it.")
    ]


def _answers_all(question: Matrix, value: Any, spot: Spot, found: Verdicts) -> bool:
    if is_raw(value):
        return True
    prefix = spot.place.removesuffix(spot.name)
    return all(row.name in value for row in question.rows if found.relevant.get(f"{prefix}{row.name}", True))
