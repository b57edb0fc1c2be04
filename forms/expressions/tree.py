"""The tree as JSON, compact, for the browser's evaluator and for nobody else.

Numbers and texts stand for themselves; the rest are lists that begin with a tag:
["r", name], [".", up], ["cur", up], ["col", name], ["rows", list], ["path", start, conditions, [[name, conditions]]],
["-", operand], ["op", first, operator, operand, ...], ["f", name, argument, ...], ["re", subject, pattern, no case].
"""

from __future__ import annotations

from typing import Any

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
from .regexes import regex


def to_json(node: Node) -> Any:
    """Return the tree as lists, texts and numbers."""
    match node:
        case Number(value):
            return int(value) if value.is_integer() and value < 2**53 else value
        case Text(value):
            return value
        case Negative(operand):
            return ["-", to_json(operand)]
        case Operation(first, rest):
            return ["op", to_json(first), *(part for op, operand in rest for part in (op, to_json(operand)))]
        case Call("regex", (subject, Text(pattern))):
            read = regex(pattern)
            return ["re", to_json(subject), read.tree, int(read.ignore_case)]
        case Call(name, arguments):
            return ["f", name, *_all(arguments)]
    return _place(node)


def _all(nodes: tuple[Node, ...]) -> list[Any]:
    return [to_json(node) for node in nodes]


def _place(node: Node) -> list[Any]:
    """Return what stands for a place: a reference, a path, a step of one."""
    match node:
        case Reference(name):
            return ["r", name]
        case Here(up):
            return [".", up]
        case Current(up):
            return ["cur", up]
        case Column(name):
            return ["col", name]
        case Choices(name):
            return ["rows", name]
        case Path(start, where, steps):
            return ["path", to_json(start), _all(where), [to_json(step) for step in steps]]
        case Step(name, where):
            return [name, _all(where)]
    raise TypeError(node)
