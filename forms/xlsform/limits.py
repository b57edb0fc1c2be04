"""What a question's type asks of its answer, as a constraint that other engines check too."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from forms.definitions import questions as q
from forms.xlsform.plain_xpath import id_valid

_PROVINCE = "(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])"
_MOBILE = "1[3-9][0-9]{9}"
_AREA = "(010|02[0-9]|0[3-9][0-9]{2})?-?"
_LANDLINE = f"{_AREA}[2-9][0-9]{{6,7}}(-[0-9]{{1,6}})?|[48]00-?[0-9]{{3}}-?[0-9]{{4}}"


def limits_of(question: q.Question) -> list[str]:
    """Return conditions that hold for every answer that the type accepts."""
    read = _LIMITS.get(type(question))
    return read(question) if read else []


def _text(question: Any) -> list[str]:
    found = [f"string-length(.) <= {question.max_length}"] if question.max_length < 5_000 else []
    if question.pattern:
        quote = '"' if "'" in question.pattern else "'"
        found += [] if quote in question.pattern else [f"regex(., {quote}{question.pattern}{quote})"]
    return found


def _long_text(question: Any) -> list[str]:
    return [f"string-length(.) <= {question.max_length}"] if question.max_length < 50_000 else []


def _number(question: Any) -> list[str]:
    found = [f". >= {digits(question.minimum)}"] if question.minimum is not None else []
    found += [f". <= {digits(question.maximum)}"] if question.maximum is not None else []
    if question.step is not None:
        found.append(_multiple(f". - {digits(question.minimum or 0)}", digits(question.step)))
    if getattr(question, "places", 10) < 10:
        found.append(_multiple(".", digits(Decimal(1).scaleb(-question.places))))
    return found


def digits(value: Any) -> str:
    """Return a number without an exponent."""
    return format(Decimal(value), "f")


def _multiple(value: str, step: str) -> str:
    """Return a condition that a number is so many steps, within what binary fractions can tell."""
    return f"abs(({value}) div {step} - round(({value}) div {step})) < 0.0001"


def _date(question: Any) -> list[str]:
    def day(text: str) -> str:
        return "today()" if text == "today" else f"date('{text}')"

    found = [f". >= {day(question.minimum)}"] if question.minimum else []
    return found + ([f". <= {day(question.maximum)}"] if question.maximum else [])


def _choices(question: Any) -> list[str]:
    found = [f"count-selected(.) >= {question.minimum}"] if question.minimum else []
    return found + ([f"count-selected(.) <= {question.maximum}"] if question.maximum else [])


def _id_number(question: Any) -> list[str]:
    born = "number(substr(., 6, 14))"
    return [
        f"regex(., '{_PROVINCE}.*')",
        f"{born} >= 18500000 and {born} <= number(format-date(today(), '%Y%m%d'))",
        id_valid("."),
    ]


def _phone(question: Any) -> list[str]:
    every = {"mobile": _MOBILE, "landline": _LANDLINE, "any": f"{_MOBILE}|{_LANDLINE}"}
    return [f"regex(., '{every[question.accepts]}')"]


def _name(question: Any) -> list[str]:
    return ["string-length(.) <= 50", "regex(., '[^0-9０-９<>{}@#%*=]*')"]


def _month(question: Any) -> list[str]:
    return ["regex(., '(19|2[0-9])[0-9]{2}-(0[1-9]|1[0-2])')"]


_LIMITS: dict[type[q.Question], Callable[[Any], list[str]]] = {
    q.Text: _text,
    q.LongText: _long_text,
    q.Integer: _number,
    q.DecimalNumber: _number,
    q.Date: _date,
    q.MultipleChoice: _choices,
    q.IdNumber: _id_number,
    q.Phone: _phone,
    q.PersonName: _name,
    q.Month: _month,
}
