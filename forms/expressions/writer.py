"""From the tree back to text: one way of writing each expression."""

from __future__ import annotations

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
from .parser import RANKS

_SIGNED = 6  # binds tighter than every operator


def unparse(node: Node) -> str:
    """Return an expression that parses to this tree."""
    match node:
        case Number(value):
            return _number(value)
        case Text(value):
            return f'"{value}"' if "'" in value else f"'{value}'"
        case Negative(operand):
            return f"-{_within(operand, _SIGNED)}"
        case Operation(first, rest):
            rank = RANKS[rest[0][0]]
            parts = [
                _within(first, rank + 1),
                *(f"{op} {_within(operand, rank + 1)}" for op, operand in rest),
            ]
            return " ".join(parts)
        case Call("jr:choice-name", (value, Reference(name))):
            return f"jr:choice-name({unparse(value)}, '${{{name}}}')"
        case Call(name, arguments):
            return f"{name}({', '.join(map(unparse, arguments))})"
    return _place(node)


def _number(value: float) -> str:
    """Write a number without an exponent, which the language does not have."""
    if value.is_integer():
        return str(int(value))
    text = repr(value)
    return f"{value:.340f}".rstrip("0") if "e" in text else text


def _conditions(where: tuple[Node, ...]) -> str:
    return "".join(f"[{unparse(condition)}]" for condition in where)


def _within(node: Node, rank: int) -> str:
    """Write a part, in brackets when its operator binds less tightly than `rank`."""
    loose = isinstance(node, Operation) and RANKS[node.rest[0][0]] < rank
    return f"({unparse(node)})" if loose else unparse(node)


def _place(node: Node) -> str:
    """Write what stands for a place: a reference, a path, a step of one."""
    match node:
        case Reference(name):
            return f"${{{name}}}"
        case Here(up):
            return "/".join([".."] * up) or "."
        case Current(up):
            return f"current()/{'/'.join(['..'] * up) or '.'}"
        case Column(name):
            return name
        case Choices(name):
            return f"instance({unparse(Text(name))})/root/item"
        case Path(start, where, steps):
            return unparse(start) + _conditions(where) + "".join(f"/{unparse(step)}" for step in steps)
        case Step(name, where):
            return name + _conditions(where)
    raise TypeError(node)
