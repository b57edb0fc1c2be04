"""Which tables and columns an export has: one table of submissions, and one for each roster.

A form's versions share their tables: a question that every version has is one column, one that only an old version
had keeps its column behind the newer ones. Labels are those of the newest version that has the question.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from forms.definitions.document import Document
from forms.definitions.models import Form, FormVersion
from forms.definitions.questions import Matrix, Question
from forms.kinds import kind_of
from forms.sealing.seal import is_sealed

#: So many shown values are remembered of a column, or of columns that show alike.
REMEMBERED = 1_000
#: Turns a kept value into the text of a cell.
Show = Callable[[Any], str]


@dataclass(frozen=True)
class Column:
    """A column: the question's name, its heading, and whether its values are numbers."""

    name: str
    label: str
    numeric: bool = False
    sensitive: bool = False
    #: The name of the matrix that a row's answer stands in.
    matrix: str = ""


@dataclass
class Table:
    """A table: the submissions themselves, or the items of one roster with the receipt they belong to."""

    name: str
    label: str
    rosters: tuple[str, ...] = ()
    columns: dict[str, Column] = field(default_factory=dict)


def tables_of(form: Form, *, sensitive: bool = False) -> list[Table]:
    """Return the form's tables, submissions first; sensitive columns only when they are asked for. One query."""
    versions = form.versions.order_by("-number")
    return tables_of_documents((version.document for version in versions), form.title, sensitive=sensitive)


def tables_of_documents(documents: Iterable[Document], title: str, *, sensitive: bool = False) -> list[Table]:
    """Return the tables of these documents, the newest first."""
    found: dict[str, Table] = {"": Table("", title)}
    hidden: set[str] = set()
    for document in documents:
        hidden |= {name for name, placed in document.questions.items() if placed.item.sensitive}
        for placed in document.walk():
            rosters = tuple(roster.name for roster in placed.rosters)
            table = found[rosters[-1] if rosters else ""]
            if isinstance(placed.item, Question):
                for column in _columns(placed.item):
                    table.columns.setdefault(column.name, column)
            elif placed.item.type == "roster":
                label = placed.item.label
                found.setdefault(
                    placed.item.name, Table(placed.item.name, label, (*rosters, placed.item.name))
                )
        for score in document.scores:
            found[""].columns.setdefault(score.name, Column(score.name, score.label, numeric=True))
    if not sensitive:
        # Sensitive in one version is sensitive in all: the column would hold that version's answers too.
        for table in found.values():
            table.columns = {
                name: column
                for name, column in table.columns.items()
                if (column.matrix or name) not in hidden
            }
    return list(found.values())


def _columns(question: Question) -> Iterator[Column]:
    label = question.label or question.name
    if isinstance(question, Matrix):
        for row in question.rows:
            yield Column(
                row.name, f"{label}：{row.label}", sensitive=question.sensitive, matrix=question.name
            )
    else:
        yield Column(question.name, label, kind_of(question).numeric, question.sensitive)


class Shower:
    """Shows kept values of one version as text; made once for all rows of the version, remembers what it showed."""

    def __init__(self, document: Document, columns: Iterable[Column]) -> None:
        self.document = document
        self._known: dict[tuple[Any, ...], dict[str, str]] = {}
        self.shows: list[tuple[str, str, Show]] = [
            (column.name, column.matrix, self._show_of(column)) for column in columns
        ]

    def cells(self, answers: dict[str, Any], calculated: dict[str, Any]) -> list[str]:
        """Return the texts of one row: `answers` and `calculated` are the kept values of one item."""
        row: list[str] = []
        for name, matrix, show in self.shows:
            value = answers.get(matrix or name)
            if value is None:
                value = calculated.get(name)
            elif matrix:
                value = value.get(name) if isinstance(value, dict) and not is_sealed(value) else value
            row.append("" if value is None else show(value))
        return row

    def _show_of(self, column: Column) -> Show:
        placed = self.document.questions.get(column.matrix or column.name)
        if placed is None:
            return _plain
        question = placed.item
        if question.type in {"text", "long_text", "name", "integer", "calculation", "hidden"}:
            return _plain
        labels = self._labels(question)
        if labels is not None:
            return lambda value: _labelled(value, labels)
        kind = kind_of(question)
        known = self._known.setdefault(_alike(question), {})

        def show(value: Any) -> str:
            text = str(value)
            if text not in known:
                if len(known) >= REMEMBERED:
                    known.clear()
                known[text] = kind.display(question, value, self.document)
            return known[text]

        return show

    def _labels(self, question: Any) -> dict[str, str] | None:
        """Return the labels by value, where a choice stands in the form itself."""
        if question.type in {"yes_no", "gender"}:
            return kind_of(question).labels()  # type: ignore[attr-defined]
        chosen = self.document.lists.get(getattr(question, "list", ""))
        if chosen is None or chosen.codes or question.type == "ranking":
            return None
        return {choice.value: choice.label for choice in chosen.choices}


def _alike(question: Any) -> tuple[Any, ...]:
    """Return what questions share that show equal values as equal texts."""
    if question.type in {"date", "decimal"}:
        return question.type, getattr(question, "places", 0), getattr(question, "unit", "")
    return question.type, question.name


def _plain(value: Any) -> str:
    if isinstance(value, str):
        return value
    return "" if isinstance(value, dict) else str(value)


def _labelled(value: Any, labels: dict[str, str]) -> str:
    if isinstance(value, str):
        return labels.get(value, value)
    if isinstance(value, list):
        return "、".join(labels.get(str(one), str(one)) for one in value)
    return ""


def shower_of(version: FormVersion, table: Table) -> Shower:
    """Return the shower of a version for the columns of a table."""
    return Shower(version.document, table.columns.values())


def fixed_headings() -> list[str]:
    """Return the headings that every table of submissions begins with."""
    return [
        _("Receipt number"),
        _("School"),
        _("About"),
        _("Submitted by"),
        _("State"),
        _("Submitted"),
        _("Changed"),
    ]


def item_headings() -> list[str]:
    """Return the headings that every table of a roster begins with."""
    return [_("Receipt number"), _("No.")]
