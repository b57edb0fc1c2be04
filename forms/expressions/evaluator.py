"""Evaluate a tree against answers. The browser's twin is forms/static/forms/expressions.js."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .answers import Context, Place
from .errors import EvaluationError, ExpressionError, gettext_noop
from .functions import FUNCTIONS, LAZY
from .limits import MAX_STEPS
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
from .values import Nodes, Raw, Value, number, same, single, truth

Row = Mapping[str, str]
Spot = Place | Row


def evaluate(tree: Node, context: Context, here: Place | None = None, row: Row | None = None) -> Value:
    """Return the value of the tree for the question at `here`.

    `row` is the choice that a choice filter looks at. Raises EvaluationError, with the position, when the answers do
    not fit the expression (a text where a date must be).
    """
    at = here or Place()
    try:
        return single(Scope(context, at, at if row is None else row).evaluate(tree))
    except RecursionError:
        raise EvaluationError(gettext_noop("The expression is nested too deeply.")) from None


class Budget:
    """What is left of the work that one evaluation may do."""

    __slots__ = ("steps",)

    def __init__(self) -> None:
        self.steps = MAX_STEPS

    def spent(self) -> EvaluationError:
        return EvaluationError(gettext_noop("The expression takes too long. Look at fewer items."))


@dataclass(slots=True)
class Scope:
    """One evaluation: the question it is for (`origin`), and what `.` means (`here`), at which position."""

    context: Context
    origin: Place
    here: Spot
    position: int | None = None
    budget: Budget = field(default_factory=Budget)

    def evaluate(self, node: Node) -> Raw:
        """Return the value, or the nodes that a reference stands for."""
        budget = self.budget
        budget.steps -= 1
        if budget.steps < 0:
            raise budget.spent()
        return _EVALUATE.get(type(node), Scope.reference)(self, node)

    def reference(self, node: Node) -> Nodes:
        return self.nodes(self.spots(node))

    def operation(self, node: Operation) -> Raw:
        result = self.evaluate(node.first)
        for operator, operand in node.rest:
            if operator in {"and", "or"}:
                result = truth(result)
                if result is (operator == "or"):
                    return result
                result = truth(self.evaluate(operand))
            else:
                result = _OPERATORS[operator](result, self.evaluate(operand))
        return result

    def call(self, node: Call) -> Raw:
        try:
            if lazy := LAZY.get(node.name):
                return lazy(self, node.arguments)
            return FUNCTIONS[node.name](self, *(self.evaluate(argument) for argument in node.arguments))
        except ExpressionError as error:
            if error.at is None:
                error.at = node.at
                error.length = len(node.name)
            raise

    def spots(self, node: Node, *, every: bool = False) -> Sequence[Spot]:
        """Return the places (or rows) that a reference or path stands for."""
        if type(node) is Reference:
            here = self.here if isinstance(self.here, Place) else self.origin
            return self.context.find(node.name, here, every=every)
        match node:
            case Path(start, where, steps):
                found = self.filtered(self.spots(start, every=bool(where)), where)
                for step in steps:
                    found = self.stepped(found, step)
                return found
            case Current(up):
                return [self.context.above(self.origin, up)]
            case Choices(name):
                return self.context.rows(name)
            case Here(up):
                if isinstance(self.here, Place):
                    return [self.context.above(self.here, up)]
                return [self.here]
            case Column(name):
                return self.columns([self.here], name)
        raise EvaluationError(gettext_noop("This is no question."), node.at)

    def columns(self, spots: Sequence[Spot], name: str) -> Sequence[Spot]:
        found: list[Spot] = []
        for spot in spots:
            if isinstance(spot, Place):
                found.extend(self.context.child(spot, name))
            elif name in spot:
                found.append({"": spot[name]})
        return found

    def stepped(self, spots: Sequence[Spot], step: Step) -> Sequence[Spot]:
        if not step.where:
            return self.columns(spots, step.name)
        return [end for spot in spots for end in self.filtered(self.columns([spot], step.name), step.where)]

    def filtered(self, spots: Sequence[Spot], where: tuple[Node, ...]) -> Sequence[Spot]:
        first = True
        for condition in where:
            kept = []
            for index, spot in enumerate(spots, 1):
                position = self.position_of(spot) if first and isinstance(spot, Place) else index
                scope = Scope(self.context, self.origin, spot, position, self.budget)
                if single(scope.evaluate(condition)) is True:
                    kept.append(spot)
            spots, first = kept, False
        return spots

    def position_of(self, place: Place) -> int:
        return place.items[-1] if self.context.is_item(place) else 1

    def nodes(self, spots: Sequence[Spot]) -> Nodes:
        values = tuple(
            self.context.value(s) if isinstance(s, Place) else s.get("", s.get("name", "")) for s in spots
        )
        return Nodes(values, tuple(spots))


_EVALUATE: dict[type[Node], Callable[[Scope, Any], Raw]] = {
    Number: lambda _, node: node.value,
    Text: lambda _, node: node.value,
    Operation: Scope.operation,
    Call: Scope.call,
    Negative: lambda scope, node: -number(scope.evaluate(node.operand)),
}


def _divided(left: Raw, right: Raw) -> float:
    a, b = number(left), number(right)
    if b:
        return a / b
    if a == 0 or math.isnan(a) or math.isnan(b):
        return math.nan
    return math.copysign(math.inf, a) * math.copysign(1, b)


def _remainder(left: Raw, right: Raw) -> float:
    a, b = number(left), number(right)
    if math.isinf(a) or b == 0 or math.isnan(a) or math.isnan(b):
        return math.nan
    return math.fmod(a, b)


_OPERATORS = {
    "=": same,
    "!=": lambda a, b: not same(a, b),
    "<": lambda a, b: number(a) < number(b),
    "<=": lambda a, b: number(a) <= number(b),
    ">": lambda a, b: number(a) > number(b),
    ">=": lambda a, b: number(a) >= number(b),
    "+": lambda a, b: number(a) + number(b),
    "-": lambda a, b: number(a) - number(b),
    "*": lambda a, b: number(a) * number(b),
    "div": _divided,
    "mod": _remainder,
}
