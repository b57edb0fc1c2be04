"""Settings that contradict each other: limits, defaults, required and read-only, patterns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from forms.definitions.checks.examined import Examined, Spot
from forms.definitions.checks.registry import check
from forms.definitions.fault import Fault
from forms.expressions import ExpressionError
from forms.expressions.regexes import regex

#: Types whose answer nobody can write down beforehand.
WITHOUT_DEFAULT = frozenset(
    {"file", "photo", "signature", "consent", "matrix", "location", "record", "calculation"}
)


@check
def crossed_limits(form: Examined) -> Iterator[Fault]:
    """Yield an error where the lower limit is above the upper one, or more is asked than the list has."""
    for spot in form.questions:
        low, high = getattr(spot.item, "minimum", None), getattr(spot.item, "maximum", None)
        if spot.item.type == "date":
            low, high = _day(low), _day(high)
        if low is not None and high is not None and low > high:
            yield form.error(
                "limits-crossed",
                spot.path,
                _("The lower limit %(low)s is above the upper limit %(high)s.") % {"low": low, "high": high},
                _("Exchange them, or leave one empty."),
                "minimum",
            )
        chosen = form.document.lists.get(spot.item.list) if spot.item.type == "choices" else None
        if chosen and chosen.choices and spot.item.minimum > len(chosen.choices):
            yield form.error(
                "limits-too-high",
                spot.path,
                _("It wants %(low)d choices, and the list has %(count)d.")
                % {"low": spot.item.minimum, "count": len(chosen.choices)},
                _("Lower the limit, or add choices."),
                "minimum",
            )


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(text) if text and text != "today" else None
    except ValueError:
        return None


@check
def days_that_do_not_exist(form: Examined) -> Iterator[Fault]:
    """Yield an error for a limit such as 2026-02-30."""
    for spot in form.questions:
        for setting in ("minimum", "maximum") if spot.item.type == "date" else ():
            text = getattr(spot.item, setting)
            if text and text != "today" and _day(text) is None:
                yield form.error(
                    "no-such-day",
                    spot.path,
                    _("%(day)s is no day of the calendar.") % {"day": text},
                    _("Write a day that exists."),
                    setting,
                )


@check
def sliders_without_ends(form: Examined) -> Iterator[Fault]:
    """Yield a warning where a slider lacks one of its ends: then it is shown as a field."""
    for spot in form.questions:
        item = spot.item
        if getattr(item, "appearance", "") == "slider" and None in (item.minimum, item.maximum):
            yield form.warning(
                "slider-without-ends",
                spot.path,
                _("A slider needs a lower and an upper limit."),
                _("Write both, or choose the field."),
                "appearance",
            )


@check
def required_but_read_only(form: Examined) -> Iterator[Fault]:
    """Yield an error for an answer that must be given and cannot be, when nothing sets it."""
    for spot in form.questions:
        item = spot.item
        if item.read_only and item.required and not item.default and not item.saves_to:
            yield form.error(
                "required-read-only",
                spot.path,
                _("It must be answered, but nobody can write into it and nothing sets it."),
                _("Give it an answer to start with, or take one of the two marks out."),
                "read_only",
            )
        if item.required and not item.asks:
            yield form.error(
                "required-unasked",
                spot.path,
                _("It must be answered, but it is never asked."),
                _("Take the mark out."),
                "required",
            )


@check
def defaults_that_do_not_fit(form: Examined) -> Iterator[Fault]:
    """Yield an error for an answer to start with that the question itself would refuse."""
    for spot in form.questions:
        text = spot.item.default
        if not text or text.startswith("="):
            continue
        for problem in _problems_with_default(form, spot, text):
            yield form.error(
                "default-unfit",
                spot.path,
                _("The answer to start with “%(default)s” does not fit: %(problem)s")
                % {"default": text, "problem": problem},
                _("Change it, or leave it empty."),
                "default",
            )


def _problems_with_default(form: Examined, spot: Spot, text: str) -> list[str]:
    from forms.kinds import kind_of

    if spot.item.type in WITHOUT_DEFAULT:
        return [_("this type of question cannot start with an answer.")]
    if spot.item.type == "text" and _pattern_fault(getattr(spot.item, "pattern", "")):
        return []
    kind = kind_of(spot.item)
    return kind.problems(spot.item, kind.parse(spot.item, text), form.document)


@check
def patterns_that_cannot_be_used(form: Examined) -> Iterator[Fault]:
    """Yield an error for a regular expression with a mistake in it, or of a kind that could run for ever."""
    for spot in form.questions:
        problem = _pattern_fault(getattr(spot.item, "pattern", ""))
        if problem:
            yield form.error(
                "pattern-unfit",
                spot.path,
                _("The pattern of the answer cannot be used: %(problem)s") % {"problem": problem},
                _("Correct it, or leave it empty."),
                "pattern",
            )


def _pattern_fault(pattern: str) -> str:
    if not pattern:
        return ""
    try:
        regex(pattern)
    except ExpressionError as error:
        return error.in_words(_)
    return ""


@check
def file_kinds(form: Examined) -> Iterator[Fault]:
    """Yield an error for a file question that accepts no kind of file."""
    for spot in form.questions:
        if spot.item.type == "file" and not spot.item.extensions:
            yield form.error(
                "files-none",
                spot.path,
                _("It accepts no kind of file."),
                _("Name at least one: pdf."),
                "extensions",
            )


@check
def constraint_messages(form: Examined) -> Iterator[Fault]:
    """Yield a warning for a condition that would refuse an answer without saying why."""
    for spot in form.questions:
        if spot.item.constraint and not spot.item.constraint_message:
            yield form.warning(
                "condition-unexplained",
                spot.path,
                _("It has a condition, but does not say what to do when the condition does not hold."),
                _("Write a sentence that helps."),
                "constraint_message",
            )


@check
def scores_of_nothing(form: Examined) -> Iterator[Fault]:
    """Yield an error for a score of questions that bring no points, and for bands out of order."""
    scored = {spot.item.name for spot in form.questions if spot.item.type == "scored"}
    rows = {
        row
        for row, matrix in form.document.matrix_rows.items()
        if any(one.score is not None for one in _choices_of(form, matrix))
    }
    for number, score in enumerate(form.document.scores):
        path = ("scores", number)
        for name in (*score.of, *(name for name in score.weights if name not in score.of)):
            if name not in scored | rows:
                yield form.error(
                    "score-of-nothing",
                    path,
                    _("“%(name)s” is no question that brings points.") % {"name": name},
                    _("Name scored questions or rows of a matrix whose choices have points."),
                    "of",
                )
        if bool(score.of) == bool(score.expression):
            yield form.error(
                "score-twofold",
                path,
                _("A score is either the sum of questions or worked out by a formula."),
                _("Fill in one of the two."),
                "of",
            )
        levels = [band.at_least for band in score.bands]
        if levels != sorted(set(levels)):
            yield form.error(
                "bands-disordered",
                path,
                _("The bands do not rise."),
                _("Begin with the lowest, each higher than the one before."),
                "bands",
            )


def _choices_of(form: Examined, matrix: str) -> Any:
    chosen = form.document.lists.get(form.by_name[matrix].item.list)
    return chosen.choices if chosen else ()
