"""Conditions, choices and rosters: if, coalesce, once, selected, count, position, indexed-repeat ..."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from forms.expressions.answers import Place
from forms.expressions.errors import EvaluationError, gettext_noop
from forms.expressions.nodes import Node, Reference
from forms.expressions.values import (
    JAVA_SPACE,
    Nodes,
    Raw,
    each,
    is_empty,
    java_int,
    number,
    single,
    text,
    truth,
)

if TYPE_CHECKING:
    from forms.expressions.evaluator import Scope

_CHOICES_WANTED = gettext_noop(
    "The answer to a question with choices is needed here, not a number or a date."
)


def _if(scope: Scope, arguments: tuple[Node, ...]) -> Raw:
    condition, yes, no = arguments
    return scope.evaluate(yes if truth(scope.evaluate(condition)) else no)


def _coalesce(scope: Scope, arguments: tuple[Node, ...]) -> Raw:
    first = scope.evaluate(arguments[0])
    return scope.evaluate(arguments[1]) if is_empty(first) else first


def _once(scope: Scope, arguments: tuple[Node, ...]) -> Raw:
    """Keep the answer at hand; only an empty one takes the value."""
    value = scope.evaluate(arguments[0])
    kept = scope.context.value(scope.origin)
    return value if text(kept) == "" else kept


def _position(scope: Scope, arguments: tuple[Node, ...]) -> Raw:
    """Return the number of the item at hand, or of the first of the nodes."""
    if not arguments:
        return float(scope.position or 1)
    spots = scope.spots(arguments[0])
    if not spots:
        return 0.0
    first = spots[0]
    return float(scope.position_of(first)) if isinstance(first, Place) else 1.0


def _indexed_repeat(scope: Scope, arguments: tuple[Node, ...]) -> Raw:
    """Return the answer in the given item of each roster; an index below 1 means the first item."""
    target = arguments[0]
    rosters = {}
    for roster, index in zip(arguments[1::2], arguments[2::2], strict=True):
        if isinstance(roster, Reference):
            rosters[roster.name] = max(1, java_int(scope.evaluate(index)))
    if not isinstance(target, Reference):
        raise EvaluationError(gettext_noop("indexed-repeat() begins with ${question}."))
    here = scope.here if isinstance(scope.here, Place) else scope.origin
    return scope.nodes(scope.context.at(target.name, rosters, here))


def _choice_name(scope: Scope, arguments: tuple[Node, ...]) -> Raw:
    value, question = arguments
    name = question.name if isinstance(question, Reference) else ""
    return scope.context.label(name, text(scope.evaluate(value)))


LAZY: dict[str, Callable[[Scope, tuple[Node, ...]], Raw]] = {
    "if": _if,
    "coalesce": _coalesce,
    "once": _once,
    "position": _position,
    "indexed-repeat": _indexed_repeat,
    "jr:choice-name": _choice_name,
}


def _chosen(value: Raw) -> str:
    answer = single(value)
    if not isinstance(answer, str):
        raise EvaluationError(_CHOICES_WANTED)
    return answer


def _names(value: Raw) -> list[str]:
    return [name for name in _chosen(value).split(" ") if name]


def _selected(_scope: Scope, choices: Raw, name: Raw) -> bool:
    wanted = single(name)
    if not isinstance(wanted, str):
        raise EvaluationError(
            gettext_noop("The second argument of selected() is a text in quotes, like '1'.")
        )
    return f" {wanted.strip(JAVA_SPACE)} " in f" {_chosen(choices)} "


def _selected_at(_scope: Scope, choices: Raw, index: Raw) -> str:
    names, at = _names(choices), java_int(index)
    return names[at] if 0 <= at < len(names) else ""


def _nodes(value: Raw) -> Nodes:
    if not isinstance(value, Nodes):
        raise EvaluationError(
            gettext_noop("A question of a roster, or the roster itself, is needed here: ${name}.")
        )
    return value


def _count_non_empty(scope: Scope, value: Raw) -> float:
    nodes = _nodes(value)
    items = sum(isinstance(place, Place) and scope.context.is_item(place) for place in nodes.places)
    return float(items or sum(answer != "" for answer in nodes.values))


def _extreme(choose: Callable[[float, float], float], start: float, values: tuple[Raw, ...]) -> float:
    """The start is JavaRosa's: the largest of negative numbers alone is 0."""
    given = each(values[0]) if len(values) == 1 else values
    numbers = [value for value in map(number, given) if not math.isnan(value)]
    result = start
    for value in numbers:
        result = choose(result, value)
    return result if numbers else math.nan


def _checklist(_scope: Scope, least: Raw, most: Raw, *factors: Raw) -> bool:
    given = each(factors[0]) if len(factors) == 1 else factors
    count, low, high = sum(map(truth, given)), java_int(least), java_int(most)
    return (low < 0 or count >= low) and (high < 0 or count <= high)


def _weighted_checklist(_scope: Scope, least: Raw, most: Raw, *pairs: Raw) -> bool:
    flags: tuple[Raw, ...] = pairs[::2]
    weights: tuple[Raw, ...] = pairs[1::2]
    if len(pairs) == 2 and isinstance(pairs[0], Nodes) and isinstance(pairs[1], Nodes):
        flags, weights = pairs[0].values, pairs[1].values
        if len(flags) != len(weights):
            raise EvaluationError(gettext_noop("weighted-checklist() needs as many weights as conditions."))
    total = sum(number(weight) for flag, weight in zip(flags, weights, strict=True) if truth(flag))
    return number(least) <= total <= number(most)


FUNCTIONS: dict[str, Callable[..., Raw]] = {
    "depend": lambda _, *values: values[0],
    "selected": _selected,
    "is-selected": _selected,
    "selected-at": _selected_at,
    "count-selected": lambda _, choices: float(len(_names(choices))),
    "count": lambda _, nodes: float(len(_nodes(nodes).values)),
    "count-non-empty": _count_non_empty,
    "sum": lambda _, nodes: sum((n for n in map(number, _nodes(nodes).values) if not math.isnan(n)), 0.0),
    "min": lambda _, *values: _extreme(min, math.inf, values),
    "max": lambda _, *values: _extreme(max, 5e-324, values),
    "true": lambda _: True,
    "false": lambda _: False,
    "not": lambda _, value: not truth(value),
    "boolean": lambda _, value: truth(value),
    "boolean-from-string": lambda _, value: text(value) == "1" or text(value).lower() == "true",
    "checklist": _checklist,
    "weighted-checklist": _weighted_checklist,
}
