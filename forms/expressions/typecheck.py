"""A light check of types before a form is published: what will fail, and what will not do what it seems to.

Kinds are those of `signatures.py`, and of questions: integer, decimal, number, text, date, datetime, time, boolean,
choice, choices, geo, roster, group, calculation. What is not known for certain passes.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping

from .answers import Outline
from .errors import gettext_noop
from .nodes import (
    Call,
    Choices,
    Column,
    Current,
    Here,
    Negative,
    Node,
    Number,
    Operation,
    Path,
    Reference,
    Step,
    Text,
)
from .nodes import children as below
from .rules import DATES, NUMBERS, Problem, Rules, written
from .signatures import SIGNATURES

# Take all answers of a roster too, as the only argument after so many others.
_SPREAD = {"min": 0, "max": 0, "concat": 0, "join": 1, "checklist": 2}
_ORDER = {"<", "<=", ">", ">="}


def check(
    tree: Node,
    outline: Outline,
    *,
    place: str = "",
    lists: Mapping[str, Collection[str]] | None = None,
    condition: bool = False,
) -> list[Problem]:
    """Return what is wrong with an expression of the question `place`, in the order of the text.

    `lists` gives the names of the choices of each list; `condition` says that the value is used as yes or no.
    """
    checker = _Checker(outline, place, lists or {})
    kind = checker.visit(tree)
    if condition and isinstance(tree, (Text, Number)):
        checker.warn(tree, gettext_noop("This is always the same. A condition compares something."))
    elif condition and kind in {"date", "choices"}:
        checker.warn(tree, gettext_noop("This is no condition. Compare it with something."))
    return sorted(checker.found, key=lambda problem: problem.message.at or 0)


class _Checker(Rules):
    """Walks a tree and works out kinds from below."""

    def visit(self, node: Node) -> str:
        """Return the kind of the node's value; `nodes` where it stands for several answers."""
        match node:
            case Number() | Negative():
                for child in below(node):
                    self.one(child)
                return "number"
            case Text():
                return "text"
            case Operation():
                return self.operation(node)
            case Call():
                return self.call(node)
            case Reference():
                return self.reference(node)
            case Path():
                return self.path(node)
            case Here(up) | Current(up):
                own = not up and not self.inside and self.place in self.outline
                return self.outline.kind(self.place) if own else "any"
        return "any"

    def one(self, node: Node) -> str:
        """Visit a node of which one value is needed."""
        kind = self.visit(node)
        if kind == "nodes":
            self.fail(
                node,
                gettext_noop(
                    "%(name)s is answered once for each item of its roster. Say which answers are meant: "
                    "sum(...), count(...), max(...), join(', ', ...) or indexed-repeat(...)."
                ),
                name=written(node),
            )
            return "any"
        return kind

    def reference(self, node: Reference) -> str:
        if node.name not in self.outline:
            close = difflib.get_close_matches(node.name, self.outline.questions, 1)
            if close:
                self.fail(
                    node,
                    gettext_noop("There is no question ${%(name)s}. Is ${%(close)s} meant?"),
                    name=node.name,
                    close=close[0],
                )
            else:
                self.fail(node, gettext_noop("There is no question ${%(name)s}."), name=node.name)
            return "any"
        if self.is_repeated(node.name):
            return "nodes"
        kind = self.outline.kind(node.name)
        return "any" if kind == "calculation" else kind

    def is_repeated(self, name: str) -> bool:
        """Tell whether the name stands for several answers from where the expression is."""
        own = self.outline.rosters(self.place) if self.place in self.outline else ()
        around = self.outline.rosters(name)
        if self.inside:
            return False
        return own[: len(around)] != around or (self.outline.kind(name) == "roster" and len(around) > 1)

    def path(self, node: Path) -> str:
        several = self.visit(node.start) in {"nodes", "any"}
        for condition in (*node.where, *(inner for step in node.steps for inner in step.where)):
            self.inside += 1
            self.one(condition)
            self.inside -= 1
        if isinstance(node.start, Choices):
            return "any"
        for step in node.steps:
            self.column(step)
        return (
            "any"
            if several
            else (self.outline.kind(node.steps[-1].name) if self.known(node.steps) else "any")
        )

    def known(self, steps: tuple[Step, ...]) -> bool:
        return bool(steps) and steps[-1].name in self.outline

    def column(self, step: Step | Column) -> None:
        if step.name not in self.outline:
            self.fail(step, gettext_noop("There is no question %(name)s."), name=step.name)

    def operation(self, node: Operation) -> str:
        parts = [node.first, *(operand for _, operand in node.rest)]
        kinds = [self.one(part) for part in parts]
        for index, (operator, right) in enumerate(node.rest):
            if operator in {"=", "!="}:
                self.equality(parts[index], kinds[index], right, kinds[index + 1])
                self.equality(right, kinds[index + 1], parts[index], kinds[index])
            elif operator in _ORDER:
                self.order(parts[index], kinds[index], right)
                self.order(right, kinds[index + 1], parts[index])
            elif operator not in {"and", "or"}:
                self.sums(operator, parts[index], kinds[index])
        last_operator, last = node.rest[-1]
        if last_operator not in {"=", "!=", "and", "or", *_ORDER}:
            self.sums(last_operator, last, kinds[-1])
            return "number"
        return "boolean"

    def call(self, node: Call) -> str:
        signature = SIGNATURES[node.name]
        first = _SPREAD.get(node.name, 2)
        spread = (
            len(node.arguments) == first + 1 if node.name in _SPREAD else node.name == "weighted-checklist"
        )
        for index, argument in enumerate(node.arguments):
            wanted = signature.parameters[min(index, len(signature.parameters) - 1)]
            if wanted == "nodes":
                self.nodes(node, argument)
                continue
            kind = self.visit(argument) if spread and index >= first else self.one(argument)
            if wanted == "choices" and kind in NUMBERS | DATES | {"time", "boolean", "geo"}:
                self.fail(
                    argument,
                    gettext_noop("%(function)s() needs a question with choices, and %(name)s is none."),
                    function=node.name,
                    name=written(argument),
                )
        self.special(node)
        return self.result(node)

    def result(self, node: Call) -> str:
        """Return the kind of what the function gives; if() and coalesce() give what their arguments are."""
        if node.name not in {"if", "coalesce", "once"}:
            return SIGNATURES[node.name].result
        kinds = {self.quiet(argument) for argument in node.arguments[1 if node.name == "if" else 0 :]}
        return kinds.pop() if len(kinds) == 1 else "any"

    def quiet(self, node: Node) -> str:
        """Return the kind of a node that has been visited, without telling its problems again."""
        before = list(self.found)
        kind = self.visit(node)
        self.found = before
        return kind

    def nodes(self, call: Call, argument: Node) -> None:
        kind = self.visit(argument)
        if not isinstance(argument, (Reference, Path, Here, Current, Column, Choices)):
            self.fail(
                argument,
                gettext_noop("%(function)s() needs ${question} of a roster, or ${roster}."),
                function=call.name,
            )
        elif isinstance(argument, Reference) and argument.name in self.outline and not self.inside:
            self.useful(call, argument, kind)
