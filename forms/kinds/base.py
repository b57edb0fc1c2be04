"""What a question type does with an answer. A kind holds no state; there is one object a type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from forms.definitions.document import Document
    from forms.definitions.questions import Question

Q = TypeVar("Q", bound="Question")


def raw_answer(typed: Any) -> dict[str, Any]:
    """Wrap what was typed and cannot be read as the type's value: it is kept and shown again, and never counts."""
    return {"raw": typed}


def is_raw(value: Any) -> bool:
    """Say whether the value is something typed that could not be read."""
    return isinstance(value, dict) and set(value) == {"raw"}


class Kind(Generic[Q]):
    """The behaviour of one question type.

    Values are JSON: the table in docs/features/forms.md says which for which type. None is no answer.
    """

    #: What an expression sees: text, number, date, time, choice, choices, none.
    expression_type: ClassVar[str] = "text"
    #: Whether one column of an export holds it.
    numeric: ClassVar[bool] = False
    files: ClassVar[bool] = False

    def parse(self, question: Q, typed: Any) -> Any:
        """Return the value for what was typed or sent: None for nothing, `raw_answer` for what cannot be read."""
        text = clean_line(typed) if isinstance(typed, str) else typed
        if text is None or text == "":
            return None
        return self.read(question, text)

    def read(self, question: Q, typed: Any) -> Any:
        """Return the value of something that is not empty."""
        return typed if isinstance(typed, str) else raw_answer(typed)

    def problems(self, question: Q, value: Any, document: Document) -> list[str]:
        """Return what is wrong with a value by its type, in sentences for the person who fills in; never for None."""
        if value is None:
            return []
        if is_raw(value):
            return [self.unreadable(question)]
        return self.check(question, value, document)

    def check(self, question: Q, value: Any, document: Document) -> list[str]:
        """Return what is wrong with a value that could be read."""
        return []

    def unreadable(self, question: Q) -> str:
        """Say what should have been typed."""
        return _("This cannot be read. Please type it again.")

    def to_expression(self, question: Q, value: Any) -> str:
        """Return the text that an expression sees, as in an XForm; empty for nothing and for what cannot be read."""
        return "" if value is None or is_raw(value) else str(value)

    def display(self, question: Q, value: Any, document: Document) -> str:
        """Return the answer for people."""
        if value is None:
            return ""
        return str(value["raw"]) if is_raw(value) else self.show(question, value, document)

    def show(self, question: Q, value: Any, document: Document) -> str:
        """Return a value that could be read, for people."""
        return str(value)

    def typed(self, question: Q, value: Any) -> Any:
        """Return what a field shows for the value: the inverse of `parse`."""
        if value is None:
            return ""
        return value["raw"] if is_raw(value) else value

    def schema(self, question: Q, document: Document) -> dict[str, Any]:
        """Return the JSON Schema of the value."""
        return {"type": "string"}


def clean_line(text: str) -> str:
    """Return the text without what cannot be seen: outer white space, zero-width marks, NUL."""
    return text.replace("\x00", "").replace("\u200b", "").replace("\ufeff", "").strip()
