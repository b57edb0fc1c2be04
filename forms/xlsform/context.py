"""What every part of a reading shares: the notes, the rewriting of expressions, the cells that were used."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from pyxform import aliases

from forms.definitions.base import EXPRESSION_LIMIT
from forms.expressions import ExpressionError, parse
from forms.xlsform.notes import Notes
from forms.xlsform.outline import Node
from forms.xlsform.paths import Rewriter
from forms.xlsform.workbook import Row, Workbook

#: Columns that say nothing about how a form behaves, or that were read elsewhere.
_QUIET = {"type", "name", "disabled", "xinqiao::type", "xinqiao::settings"}


@dataclass
class Cells:
    """A row's cells, ticked off as they are used."""

    row: Row
    notes: Notes
    sheet: str = "survey"
    used: set[str] = field(default_factory=set)

    def take(self, column: str) -> str:
        """Return the cell, empty when there is none, and remember that it was used."""
        self.used.add(column)
        return self.row.cells.get(column, "")

    def title(self, column: str) -> str:
        return self.row.titles.get(column, column)

    def not_carried(self, column: str, reason: str) -> None:
        """Say that the cell is not carried; nothing when it is empty."""
        value = self.take(column)
        if value:
            self.notes.add(self.sheet, self.row.number, self.title(column), value, reason)

    def rest(self) -> None:
        """Say of every cell that was not used that it is not carried."""
        for column in self.row.cells:
            if column not in self.used and column not in _QUIET and not column.startswith("xinqiao::"):
                self.not_carried(column, _("There is nothing in a form that this column could set."))


@dataclass
class Context:
    """One reading of a workbook."""

    book: Workbook
    root: Node
    rewriter: Rewriter
    #: Choice lists of the form by name, as JSON; a list that a question changes is changed here.
    lists: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    #: How the form stands to a register, as JSON.
    about: dict[str, Any] | None = None
    #: The row number of each item that was read, and what it was read as before the workbook's own column was heard.
    plain: dict[int, dict[str, Any]] = field(default_factory=dict)

    @cached_property
    def everything(self) -> str:
        """All cells of the survey sheet in one text, to see whether a name is spoken of."""
        return "\n".join(value for row in self.book.survey for value in row.cells.values())

    @property
    def notes(self) -> Notes:
        return self.book.notes

    def named(self, name: str) -> list[Row]:
        """Return the rows of that name."""
        return self._by_name.get(name, [])

    @cached_property
    def _by_name(self) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for row in self.book.survey:
            found.setdefault(row.cells.get("name", ""), []).append(row)
        return found

    def cells(self, node: Node) -> Cells:
        return Cells(node.row, self.notes)

    def expression(self, cells: Cells, column: str, node: Node, *, columns: bool = False) -> str:
        """Return the cell's expression for the form; empty, with a note, when the form cannot have it."""
        text = aliases.BINDING_CONVERSIONS.get(cells.take(column), cells.take(column))
        if not text:
            return ""
        found, problem = self.carried(text, node, columns=columns)
        if problem:
            cells.not_carried(column, problem)
        return found

    def carried(self, text: str, node: Node, *, columns: bool = False) -> tuple[str, str]:
        """Return the expression for the form and "", or "" and why there is none."""
        if "last-saved#" in text:
            return "", _("The answers of the last submission are not at hand here.")
        found = self.rewriter.expression(text, node)
        if len(found) > EXPRESSION_LIMIT:
            return "", _("The expression is longer than %(limit)d characters.") % {"limit": EXPRESSION_LIMIT}
        try:
            parse(found, columns=columns)
        except ExpressionError as error:
            return "", error.in_words(_)
        return found, ""
