"""What an expression looks at, and in which order many of them can be computed."""

from __future__ import annotations

import graphlib
from collections.abc import Iterable, Iterator, Mapping

from .nodes import Call, Choices, Column, Current, Here, Node, Path, Reference, Step, children

# What gives something else each time, or looks at the answer at hand.
_CHANGING = {"today", "now", "random", "uuid", "once", "position", "string-length", "normalize-space", "age"}


class CycleError(ValueError):
    """Calculations wait for one another: `names` in a circle, the first one again at the end."""

    def __init__(self, names: list[str]) -> None:
        self.names = names
        super().__init__(" -> ".join(names))


def walk(tree: Node) -> Iterator[Node]:
    """Yield the node and all below it, in the order of the text."""
    todo = [tree]
    while todo:
        node = todo.pop()
        yield node
        todo.extend(reversed(children(node)))
        if isinstance(node, Path):
            todo.extend(node.steps)


def names(tree: Node) -> frozenset[str]:
    """Return the questions and rosters that the expression refers to, those of paths and conditions included."""
    found = set()
    for node in walk(tree):
        match node:
            case Reference(name) | Column(name) | Step(name):
                found.add(name)
    return frozenset(found)


def references(tree: Node) -> frozenset[str]:
    """Return only what is written ${name}, where a mistyped name is a mistake for certain."""
    return frozenset(node.name for node in walk(tree) if isinstance(node, Reference))


def is_constant(tree: Node) -> bool:
    """Tell whether the value is the same whatever is answered, and whenever."""
    return not any(
        isinstance(node, (Reference, Here, Current, Column, Choices))
        or (isinstance(node, Call) and node.name in _CHANGING)
        for node in walk(tree)
    )


def calls(tree: Node) -> frozenset[str]:
    """Return the names of the functions in the expression."""
    return frozenset(node.name for node in walk(tree) if isinstance(node, Call))


def in_order(dependencies: Mapping[str, Iterable[str]]) -> list[str]:
    """Return the names so that each comes after those it depends on; names outside the mapping are left out.

    The order is the mapping's own where that allows it. Raises CycleError with the names of a circle.
    """
    known = {name: [d for d in needed if d in dependencies] for name, needed in dependencies.items()}
    sorter = graphlib.TopologicalSorter(known)
    try:
        sorter.prepare()
    except graphlib.CycleError as error:
        raise CycleError([str(name) for name in reversed(error.args[1])]) from None
    rank = {name: number for number, name in enumerate(known)}
    ordered: list[str] = []
    while sorter.is_active():
        ready = sorted(sorter.get_ready(), key=rank.__getitem__)
        ordered.extend(ready)
        sorter.done(*ready)
    return ordered
