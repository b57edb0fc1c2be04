"""Answers by which submissions are found: those that the form marks as searchable, and never sensitive ones."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from forms.answers.answers import Key
from forms.definitions.models import Form
from forms.definitions.questions import Calculation, Month, Question
from forms.kinds import kind_of
from forms.submissions.models import Submission

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forms.definitions.document import Document

TEXT_LIMIT = 200
NUMBER_DIGITS, NUMBER_PLACES = 30, 10
_INDEXED = "_indexed"
_TOO_LARGE = Decimal(10) ** (NUMBER_DIGITS - NUMBER_PLACES)


class IndexedAnswer(models.Model):
    """An answer of a submission's newest revision as lists ask for it (可筛选答案), written with the revision.

    `text` is the value, of a choice the choice's; a multiple choice and a roster have a row for each. `number` and
    `day` stand where the answer is one. A month's day is its first.
    """

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="indexed")
    form = models.ForeignKey(Form, models.CASCADE, related_name="+")
    question = models.CharField(max_length=64)
    text = models.CharField(max_length=TEXT_LIMIT)
    number = models.DecimalField(max_digits=NUMBER_DIGITS, decimal_places=NUMBER_PLACES, null=True)
    day = models.DateField(null=True)

    class Meta:
        verbose_name = _("answer to filter by")
        verbose_name_plural = _("answers to filter by")
        indexes = [
            models.Index(fields=["form", "question", "text"], name="indexed_text"),
            models.Index(fields=["form", "question", "number"], name="indexed_number"),
            models.Index(fields=["form", "question", "day"], name="indexed_day"),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.question}"


def indexed_questions(document: Document) -> tuple[Question, ...]:
    """Return the questions that submissions of the form are filtered by, in the order of the form.

    They are looked for once and kept with the document.
    """
    found: tuple[Question, ...] | None = document.__dict__.get(_INDEXED)
    if found is None:
        found = tuple(placed.item for placed in document.questions.values() if _is_indexed(placed.item))
        document.__dict__[_INDEXED] = found
    return found


def _is_indexed(question: Question) -> bool:
    return question.searchable and not question.sensitive and not kind_of(question).files


def index_answers(submission: Submission, document: Document, values: dict[Key, Any]) -> None:
    """Replace the submission's rows by those of these values. Call it in the transaction of the revision."""
    wanted = {question.name: question for question in indexed_questions(document)}
    rows = [
        IndexedAnswer(submission=submission, form_id=submission.form_id, question=name, **parts)
        for (_item, name), value in values.items()
        if name in wanted
        for parts in _parts(wanted[name], value)
    ]
    if submission.revision > 1:
        submission.indexed.all().delete()
    if rows:
        IndexedAnswer.objects.bulk_create(rows)


def _parts(question: Question, value: Any) -> Iterator[dict[str, Any]]:
    """Give the columns of each thing that the answer is."""
    if isinstance(value, dict):
        return
    for one in value if isinstance(value, list) else [value]:
        text, sort = str(one), sort_of(question)
        yield {
            "text": text[:TEXT_LIMIT],
            "number": _number(text) if sort == "number" else None,
            "day": _day(text) if sort == "date" else None,
        }


def sort_of(question: Question) -> str:
    """Return how answers are compared: as "number", "date" (months too), "choice" or "text"."""
    if isinstance(question, Calculation):
        return question.result
    if isinstance(question, Month):
        return "date"
    kind = kind_of(question).expression_type
    return {"choices": "choice", "time": "text", "none": "text"}.get(kind, kind)


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except ArithmeticError:
        return None
    return round(number, NUMBER_PLACES) if number.is_finite() and abs(number) < _TOO_LARGE else None


def _day(text: str) -> date | None:
    try:
        return parse_date(text if len(text) != len("2026-09") else f"{text}-01")
    except ValueError:
        return None
