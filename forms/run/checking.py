"""What is wrong with the answers of a run: required and missing, not of their type, against a constraint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from forms.answers.answers import TOP, Key
from forms.definitions.questions import Matrix, Question
from forms.expressions import EvaluationError, Node, evaluate, truth
from forms.kinds import kind_of
from forms.kinds.choosing import unknown_choice

if TYPE_CHECKING:
    from forms.definitions.document import AnyRoster
    from forms.run.compiled import Part
    from forms.run.outcome import Outcome


def check(outcome: Outcome) -> None:
    """Put the errors into the outcome, in the order of the form."""
    for step in outcome.form.document.steps:
        if step.name in outcome.path:
            _check_items(outcome, step.items, TOP)


def _check_items(outcome: Outcome, items: Any, holder: str) -> None:
    for item in items:
        part = outcome.form.parts[item.name]
        if part.role == "shown" or not outcome.is_relevant(item.name, holder):
            continue
        if part.role == "roster":
            _check_roster(outcome, item, holder)
        elif item.asks:
            found = problems(outcome, part, holder)
            if found:
                outcome.errors[holder, item.name] = found


def _check_roster(outcome: Outcome, roster: AnyRoster, holder: str) -> None:
    ids = outcome.items(roster.name, holder)
    key: Key = (holder, roster.name)
    if not roster.count:
        if len(ids) < roster.minimum:
            outcome.errors[key] = [
                _("Please add at least %(count)d: %(what)s.")
                % {"count": roster.minimum, "what": roster.item_name or roster.label}
            ]
        elif len(ids) > roster.maximum:
            outcome.errors[key] = [_("At most %(count)d can be kept here.") % {"count": roster.maximum}]
    for child in ids:
        _check_items(outcome, roster.items, child)


def problems(outcome: Outcome, part: Part, item: str) -> list[str]:
    """Return what is wrong with the answer to one question that is asked."""
    question = part.item
    value = outcome.answers.get(part.name, item)
    if value is None or (part.role == "matrix" and not _answers_all(outcome, question, value, item)):
        return [missing(question)] if outcome.required(question, item) else []
    found = kind_of(question).problems(question, value, outcome.form.document)
    if not found and part.choice_filter is not None:
        found = _filtered(outcome, question, value, item)
    if not found and part.constraint is not None:
        found = _constraint(outcome, question, part.constraint, item)
    return found


def missing(question: Question) -> str:
    """Say that the question must be answered."""
    return question.required_message or _("Please answer this question.")


def _answers_all(outcome: Outcome, question: Matrix, value: Any, item: str) -> bool:
    if not isinstance(value, dict) or "raw" in value or not outcome.required(question, item):
        return True
    return all(row.name in value for row in question.rows if outcome.is_relevant(row.name, item))


def _filtered(outcome: Outcome, question: Any, value: Any, item: str) -> list[str]:
    offered = {choice.value for choice in outcome.choices(question, item)}
    chosen = value.values() if isinstance(value, dict) else [value] if isinstance(value, str) else value
    return [] if offered.issuperset(chosen) else [unknown_choice()]


def _constraint(outcome: Outcome, question: Question, tree: Node, item: str) -> list[str]:
    try:
        if truth(evaluate(tree, outcome.facts, outcome.places.of(question.name, item))):
            return []
    except EvaluationError as error:
        outcome.faults[item, question.name] = str(error)
        return []
    text = question.constraint_message
    return [outcome.text(text, item) if text else _("This answer is not possible here. Please check it.")]
