"""A document made ready to run: every expression parsed once, in the order in which they can be computed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from forms.codes.lookup import choices_of
from forms.definitions.document import AnyRoster, Document, Note, Score, Step
from forms.definitions.questions import Matrix, MatrixRow, Question
from forms.expressions import Node, Outline, in_order, names, parse
from forms.expressions import Question as Named
from forms.expressions.graph import calls
from forms.kinds import kind_of

#: Before the name of a step, so that no question's name can be taken for it.
STEP_MARK = "/"
_MADE = "_compiled"
#: The expression types of kinds, in the words of the expression language.
_VALUE_KINDS = {
    "number": "decimal", "date": "date", "datetime": "datetime", "time": "time", "choice": "choice",
    "choices": "choices",
}  # fmt: skip


@dataclass(frozen=True)
class Part:
    """A step, roster, matrix, row, question, note or score, with its expressions as trees."""

    name: str
    #: The item of the document; for a matrix row the row.
    item: Any
    #: The name of the part that holds it, "" for a step or a score.
    inside: str
    relevant: Node | None = None
    calculation: Node | None = None
    constraint: Node | None = None
    required: Node | None = None
    count: Node | None = None
    choice_filter: Node | None = None

    @cached_property
    def role(self) -> str:
        """Return what a run does with it: "shown" (a step or note), matrix, row, score, question or roster."""
        match self.item:
            case Step() | Note():
                return "shown"
            case Matrix():
                return "matrix"
            case MatrixRow():
                return "row"
            case Score():
                return "score"
            case Question():
                return "question"
        return "roster"


@dataclass(frozen=True)
class CompiledForm:
    """What a run needs of a document. Made by `compiled`, shared by all threads, never changed."""

    document: Document
    outline: Outline
    parts: dict[str, Part]
    #: The names of the parts, each after those that it looks at.
    order: tuple[str, ...]
    lists: Mapping[str, Sequence[Mapping[str, str]]]
    #: Calculations whose value is kept with the answers, because they are worked out only once.
    kept: frozenset[str] = field(default=frozenset())

    @cached_property
    def plan(self) -> tuple[tuple[Part, str], ...]:
        """Return the parts in their order, each with the roster around it."""
        return tuple((self.parts[name], self.roster_around(self.parts[name])) for name in self.order)

    def roster_around(self, part: Part) -> str:
        """Return the innermost roster that the part stands in, "" for none."""
        rosters = self.outline.rosters(part.inside) if part.inside else ()
        return rosters[-1] if rosters else ""

    def names_of_step(self, step: str) -> frozenset[str]:
        """Return the names of everything on the step, its rosters' questions included."""
        return self._step_names[step]

    @cached_property
    def _step_names(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {step.name: set() for step in self.document.steps}
        for placed in self.document.walk():
            found[placed.step.name].add(placed.item.name)
        return {step: frozenset(names) for step, names in found.items()}

    @property
    def roster_names(self) -> frozenset[str]:
        """Return the names of all rosters."""
        return frozenset(self.document.rosters)


class ListRows(Mapping[str, Sequence[Mapping[str, str]]]):
    """The rows of the document's lists as expressions see them: name, label and further columns.

    A code list of the site is read when it is asked for, since it may change under a version.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self._fixed: dict[str, list[dict[str, str]]] = {}

    def __getitem__(self, name: str) -> Sequence[Mapping[str, str]]:
        chosen = self.document.lists[name]
        if chosen.codes:
            return self._rows(name)
        if name not in self._fixed:
            self._fixed[name] = self._rows(name)
        return self._fixed[name]

    def _rows(self, name: str) -> list[dict[str, str]]:
        return [
            {**choice.extra, "name": choice.value, "label": choice.label}
            for choice in choices_of(self.document, name)
        ]

    def __iter__(self) -> Iterator[str]:
        return iter(self.document.lists)

    def __len__(self) -> int:
        return len(self.document.lists)


def compiled(document: Document) -> CompiledForm:
    """Return the document ready to run; worked out once and kept with the document.

    Raises ExpressionSyntaxError or Cycle; a published document has been checked and raises neither.
    """
    made = document.__dict__.get(_MADE)
    if made is None:
        made = document.__dict__[_MADE] = _compile(document)
    return made


def _compile(document: Document) -> CompiledForm:
    parts = {part.name: part for part in _parts(document)}
    outline = Outline(_named(part) for part in parts.values())
    order = in_order({name: _looks_at(part) for name, part in parts.items()})
    kept = frozenset(n for n, part in parts.items() if part.calculation and "once" in calls(part.calculation))
    return CompiledForm(document, outline, parts, tuple(order), ListRows(document), kept)


def outline_of(document: Document) -> Outline:
    """Return the names of the form and what holds what, without reading its expressions."""
    found: dict[str, Named] = {}
    for part in _bare_parts(document):
        found.setdefault(part.name, _named(part))
    return Outline(found.values())


def _bare_parts(document: Document) -> Iterator[Part]:
    yield from (Part(STEP_MARK + step.name, step, "") for step in document.steps)
    for placed in document.walk():
        holder = placed.rosters[-1].name if placed.rosters else STEP_MARK + placed.step.name
        yield Part(placed.item.name, placed.item, holder)
        if isinstance(placed.item, Matrix):
            yield from (Part(row.name, row, placed.item.name) for row in placed.item.rows)
    yield from (Part(score.name, score, "") for score in document.scores)


def _parts(document: Document) -> Iterator[Part]:
    for step in document.steps:
        yield Part(STEP_MARK + step.name, step, "", relevant=_tree(step.relevant))
    for placed in document.walk():
        holder = placed.rosters[-1].name if placed.rosters else STEP_MARK + placed.step.name
        yield from _parts_of(placed.item, holder)
    for score in document.scores:
        yield Part(score.name, score, "", calculation=_tree(score.expression))


def _parts_of(item: Any, holder: str) -> Iterator[Part]:
    if isinstance(item, Note):
        yield Part(item.name, item, holder, relevant=_tree(item.relevant))
    elif isinstance(item, Question):
        required = item.required if isinstance(item.required, str) else ""
        yield Part(
            item.name,
            item,
            holder,
            relevant=_tree(item.relevant),
            calculation=_tree(getattr(item, "calculation", "")),
            constraint=_tree(item.constraint),
            required=_tree(required),
            choice_filter=_tree(getattr(item, "choice_filter", ""), columns=True),
        )
        if isinstance(item, Matrix):
            yield from (Part(row.name, row, item.name, relevant=_tree(row.relevant)) for row in item.rows)
    else:
        yield Part(item.name, item, holder, relevant=_tree(item.relevant), count=_tree(item.count))


def _tree(text: str, *, columns: bool = False) -> Node | None:
    return parse(text, columns=columns) if text else None


def _named(part: Part) -> Named:
    match part.item:
        case Step() | Matrix():
            return Named(part.name, "group", part.inside)
        case MatrixRow():
            return Named(part.name, "choice", part.inside)
        case Note():
            return Named(part.name, "text", part.inside)
        case Score():
            return Named(part.name, "decimal", "")
        case Question():
            return Named(part.name, _value_kind(part.item), part.inside, getattr(part.item, "list", ""))
    return Named(part.name, "roster", part.inside)


def _value_kind(question: Question) -> str:
    result = getattr(question, "result", "")
    return _VALUE_KINDS.get(result or kind_of(question).expression_type, "text")


def _looks_at(part: Part) -> list[str]:
    """Return the names that the part's relevance, value and number of items wait for. A constraint waits for all."""
    trees = [tree for tree in (part.relevant, part.calculation, part.count) if tree is not None]
    found = [name for tree in trees for name in sorted(names(tree))]
    if isinstance(part.item, Score):
        found += part.item.of
    own = {part.name} if part.name in found and part.calculation is not None else set()
    return [*([part.inside] if part.inside else []), *(name for name in found if name not in own)]


def is_roster(item: Any) -> bool:
    """Say whether the document's item is a roster of either level."""
    return isinstance(item, AnyRoster)
