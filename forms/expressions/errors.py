"""What can be wrong with an expression, in words for the person who writes the form."""

from __future__ import annotations

from collections.abc import Callable


def gettext_noop(text: str) -> str:
    """Mark a text for the catalogue; it is translated when it is shown."""
    return text


class ExpressionError(ValueError):
    """An expression is wrong: an English template, what fills it, and where (0-based offset and length).

    `str(error)` is English; `error.in_words(gettext)` speaks the reader's language.
    """

    def __init__(self, template: str, at: int | None = None, length: int = 1, **params: object) -> None:
        self.template, self.at, self.length, self.params = template, at, length, params
        super().__init__(template % params if params else template)

    def in_words(self, translate: Callable[[str], str]) -> str:
        """Return the message in the language of `translate`, with the position (counted from 1) in front."""
        text = translate(self.template)
        text = text % self.params if self.params else text
        if self.at is None:
            return text
        return translate(POSITION) % {"position": self.at + 1, "text": text}


class ExpressionSyntaxError(ExpressionError):
    """The text is no expression of the language, or of the part of it that is supported."""


class EvaluationError(ExpressionError):
    """The expression cannot be evaluated with these answers."""


POSITION = gettext_noop("At character %(position)s: %(text)s")
