"""The logic of one page of a form, cut down to what the browser needs and may have."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from forms.definitions.document import Note
from forms.definitions.questions import (
    Calculation,
    File,
    Hidden,
    Matrix,
    MatrixRow,
    Photo,
    Question,
    Signature,
)
from forms.expressions import Node, to_json
from forms.expressions.graph import calls, names, walk
from forms.expressions.nodes import Call, Choices, Column, Reference
from forms.filling.offers import is_short
from forms.run.compiled import STEP_MARK
from forms.run.outcome import REFERENCE
from forms.run.tree import part_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from forms.run.compiled import CompiledForm, Part

#: Expressions that give something else each time they are worked out.
UNSTEADY = frozenset({"random", "uuid", "once"})
#: What the browser does not read out of a page.
UNREAD = (File, Photo, Signature, Hidden)
#: Types whose answer the browser can write as people read it.
SHOWN = frozenset(
    {"text", "name", "integer", "decimal", "date", "month", "time", "choice", "scored", "yes_no", "gender"}
)


@dataclass
class Logic:
    """The logic of one page of a form, whoever fills it in. Kept with the compiled form."""

    form: CompiledForm
    parts: tuple[Any, ...]
    step: str
    rosters: tuple[str, ...]

    @cached_property
    def own(self) -> frozenset[str]:
        """Return the names on the page itself."""
        rows = (row.name for part in self.parts if isinstance(part, Matrix) for row in part.rows)
        return frozenset({*(part.name for part in self.parts), *rows})

    @cached_property
    def around(self) -> frozenset[str]:
        """Return the names of what holds the page: while it is open they are there."""
        return frozenset({STEP_MARK + self.step, *self.rosters})

    @cached_property
    def needed(self) -> list[Part]:
        """Return the parts that the page's logic looks at, in the order of the run."""
        todo, found = [*self.own], set()
        while todo:
            part = self.form.parts.get(todo.pop())
            if part is None or part.name in found:
                continue
            found.add(part.name)
            todo += [part.inside, *_looks_at(part)]
            if part.name in self.own:
                todo += [name for tree in self.checks(part) for name in names(tree)]
                todo += [name for text in texts_of(part.item).values() for name in REFERENCE.findall(text)]
        return [self.form.parts[name] for name in self.form.order if name in found]

    @staticmethod
    def checks(part: Part) -> list[Node]:
        """Return the condition that an answer must meet, and the filter of its choices."""
        return [tree for tree in (part.constraint, part.choice_filter) if tree is not None]

    @cached_property
    def out_of_reach(self) -> frozenset[str]:
        """Return the names whose value the browser cannot know: sensitive ones elsewhere, and what follows of them.

        What is asked on the page itself it can read; whether it is asked, the server has said when it must.
        """
        found: set[str] = set()
        for part in self.needed:
            if part.name not in self.around and self._is_unknown(part, found):
                found.add(part.name)
        return frozenset(found)

    def _is_unknown(self, part: Part, found: set[str]) -> bool:
        item, own = part.item, part.name in self.own
        if isinstance(item, UNREAD) or (isinstance(item, Question) and item.sensitive and not own):
            return True
        if own and not isinstance(item, Calculation):
            return self._is_withheld(item)
        return part.inside in found or not (self._is_steady(part, found) or (own and item.shown))

    @staticmethod
    def _is_withheld(item: Any) -> bool:
        """Say whether it is a sensitive answer that is only read: it is masked on the page."""
        return isinstance(item, Question) and item.sensitive and item.read_only

    def _is_steady(self, part: Part, out: set[str] | frozenset[str]) -> bool:
        """Say whether relevance, value and number of items can be worked out in the browser."""
        trees = [tree for tree in (part.relevant, part.calculation, part.count) if tree is not None]
        looks_at_known = out.isdisjoint(_looks_at(part))
        return part.name not in self.form.kept and looks_at_known and self._can_run(trees, out)

    def _can_run(self, trees: Iterable[Node], out: set[str] | frozenset[str]) -> bool:
        return all(
            UNSTEADY.isdisjoint(calls(tree))
            and out.isdisjoint(names(tree))
            and all(self._is_short(name) for name in lists_of(tree, self.form))
            for tree in trees
        )

    def _is_short(self, name: str) -> bool:
        return is_short(self.form.document, name)

    @cached_property
    def tree(self) -> dict[str, Any]:
        """Return what of the page does not depend on the answers; empty when nothing on it depends on anything."""
        parts = [self._part(part) for part in self.needed]
        texts = {
            name: text for part in self.needed if part.name in self.own for name, text in self._texts(part)
        }
        if not texts and not any(part.keys() & _LOGIC for part in parts if part["name"] in self.own):
            return {}
        kinds = (self.form.outline.questions[part.name] for part in self.needed)
        return {
            "questions": [
                {"name": one.name, "kind": one.kind, "inside": one.inside, "choices": one.choices}
                for one in kinds
            ],
            "lists": {name: self._rows(name) for name in self._lists},
            "parts": parts,
            "own": {part.name: _reading(part.item) for part in self.needed if part.name in self.own},
            "texts": texts,
        }

    def _part(self, part: Part) -> dict[str, Any]:
        whole = part_of(part, self.form)
        if part.name in self.around:
            return {key: whole[key] for key in ("name", "inside", "type")}
        steady = self._is_steady(part, self.out_of_reach)
        kept = (
            "name",
            "inside",
            "type",
            "rows",
            *(("relevant", "calculation", "count", "of") if steady else ()),
        )
        found = {key: whole[key] for key in kept if key in whole}
        found |= {"needs": sorted(_looks_at(part))} if steady else {"server": True}
        return found | self._checks(part) if part.name in self.own else found

    def _checks(self, part: Part) -> dict[str, Any]:
        """Return the conditions on an answer of the page, with what they look at, as far as they can be met here."""
        found: dict[str, Any] = {}
        item = part.item
        if part.constraint is not None and self._can_run([part.constraint], self.out_of_reach):
            found["constraint"] = to_json(part.constraint)
            said = item.constraint_message or _("This answer is not possible here. Please check it.")
            found |= {"asks": sorted(names(part.constraint)), "message": "" if "${" in said else str(said)}
        if part.choice_filter is not None and self._is_short(item.list):
            looks = names(part.choice_filter) & self.form.parts.keys()
            if self.out_of_reach.isdisjoint(looks) and UNSTEADY.isdisjoint(calls(part.choice_filter)):
                found |= {"filter": to_json(part.choice_filter), "list": item.list, "filters": sorted(looks)}
        return found

    def _texts(self, part: Part) -> Iterator[tuple[str, Any]]:
        """Give the texts of a part that tell an answer, each in pieces: a text, or {"of": name}."""
        for which, text in texts_of(part.item).items():
            told = REFERENCE.findall(text)
            if told and all(self._can_tell(name) for name in told):
                yield f"{part.name}:{which}", _pieces(text)

    def _can_tell(self, name: str) -> bool:
        part = self.form.parts.get(name)
        if part is None or name in self.out_of_reach:
            return False
        if isinstance(part.item, Calculation):
            return True
        return name in self.own and not part.item.sensitive and getattr(part.item, "type", "") in SHOWN

    @cached_property
    def _trees(self) -> list[Node]:
        found = [tree for part in self.needed for tree in (part.relevant, part.calculation, part.count)]
        own = [tree for part in self.needed if part.name in self.own for tree in self.checks(part)]
        return [*(tree for tree in found if tree is not None), *own]

    @cached_property
    def _lists(self) -> set[str]:
        filtered = {part.item.list for part in self.needed if part.choice_filter is not None}
        every = {name for tree in self._trees for name in lists_of(tree, self.form)} | filtered
        return {name for name in every if self._is_short(name)}

    @cached_property
    def _columns(self) -> set[str]:
        """Return the columns that the expressions look at."""
        told = {name for tree in self._trees for name in names(tree)}
        labelled = any("jr:choice-name" in calls(tree) for tree in self._trees)
        return told | {"name"} | ({"label"} if labelled else set())

    def _rows(self, name: str) -> list[dict[str, str]]:
        return [{key: row[key] for key in row if key in self._columns} for row in self.form.lists[name]]


