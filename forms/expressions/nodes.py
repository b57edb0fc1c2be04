"""The tree of an expression: immutable, compared without positions."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Node:
    """A part of an expression; `at` is its offset in the text."""

    at: int = field(default=0, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Number(Node):
    """A number as written."""

    value: float


@dataclass(frozen=True, slots=True)
class Text(Node):
    """A text in quotes."""

    value: str


@dataclass(frozen=True, slots=True)
class Reference(Node):
    """`${name}`: a question, or a roster."""

    name: str


@dataclass(frozen=True, slots=True)
class Here(Node):
    """`.`, `..`, `../..`: the answer at hand (inside a condition: the item at hand), or what holds it."""

    up: int = 0


@dataclass(frozen=True, slots=True)
class Current(Node):
    """`current()/.`, `current()/..`: the answer at hand, also from inside a condition."""

    up: int = 0


@dataclass(frozen=True, slots=True)
class Column(Node):
    """A bare name: a column of the choice, or a question of the item, that a condition looks at."""

    name: str


@dataclass(frozen=True, slots=True)
class Choices(Node):
    """`instance('list')/root/item`: the rows of a list of choices."""

    list: str


@dataclass(frozen=True, slots=True)
class Step(Node):
    """One `/name[condition]` of a path."""

    name: str
    where: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Path(Node):
    """Where a path starts, the conditions on it, and its steps."""

    start: Node
    where: tuple[Node, ...] = ()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Negative(Node):
    """`-x`."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Operation(Node):
    """Operators of one rank, from left to right: `first`, then (operator, operand) pairs."""

    first: Node
    rest: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function and its arguments."""

    name: str
    arguments: tuple[Node, ...] = ()


def children(node: Node) -> tuple[Node, ...]:
    """Return the nodes directly under this one, in the order of the text."""
    match node:
        case Negative(operand):
            return (operand,)
        case Operation(first, rest):
            return (first, *(operand for _, operand in rest))
        case Call(_, arguments):
            return arguments
        case Step(_, where):
            return where
        case Path(start, where, steps):
            return (start, *where, *steps)
    return ()
