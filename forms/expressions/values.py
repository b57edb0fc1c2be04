"""Values and how they turn into one another, as JavaRosa does it.

A value is a text, a number (a double), a boolean, or a Moment. An empty answer is the empty text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from .errors import EvaluationError, gettext_noop
from .moments import DAY, Moment, day_number, iso, iso_date, iso_time, moment_of, time_of
from .numerals import numeral

Value = str | float | bool | Moment
_NUMBER = re.compile(r"-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")
JAVA_SPACE = "".join(map(chr, range(0x21)))  # what Java's trim() takes away
_EPSILON = 1e-12
Answer = str | int | float | bool | Sequence[str] | None


@dataclass(slots=True)
class Nodes:
    """What a reference stands for before one value is asked of it: the values, and the places they come from."""

    values: tuple[Value, ...]
    places: tuple[object, ...]

    def one(self) -> Value:
        """Return the only value, empty when there is none. Raises EvaluationError when there are several."""
        if len(self.values) > 1:
            raise EvaluationError(
                gettext_noop(
                    "The question is answered once for each item of a roster. "
                    "Use sum(), count(), join() or indexed-repeat() to say which answers are meant."
                )
            )
        return self.values[0] if self.values else ""


Raw = Value | Nodes


def single(value: Raw) -> Value:
    """Return one value of what may be a reference."""
    return value.one() if isinstance(value, Nodes) else value


def each(value: Raw) -> tuple[Value, ...]:
    """Return all values of a reference; a plain value stands for itself."""
    return value.values if isinstance(value, Nodes) else (value,)


def truth(value: Raw) -> bool:
    """Return the value as a condition: empty, 0 and NaN are false; every other text, also "false", is true."""
    value = single(value)
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return abs(value) > _EPSILON and not math.isnan(value)
    return bool(value)


def number(value: Raw) -> float:
    """Return the value as a number: dates count whole days since 1970-01-01, what is no number is NaN."""
    value = single(value)
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    if isinstance(value, float):
        return value
    if isinstance(value, Moment):
        return float(day_number(value))
    text = value.replace(",", ".").strip(JAVA_SPACE)
    return float(text) if _NUMBER.fullmatch(text) else math.nan


def precise_number(value: Raw) -> float:
    """Return the value as a number, with the part of the day for dates that are no reference to a question."""
    if isinstance(value, Moment):
        return (value.ms - moment_of(0).ms) / DAY
    return number(value)


def text(value: Raw) -> str:
    """Return the value as text: 3 not 3.0, dates as YYYY-MM-DD."""
    value = single(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return numeral(value)
    if isinstance(value, Moment):
        return iso_date(value)
    return value


def is_empty(value: Raw) -> bool:
    """Tell whether coalesce() passes over the value."""
    value = single(value)
    return value == "" or (isinstance(value, float) and math.isnan(value))


def same(left: Raw, right: Raw) -> bool:
    """Compare as `=` does: as booleans if one is, else as numbers if one is, else as texts."""
    a, b = single(left), single(right)
    if isinstance(a, bool) or isinstance(b, bool):
        return truth(a) == truth(b)
    if isinstance(a, float) or isinstance(b, float):
        return abs(number(a) - number(b)) < _EPSILON
    return text(a) == text(b)


def whole(value: Raw) -> float:
    """Return the number without its fraction, towards zero; what was below zero gives -0, as in Java."""
    result = number(value)
    if math.isnan(result) or math.isinf(result):
        return result
    return math.copysign(float(math.trunc(result)), result)


def java_int(value: Raw) -> int:
    """Return the number as Java casts it to int: NaN is 0, what is too large is the largest."""
    result = number(value)
    return 0 if math.isnan(result) else math.trunc(max(-(2.0**31), min(2.0**31 - 1, result)))


def typed(answer: Answer, kind: str, today: Moment | None = None) -> Value:
    """Return the value of a stored answer to a question of this kind.

    Kinds: integer, decimal, number, text, date, datetime, time, boolean, choice, choices, geo; others are text. What
    does not read as its kind stays a text, so that a half-typed answer can be checked.
    """
    if answer is None or answer == "":
        return ""
    if isinstance(answer, bool):
        return answer
    if isinstance(answer, (int, float)):
        return (
            float(answer) if kind in {"integer", "decimal", "number", "calculation"} else text(float(answer))
        )
    if not isinstance(answer, str):
        return " ".join(answer)
    return _typed_text(answer, kind, today)


def _typed_text(answer: str, kind: str, today: Moment | None) -> Value:
    if kind in {"integer", "decimal", "number"}:
        result = number(answer)
        return answer if math.isnan(result) else result
    if kind in {"date", "datetime"}:
        return moment_or(answer, answer)
    if kind == "time" and today is not None:
        return time_of(answer, today) or answer
    if kind == "boolean":
        return {"true": True, "1": True, "false": False, "0": False}.get(answer, answer)
    return answer


def moment_or(answer: str, default: Value) -> Value:
    """Return the text as a Moment, `default` where it is none."""
    try:
        return moment_of(answer)
    except ValueError:
        return default


def settle(value: Raw) -> Value:
    """Return what a calculation leaves behind for others to refer to: NaN is empty."""
    result = single(value)
    return "" if isinstance(result, float) and math.isnan(result) else result


def stored(value: Raw, kind: str = "text") -> str:
    """Return the answer that a calculation stores, as ODK's engine writes it: 1/0 for booleans, "" for NaN."""
    value = settle(value)
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return _stored_number(value)
    if isinstance(value, Moment):
        writers = {"date": iso_date, "time": iso_time}
        return writers.get(kind, iso)(value)
    return value


def _stored_number(value: float) -> str:
    if not math.isinf(value) and abs(value - math.trunc(value)) < 1e-9 and abs(value) < 2**63:
        return str(math.trunc(value))
    return numeral(value, whole_as_integer=False)
