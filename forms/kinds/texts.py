"""Text and numbers."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forms.definitions.questions import DecimalNumber, Integer, LongText, Text
from forms.kinds.base import Kind, clean_line, raw_answer

if TYPE_CHECKING:
    from forms.definitions.document import Document

_INTEGER = re.compile(r"[+-]?\d{1,18}")
_DECIMAL = re.compile(r"[+-]?(\d{1,20}(\.\d{0,20})?|\.\d{1,20})")
_GROUPS = re.compile(r"(?<=\d)[,，](?=\d{3}(\D|$))")


def half_width(text: str) -> str:
    """Return the text with full-width digits, letters and marks as half-width ones (１２ is 12)."""
    return unicodedata.normalize("NFKC", text)


class TextKind(Kind[Text]):
    """A line of text."""

    def read(self, question: Text, typed: Any) -> Any:
        return " ".join(typed.splitlines()) if isinstance(typed, str) else raw_answer(typed)

    def check(self, question: Text, value: Any, document: Document) -> list[str]:
        found = too_long(value, question.max_length)
        if question.pattern and not found:
            from forms.expressions.regexes import matches

            if not matches(question.pattern, value):
                found.append(_("This does not have the expected form."))
        return found

    def schema(self, question: Text, document: Document) -> dict[str, Any]:
        return {"type": "string", "maxLength": question.max_length}


class LongTextKind(Kind[LongText]):
    """Several lines of text. Line ends are \\n."""

    def read(self, question: LongText, typed: Any) -> Any:
        return "\n".join(typed.splitlines()) if isinstance(typed, str) else raw_answer(typed)

    def check(self, question: LongText, value: Any, document: Document) -> list[str]:
        return too_long(value, question.max_length)

    def schema(self, question: LongText, document: Document) -> dict[str, Any]:
        return {"type": "string", "maxLength": question.max_length}


def too_long(value: str, limit: int) -> list[str]:
    """Say that a text is too long, and by how much."""
    over = len(value) - limit
    if over <= 0:
        return []
    text = ngettext(
        "At most %(limit)d characters; this is one too many.",
        "At most %(limit)d characters; this is %(over)d too many.",
        over,
    )
    return [text % {"limit": limit, "over": over}]


class IntegerKind(Kind[Integer]):
    """A whole number."""

    expression_type = "number"
    numeric = True

    def read(self, question: Integer, typed: Any) -> Any:
        if isinstance(typed, bool):
            return raw_answer(typed)
        if isinstance(typed, int):
            return typed if abs(typed) < 10**18 else raw_answer(str(typed))
        text = _plain_number(typed)
        return int(text) if _INTEGER.fullmatch(text) else raw_answer(typed)

    def check(self, question: Integer, value: Any, document: Document) -> list[str]:
        return out_of_range(value, question.minimum, question.maximum) or off_step(
            Decimal(value), question.minimum, question.step
        )

    def unreadable(self, question: Integer) -> str:
        return _("Please type a whole number, for example 12.")

    def show(self, question: Integer, value: Any, document: Document) -> str:
        return f"{value}{question.unit}"

    def schema(self, question: Integer, document: Document) -> dict[str, Any]:
        limits = {"minimum": question.minimum, "maximum": question.maximum}
        return {"type": "integer", **{key: value for key, value in limits.items() if value is not None}}


class DecimalKind(Kind[DecimalNumber]):
    """A number with decimals, kept as text so that no digit is lost: "12.50"."""

    expression_type = "number"
    numeric = True

    def read(self, question: DecimalNumber, typed: Any) -> Any:
        if isinstance(typed, bool):
            return raw_answer(typed)
        text = _plain_number(repr(typed) if isinstance(typed, float) else str(typed))
        if not _DECIMAL.fullmatch(text):
            return raw_answer(typed)
        try:
            return format(Decimal(text), "f")
        except InvalidOperation:
            return raw_answer(typed)

    def check(self, question: DecimalNumber, value: Any, document: Document) -> list[str]:
        number = Decimal(value)
        exponent = number.normalize().as_tuple().exponent
        if isinstance(exponent, int) and -exponent > question.places:
            return [_("At most %(places)d decimal places.") % {"places": question.places}]
        return out_of_range(number, question.minimum, question.maximum) or off_step(
            number, question.minimum, question.step
        )

    def unreadable(self, question: DecimalNumber) -> str:
        return _("Please type a number, for example 12.5.")

    def show(self, question: DecimalNumber, value: Any, document: Document) -> str:
        return f"{value}{question.unit}"

    def schema(self, question: DecimalNumber, document: Document) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}


def _plain_number(typed: Any) -> str:
    return _GROUPS.sub("", half_width(clean_line(str(typed)))).replace(" ", "")


def out_of_range(value: Any, minimum: Any, maximum: Any) -> list[str]:
    """Say that a number is too small or too large."""
    if minimum is not None and value < minimum:
        return [_("Not less than %(limit)s.") % {"limit": minimum}]
    if maximum is not None and value > maximum:
        return [_("Not more than %(limit)s.") % {"limit": maximum}]
    return []


def off_step(value: Decimal, minimum: Any, step: Any) -> list[str]:
    """Say that a number is not the minimum and whole steps above it."""
    if step is None or (value - (minimum or 0)) % step == 0:
        return []
    return [_("Please choose a number in steps of %(step)s.") % {"step": step}]
