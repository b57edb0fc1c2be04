"""What a list looks like in Excel: its columns, and the rows that were read from one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

YES_NO = (("1", _("Yes")), ("0", _("No")))


class SheetError(Exception):
    """The file as a whole cannot be read; the message says why, for the person who sent it."""


@dataclass(frozen=True)
class Column:
    """One column: the key in our rows, the heading people see, and how to fill it in.

    `choices` are (value, label): the cell holds the label. `export_only` columns are ignored when read.
    """

    name: str
    label: Any
    choices: Iterable[tuple[str, Any]] = ()
    required: bool = False
    hint: Any = ""
    width: int = 16
    export_only: bool = False

    def label_of(self, value: Any) -> str:
        """Return what the cell shows for a value."""
        labels = {str(key): str(label) for key, label in self.choices}
        return labels.get(str(value), str(value)) if labels else str(value)

    def value_of(self, text: str) -> str | None:
        """Return the value of a cell's text; None when it is none of the choices."""
        if not self.choices or not text:
            return text
        return next((str(key) for key, label in self.choices if text in (str(label), str(key))), None)


@dataclass
class SheetRow:
    """One row that was read: its number in the file, values by column name, errors by column name."""

    number: int
    values: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)


@dataclass
class RowPlan:
    """What importing a row would do: `kind` is new, changed, same or error; `changed` names the columns."""

    row: SheetRow
    kind: str
    changed: list[str] = field(default_factory=list)

    @property
    def number(self) -> int:
        return self.row.number