#: What makes a part of a page depend on something.
_LOGIC = {"relevant", "calculation", "count", "constraint", "filter"}


def _looks_at(part: Part) -> set[str]:
    trees = [tree for tree in (part.relevant, part.calculation, part.count) if tree is not None]
    return {name for tree in trees for name in names(tree)} | set(getattr(part.item, "of", ()))


def lists_of(tree: Node, form: CompiledForm) -> set[str]:
    """Return the lists whose rows the expression looks at."""
    found = {node.list for node in walk(tree) if isinstance(node, Choices)}
    for node in walk(tree):
        if isinstance(node, Call) and node.name == "jr:choice-name":
            asked = (one.name for one in node.arguments if isinstance(one, Reference | Column))
            found |= {
                form.outline.questions[name].choices for name in asked if name in form.outline.questions
            }
    return found


def texts_of(item: Any) -> dict[str, str]:
    """Return the texts of a part that may tell an answer."""
    if isinstance(item, Note | MatrixRow):
        return {"label": item.label}
    if isinstance(item, Question):
        return {"label": item.label, "hint": item.hint, "guidance": item.guidance}
    return {}


def _pieces(text: str) -> list[Any]:
    parts = REFERENCE.split(text)
    return [{"of": part} if number % 2 else part for number, part in enumerate(parts) if part]


def _reading(item: Any) -> dict[str, Any]:
    """Return how the browser reads the answer out of the page."""
    found = {"type": getattr(item, "type", "")}
    if unit := getattr(item, "unit", ""):
        found["unit"] = unit
    if getattr(item, "read_only", False):
        found["fixed"] = True
    return found
