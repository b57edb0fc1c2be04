"""Which answers of a form go to the register."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from forms.answers.answers import TOP
from forms.definitions.document import Document
from forms.definitions.questions import Question
from forms.expressions import EvaluationError, Place, evaluate, parse, truth
from forms.registers.properties import Schema
from forms.run.compiled import compiled
from forms.run.engine import run
from forms.run.outcome import Outcome
from forms.submissions.models import SubmissionRevision


def saving_questions(document: Document) -> Iterator[Question]:
    """Give the questions that save to a property: those outside rosters, since a record has one of each."""
    for placed in document.questions.values():
        if placed.item.saves_to and not placed.rosters:
            yield placed.item


def outcome_of(revision: SubmissionRevision) -> Outcome:
    """Run the form on the revision's answers, at the time they were handed in."""
    form = compiled(revision.version.document)
    return run(form, revision.answers, revision.created_at, seed=revision.submission_id)


def what_it_sets(outcome: Outcome, schema: Schema) -> dict[str, Any]:
    """Return property -> value for each question on the path that saves to one the register has.

    None stands for an answer left empty. A value that the property cannot take is kept as it was typed.
    """
    values = outcome.values
    found: dict[str, Any] = {}
    for question in saving_questions(outcome.form.document):
        if question.saves_to in schema.properties and outcome.is_relevant(question.name):
            value = values.get((TOP, question.name))
            found[question.saves_to] = None if value is None else schema.parse(question.saves_to, value)
    return found


def it_writes(outcome: Outcome) -> bool:
    """Say whether the form's condition for writing to the register holds; one that fails does not."""
    about = outcome.form.document.about
    if about is None or not about.when:
        return about is not None
    try:
        return truth(evaluate(parse(about.when), outcome.facts, Place("", ())))
    except EvaluationError:
        return False
