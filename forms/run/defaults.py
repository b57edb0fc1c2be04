"""Default answers: set when a draft begins, and when an item is added to a roster."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from forms.answers.answers import TOP, Answers
from forms.expressions import EvaluationError, ExpressionSyntaxError, evaluate, parse, stored
from forms.kinds import kind_of
from forms.run.compiled import CompiledForm
from forms.run.engine import run
from forms.run.outcome import Outcome


def set_defaults(form: CompiledForm, answers: Answers, item: str = TOP, now: datetime | None = None) -> None:
    """Put the defaults of one item into the answers, where nothing is answered yet.

    A default that begins with "=" is an expression over the answers so far.
    """
    outcome: Outcome | None = None
    for question in _with_default(form, answers, item):
        if answers.get(question.name, item) is not None:
            continue
        if question.default.startswith("="):
            outcome = outcome or run(form, answers, now)
            typed = _worked_out(outcome, question, item)
        else:
            typed = question.default
        answers.put(question.name, kind_of(question).parse(question, typed), item)


def _with_default(form: CompiledForm, answers: Answers, item: str) -> list[Any]:
    roster = next((name for _parent, name, child in answers.walk_items() if child == item), "")
    return [
        placed.item
        for placed in form.document.questions.values()
        if placed.item.default and (placed.rosters[-1].name if placed.rosters else "") == roster
    ]


def _worked_out(outcome: Outcome, question: Any, item: str) -> str:
    place = outcome.places.of(question.name, item)
    try:
        value = evaluate(parse(question.default[1:]), outcome.facts, place)
    except (EvaluationError, ExpressionSyntaxError) as error:
        outcome.faults[item, question.name] = str(error)
        return ""
    return stored(value, outcome.form.outline.kind(question.name))
