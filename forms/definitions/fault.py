"""A fault of a form, told to the person who designs it: where, what, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

#: The way to a part of a document: ("steps", 0, "items", 2).
Path = tuple[str | int, ...]


class Severity(StrEnum):
    """An error keeps a form from being published; a warning is only told."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Fault:
    """One fault (问题). `place` is in words, `path` for programs; `setting` is the key within the part.

    `question` is the name of the question, roster, step or list, and `label` what people call it.
    """

    severity: Severity
    place: str
    question: str
    message: str
    advice: str
    label: str = ""
    path: Path = ()
    setting: str = ""
    #: The check that found it.
    check: str = ""

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR

    @property
    def text(self) -> str:
        """Return what is wrong and what to do, without the place."""
        return f"{self.message}{self.advice}"

    def __str__(self) -> str:
        return f"{self.place}：{self.text}" if self.place else self.text
