"""Running a form: from answers to what is asked, worked out and wrong. Nothing is stored, nothing is changed."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from forms.answers.answers import TOP, Answers
from forms.codes.lookup import choice_of, remembered_choices
from forms.definitions.document import Score, Step
from forms.definitions.questions import Question
from forms.expressions import Answers as Facts
from forms.expressions import EvaluationError, Node, Value, evaluate, settle, stored, truth
from forms.expressions.values import number
from forms.kinds import kind_of
from forms.kinds.base import is_raw
from forms.run.checking import check
from forms.run.compiled import STEP_MARK, CompiledForm, Part
from forms.run.moment import at
from forms.run.outcome import Outcome
from forms.run.places import Places

#: The most items that a count expression may ask for.
MOST_ITEMS = 200


def run(form: CompiledForm, answers: Answers, now: datetime | None = None, *, seed: object = None) -> Outcome:
    """Return the outcome of a form with these answers at this time (default: now).

    `seed` makes what is random the same each time: the uuid of the draft.
    """
    with remembered_choices():
        return _Run(form, answers.copy(), now, seed).outcome()


class _Run:
    """One run. Parts are taken in the order in which they can be computed."""

    def __init__(self, form: CompiledForm, answers: Answers, now: datetime | None, seed: object) -> None:
        self.form, self.answers = form, answers
        self.given: dict[str, Any] = {}
        self.facts = Facts(
            form.outline,
            self.given,
            at(now),
            lists=form.lists,
            random=random.Random(str(seed)),  # noqa: S311
        )
        self.places = Places()
        #: The items of each roster that are known so far; every roster begins at the form itself.
        self.items_of: dict[str, list[tuple[str, dict[str, Any]]]] = {"": [(TOP, self.given)]}
        self.done = Outcome(form, answers, self.facts, self.places)

    def outcome(self) -> Outcome:
        for part, roster in self.form.plan:
            for item, facts in self.items_of.get(roster, ()):
                self._take(part, item, facts)
        self.done.path = tuple(step.name for step in self.form.document.steps if self._has_something(step))
        check(self.done)
        return self.done

    def _take(self, part: Part, item: str, facts: dict[str, Any]) -> None:
        """Work out whether the part is asked in the item, and what it is worth there."""
        # Under a roster's name stands the item that holds the roster; its own items are taken only when it is asked.
        around = self.done.relevant.get((item, part.inside), True)
        relevant = around and (part.relevant is None or self._holds(part, part.relevant, item))
        self.done.relevant[item, part.name] = relevant
        if not relevant:
            self.facts.hidden.add(self.places.of(part.name, item))
        work = _WORK.get(part.role)
        if work is not None:
            work(self, part, item, facts, relevant)

    def _question(self, part: Part, item: str, facts: dict[str, Any], relevant: bool) -> None:
        question = part.item
        value = self.answers.get(part.name, item)
        if value is not None and (text := kind_of(question).to_expression(question, value)) != "":
            facts[part.name] = text
        if part.calculation is not None and relevant:
            self._calculate(part, item, facts)

    def _matrix(self, part: Part, item: str, facts: dict[str, Any], relevant: bool) -> None:
        value = self.answers.get(part.name, item)
        if isinstance(value, dict) and not is_raw(value):
            facts.update(value)

    def _calculate(self, part: Part, item: str, facts: dict[str, Any]) -> None:
        place = self.places.of(part.name, item)
        if part.name in self.form.kept and (kept := self.answers.get(part.name, item)) is not None:
            self.facts.set(place, kept)
        value = self._value(part, part.calculation, item)
        kind = self.form.outline.kind(part.name)
        text = stored(value, kind)
        facts[part.name] = text
        self.facts.set(place, settle(value))
        self.done.calculated[item, part.name] = text
        if part.name in self.form.kept:
            self.answers.put(part.name, text, item)

    def _score(self, part: Part, item: str, facts: dict[str, Any], relevant: bool) -> None:
        score: Score = part.item
        if part.calculation is not None:
            result = number(self._value(part, part.calculation, item))
            total = Decimal(repr(result)) if result == result and abs(result) != float("inf") else Decimal(0)
        else:
            total = sum(
                (self._points(name) * score.weights.get(name, Decimal(1)) for name in score.of), Decimal(0)
            )
        self.done.scores[score.name] = total
        text = format(total.normalize(), "f") if total else "0"
        self.done.calculated[item, score.name] = text
        facts[score.name] = text

    def _points(self, name: str) -> Decimal:
        """Return the points of a scored question, over all items of its rosters."""
        part = self.form.parts[name]
        total = Decimal(0)
        for item, _facts in self.items_of.get(self.form.roster_around(part), ()):
            value = self.answers.get(name, item)
            if value is not None and self.done.relevant.get((item, name)) and isinstance(value, str):
                choice = choice_of(self.form.document, part.item.list, value)
                total += choice.score if choice and choice.score is not None else Decimal(0)
        return total

    def _roster(self, part: Part, item: str, facts: dict[str, Any], relevant: bool) -> None:
        known = self.items_of.setdefault(part.name, [])
        ids = self.answers.items(part.name, item)
        if part.count is not None and relevant:
            ids = self._counted(part, item, ids)
        if not relevant:
            return
        facts[part.name] = []
        for position, child in enumerate(ids, 1):
            self.places.put(child, item, position)
            inner: dict[str, Any] = {}
            facts[part.name].append(inner)
            known.append((child, inner))

    def _counted(self, part: Part, item: str, ids: list[str]) -> list[str]:
        """Return as many items as the count asks for: missing ones are added, those too many do not count."""
        asked = number(self._value(part, part.count, item))
        wanted = max(0, min(int(asked), MOST_ITEMS)) if asked == asked and abs(asked) != float("inf") else 0
        for position in range(len(ids) + 1, wanted + 1):
            self.answers.add_item(part.name, item, f"{item}{part.name}.{position}.")
        return self.answers.items(part.name, item)[:wanted]

    def _holds(self, part: Part, tree: Node, item: str) -> bool:
        """Say whether a condition holds. One that fails counts as true: nobody loses a question by a mistake in it."""
        try:
            return truth(evaluate(tree, self.facts, self.places.of(part.name, item)))
        except EvaluationError as error:
            self.done.faults[item, part.name] = str(error)
            return True

    def _value(self, part: Part, tree: Node | None, item: str) -> Value:
        if tree is None:
            return ""
        try:
            return evaluate(tree, self.facts, self.places.of(part.name, item))
        except EvaluationError as error:
            self.done.faults[item, part.name] = str(error)
            return ""

    def _has_something(self, step: Step) -> bool:
        """Say whether there is anything to see on the step."""
        if not self.done.relevant[TOP, STEP_MARK + step.name]:
            return False
        return any(self.done.relevant.get((TOP, item.name)) and _is_seen(item) for item in step.items)


_WORK: dict[str, Callable[[_Run, Part, str, dict[str, Any], bool], None]] = {
    "matrix": _Run._matrix,
    "question": _Run._question,
    "roster": _Run._roster,
    "score": _Run._score,
}


def _is_seen(item: Any) -> bool:
    return not isinstance(item, Question) or item.asks or bool(getattr(item, "shown", False))
