"""From text to tokens. As in XPath, what a word or a minus means depends on what stands before it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .errors import ExpressionSyntaxError, gettext_noop
from .limits import MAX_LENGTH

NAME = r"[^\W\d][\w.\-]*"
_SPACE = re.compile(r"[ \n\t\f\r]*")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+")
_WORD_OPERATOR = re.compile(r"and|or|div|mod")
_OPERATOR = re.compile(r"!=|<=|>=|[=<>+\-*]")
_PUNCTUATION = re.compile(r"\.\.|[().,/\[\]]")
_WORD = re.compile(rf"{NAME}(?::{NAME})?")
_REFERENCE = re.compile(r"\$\{([^}]*)\}")
_TEXT = re.compile(r"'[^']*'|\"[^\"]*\"")
_QUESTION = re.compile(NAME)
_ENDS_OPERAND = frozenset({")", "]", ".", ".."})


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its kind (number, text, reference, name, operator, punctuation, end), value and place."""

    kind: str
    value: str
    at: int
    length: int = 1


def tokens_of(text: str) -> list[Token]:
    """Cut the text into tokens, with an `end` token last.

    Raises ExpressionSyntaxError where no token can start, naming the position.
    """
    if len(text) > MAX_LENGTH:
        raise ExpressionSyntaxError(
            gettext_noop("The expression is longer than %(limit)s characters. Split it into calculations."),
            limit=MAX_LENGTH,
        )
    found: list[Token] = []
    at = _skip(text, 0)
    while at < len(text):
        token = _next(text, at, _after_operand(found))
        found.append(token)
        at = _skip(text, at + token.length)
    return [*found, Token("end", "", len(text), 0)]


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _after_operand(found: list[Token]) -> bool:
    if not found:
        return False
    last = found[-1]
    return last.kind in {"number", "text", "reference", "name"} or last.value in _ENDS_OPERAND


def _next(text: str, at: int, after_operand: bool) -> Token:
    kinds = [("operator", _OPERATOR), ("number", _NUMBER), ("text", _TEXT), ("punctuation", _PUNCTUATION)]
    if after_operand:
        kinds.insert(0, ("operator", _WORD_OPERATOR))
    else:
        kinds.append(("name", _WORD))
    for kind, pattern in kinds:
        if match := pattern.match(text, at):
            word = match[0]
            value = word[1:-1] if kind == "text" else word
            return Token(kind, value, at, len(word))
    if text[at] == "$":
        return _reference(text, at)
    raise _not_understood(text, at)


def _reference(text: str, at: int) -> Token:
    match = _REFERENCE.match(text, at)
    if not match:
        raise ExpressionSyntaxError(
            gettext_noop("A reference to a question is written ${name}, with both braces."), at
        )
    name = match[1].strip()
    if name.startswith("last-saved#"):
        raise ExpressionSyntaxError(
            gettext_noop(
                "Answers of the last saved form (%(name)s) are not available here. "
                "Prefill from the record or copy the last visit instead."
            ),
            at,
            len(match[0]),
            name=name,
        )
    if not _QUESTION.fullmatch(name):
        raise ExpressionSyntaxError(
            gettext_noop("“%(name)s” cannot be the name of a question."), at, len(match[0]), name=name
        )
    return Token("reference", name, at, len(match[0]))


def _not_understood(text: str, at: int) -> ExpressionSyntaxError:
    sign = text[at]
    if sign in "'\"":
        return ExpressionSyntaxError(
            gettext_noop("A text starts here, but its closing %(sign)s is missing."), at, sign=sign
        )
    hint = _HINTS.get(text[at : at + 2]) or _HINTS.get(sign)
    if hint:
        return ExpressionSyntaxError(hint, at, 1, sign=sign)
    return ExpressionSyntaxError(gettext_noop("“%(sign)s” cannot stand here."), at, sign=sign)


_HINTS = {
    "“": gettext_noop("Use straight quotes (' or \") instead of “%(sign)s”."),
    "”": gettext_noop("Use straight quotes (' or \") instead of “%(sign)s”."),
    "‘": gettext_noop("Use straight quotes (' or \") instead of “%(sign)s”."),
    "’": gettext_noop("Use straight quotes (' or \") instead of “%(sign)s”."),
    "（": gettext_noop("Use the half-width bracket instead of “%(sign)s”."),
    "）": gettext_noop("Use the half-width bracket instead of “%(sign)s”."),
    "，": gettext_noop("Use the half-width comma instead of “%(sign)s”."),
    "＝": gettext_noop("Use the half-width = instead of “%(sign)s”."),
    "≥": gettext_noop("Write >= instead of “%(sign)s”."),
    "≤": gettext_noop("Write <= instead of “%(sign)s”."),
    "≠": gettext_noop("Write != instead of “%(sign)s”."),
    "&": gettext_noop("Write and instead of “%(sign)s”."),
    "|": gettext_noop("“%(sign)s” is not supported. Write or between two conditions."),
    "@": gettext_noop("Attributes (“%(sign)s”) are not supported."),
    "!": gettext_noop("Write != for “not equal”, and not(...) around a condition instead of “%(sign)s”."),
    "%": gettext_noop("Write mod for the remainder instead of “%(sign)s”."),
    "×": gettext_noop("Write * instead of “%(sign)s”."),
    "÷": gettext_noop("Write div instead of “%(sign)s”."),
}
