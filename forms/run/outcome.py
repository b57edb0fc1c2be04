"""What a run found out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from forms.answers.answers import TOP, Answers, Key
from forms.codes.lookup import choices_of
from forms.definitions.choices import Choice
from forms.definitions.questions import Question
from forms.expressions import EvaluationError, evaluate, truth
from forms.kinds import kind_of
from forms.run.places import Places

if TYPE_CHECKING:
    from forms.expressions import Answers as Facts
    from forms.run.compiled import CompiledForm

REFERENCE = re.compile(r"\$\{\s*([^\s{}]+)\s*\}")


@dataclass
class Outcome:
    """The state of a form with these answers. Keys are (item id, name); the item outside rosters is TOP.

    `answers` are the ones that went in, with the items added that counts ask for and the values that are worked out
    only once. `errors` hold what the person must put right, a roster's own under (item that holds it, roster name);
    `faults` what the form's author must: expressions that failed on these answers.
    """

    form: CompiledForm
    answers: Answers
    facts: Facts
    places: Places
    path: tuple[str, ...] = ()
    relevant: dict[Key, bool] = field(default_factory=dict)
    calculated: dict[Key, str] = field(default_factory=dict)
    scores: dict[str, Decimal] = field(default_factory=dict)
    errors: dict[Key, list[str]] = field(default_factory=dict)
    faults: dict[Key, str] = field(default_factory=dict)

    def is_relevant(self, name: str, item: str = TOP) -> bool:
        """Say whether the question, note or roster is asked in this item; False for what is not there."""
        return self.relevant.get((item, name), False)

    @property
    def values(self) -> dict[Key, Any]:
        """Return the answers that count: on the path and readable; and the calculated ones, as text."""
        counting = {
            key: value
            for key, value in self.answers.values.items()
            if self.relevant.get(key) and not (isinstance(value, dict) and "raw" in value)
        }
        return {**counting, **{key: value for key, value in self.calculated.items() if value != ""}}

    @property
    def complete(self) -> bool:
        """Say whether the form could be handed in."""
        return not self.errors

    def errors_of_step(self, step: str) -> dict[Key, list[str]]:
        """Return the errors of the questions and rosters of one step, in the order of the form."""
        names = self.form.names_of_step(step)
        return {key: found for key, found in self.errors.items() if key[1] in names}

    def items(self, roster: str, parent: str = TOP) -> list[str]:
        """Return the ids of the roster's items that count, in order."""
        return [item for item in self.answers.items(roster, parent) if self.places.knows(item)]

    def required(self, question: Question, item: str = TOP) -> bool:
        """Say whether the question must be answered, with these answers."""
        part = self.form.parts[question.name]
        if part.required is None:
            return question.required is True
        try:
            return truth(evaluate(part.required, self.facts, self.places.of(question.name, item)))
        except EvaluationError as error:
            self.faults[item, question.name] = str(error)
            return False

    def choices(self, question: Any, item: str = TOP) -> list[Choice]:
        """Return the choices that the question offers in this item: those that its filter lets through."""
        part = self.form.parts[question.name]
        every = choices_of(self.form.document, question.list)
        if part.choice_filter is None:
            return list(every)
        place, tree = self.places.of(question.name, item), part.choice_filter
        try:
            return [one for one in every if truth(evaluate(tree, self.facts, place, row=row_of(one)))]
        except EvaluationError as error:
            self.faults[item, question.name] = str(error)
            return list(every)

    def text(self, label: str, item: str = TOP) -> str:
        """Return the label with `${name}` replaced by the answer as people read it."""
        return REFERENCE.sub(lambda match: self.shown(match[1], item), label) if "${" in label else label

    def shown(self, name: str, item: str = TOP) -> str:
        """Return an answer or calculated value for people; of the nearest item around `item` that has it."""
        for holder in self.places.around(item):
            key = (holder, name)
            if key in self.calculated:
                return self.calculated[key]
            if self.relevant.get(key):
                return self._display(name, self.answers.get(name, holder))
        return ""

    def _display(self, name: str, value: Any) -> str:
        placed = self.form.document.questions.get(name)
        return kind_of(placed.item).display(placed.item, value, self.form.document) if placed else ""


def row_of(choice: Choice) -> Mapping[str, str]:
    """Return a choice as an expression sees it."""
    return {**choice.extra, "name": choice.value, "label": choice.label}


def joined(messages: Sequence[str]) -> str:
    """Return several messages as one line."""
    return "；".join(messages)
