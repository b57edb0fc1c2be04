"""Dates and times. Numbers and dates turn into one another: whole days since 1970-01-01."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from forms.expressions.errors import EvaluationError, gettext_noop
from forms.expressions.moments import DAY, OFFSET, Moment, formatted, midnight, moment_of
from forms.expressions.values import Raw, Value, single, text, whole

if TYPE_CHECKING:
    from forms.expressions.evaluator import Scope

_NO_DATE = gettext_noop("“%(value)s” is no date. Dates are written 2026-09-01, with a time 2026-09-01T08:30.")
_LARGEST = 2**31 - 1


def date(value: Raw, *, with_time: bool = False) -> Value:
    """Return the value as a Moment; empty and NaN stay. Raises EvaluationError when it is no date."""
    given = single(value)
    if isinstance(given, Moment):
        return given if with_time else midnight(given)
    if isinstance(given, bool):
        raise EvaluationError(_NO_DATE, value=text(given))
    if given == "" or (isinstance(given, float) and math.isnan(given)):
        return given
    try:
        if isinstance(given, str):
            return moment_of(given)
        if abs(given) > _LARGEST:
            raise EvaluationError(_NO_DATE, value=text(given))
        return Moment(math.trunc(given * DAY)) if with_time else moment_of(whole(given))
    except (ValueError, OverflowError):
        raise EvaluationError(_NO_DATE, value=text(given)) from None


def _decimal(value: Raw, *, with_date: bool) -> Value:
    given = single(value)
    if isinstance(given, float) and abs(given) <= _LARGEST:
        return given if with_date else given - math.floor(given)
    moment = date(given, with_time=True)
    if not isinstance(moment, Moment):
        return moment
    if with_date:
        return moment.ms / DAY
    days = (moment.ms + OFFSET) / DAY
    return days - math.floor(days)


def _formatted(_scope: Scope, value: Raw, pattern: Raw) -> str:
    moment = date(value, with_time=True)
    return formatted(moment, text(pattern)) if isinstance(moment, Moment) else ""


FUNCTIONS: dict[str, Callable[..., Raw]] = {
    "today": lambda scope: scope.context.today,
    "now": lambda scope: scope.context.now,
    "date": lambda _, value: date(value),
    "date-time": lambda _, value: date(value, with_time=True),
    "decimal-date-time": lambda _, value: _decimal(value, with_date=True),
    "decimal-time": lambda _, value: _decimal(value, with_date=False),
    "format-date": _formatted,
    "format-date-time": _formatted,
}
