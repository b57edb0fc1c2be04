"""Our own functions: age, school year, and what an id-card number (GB 11643) tells."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from forms.expressions.moments import Moment, local, moment_of
from forms.expressions.values import JAVA_SPACE, Raw, text

from .dates import date

if TYPE_CHECKING:
    from forms.expressions.evaluator import Scope

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
SCHOOL_YEAR_BEGINS = 9  # September


def _age(scope: Scope, birth: Raw, on: Raw | None = None) -> float | str:
    """Return full years of life on a day (today): 周岁. Empty when there is no birth date; NaN before birth."""
    born, day = date(birth), date(on) if on is not None else scope.context.today
    if not isinstance(born, Moment) or not isinstance(day, Moment):
        return ""
    first, last = local(born).date(), local(day).date()
    if last < first:
        return math.nan
    return float(last.year - first.year - ((last.month, last.day) < (first.month, first.day)))


def _school_year(_scope: Scope, value: Raw) -> float | str:
    """Return the year in which the school year of the date began: 学年."""
    moment = date(value)
    if not isinstance(moment, Moment):
        return ""
    day = local(moment).date()
    return float(day.year if day.month >= SCHOOL_YEAR_BEGINS else day.year - 1)


def is_id_number(value: str) -> bool:
    """Tell whether the text is an 18-digit id-card number with a real birth date and the right check sign."""
    body, check = value[:17], value[17:].upper()
    if len(value) != 18 or not (body.isascii() and body.isdigit()) or birth_date(value) is None:
        return False
    return (
        _CHECKS[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11] == check
    )


def birth_date(value: str) -> dt.date | None:
    """Return the birth date that the number holds, None when its digits are no date."""
    digits = value[6:14]
    if len(digits) != 8 or not (digits.isascii() and digits.isdigit()):
        return None
    try:
        return dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def _id_birth_date(_scope: Scope, value: Raw) -> Moment | str:
    number = text(value).strip(JAVA_SPACE)
    born = birth_date(number) if is_id_number(number) else None
    return moment_of(born) if born else ""


def _id_sex(_scope: Scope, value: Raw) -> str:
    """Return male or female, empty when the number is not valid."""
    number = text(value).strip(JAVA_SPACE)
    if not is_id_number(number):
        return ""
    return "male" if int(number[16]) % 2 else "female"


FUNCTIONS: dict[str, Callable[..., Raw]] = {
    "age": _age,
    "school-year": _school_year,
    "id-valid": lambda _, value: is_id_number(text(value).strip(JAVA_SPACE)),
    "id-birth-date": _id_birth_date,
    "id-sex": _id_sex,
}
