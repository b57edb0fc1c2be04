"""The survey sheet as a tree: groups, repeats and questions, as they nest in the workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pyxform import aliases
from pyxform.xls2json import RE_BEGIN_CONTROL, RE_END_CONTROL, RE_SELECT

from forms.xlsform.workbook import Row

_YES = {key for key, value in aliases.yes_no.items() if value}


@dataclass(eq=False)
class Node:
    """A question, group or repeat of the workbook. `name` is the author's, `unique` the form's."""

    kind: str  # "form", "group", "repeat" or "question"
    name: str
    row: Row
    above: Node | None = None
    children: list[Node] = field(default_factory=list)
    unique: str = ""

    def __post_init__(self) -> None:
        self.unique = self.unique or self.name

    def walk(self) -> Iterator[Node]:
        """Give the nodes below, in the workbook's order."""
        for child in self.children:
            yield child
            yield from child.walk()

    def ancestors(self) -> Iterator[Node]:
        """Give what holds it, from the inside."""
        node = self.above
        while node is not None:
            yield node
            node = node.above

    @property
    def repeats(self) -> list[Node]:
        """The repeats around it, from the outside; itself, when it is one, is not counted."""
        return [node for node in self.ancestors() if node.kind == "repeat"][::-1]

    def child(self, name: str) -> Node | None:
        return next((child for child in self.children if child.name == name), None)

    @property
    def appearance(self) -> list[str]:
        return self.row.cells.get("appearance", "").split()


@dataclass(frozen=True)
class TypeCell:
    """What stands in the column “type”: `select_one towns or_other` is a select of the list towns."""

    kind: str
    list: str = ""
    or_other: bool = False


def type_of(row: Row) -> TypeCell:
    """Read the type of a question's row."""
    text = row.cells.get("type", "")
    match = RE_SELECT.search(text)
    if match:
        kind = match["select_command"]
        found = {
            "select one": "select_one",
            "select all that apply": "select_multiple",
            "select one external": "select_one_external",
            "rank": "rank",
        }[aliases.select[kind]]
        if kind in aliases.select_from_file:
            found += "_from_file"
        return TypeCell(found, match["list_name"], bool(match["specify_other"]))
    return TypeCell(aliases._type_alias_map.get(text, text))


def tree_of(rows: list[Row], lists: Mapping[str, list[Row]]) -> Node:
    """Return the form as a tree; what is disabled is left out, a loop is written out once for each choice."""
    root = Node("form", "", Row(1, {}))
    stack = [root]
    for row in rows:
        kind = row.cells.get("type", "")
        if not kind or row.cells.get("disabled") in _YES:
            continue
        begin, end = RE_BEGIN_CONTROL.search(kind), RE_END_CONTROL.search(kind)
        if end:
            done = stack.pop()
            if done.kind == "loop":
                _write_out(done, lists.get(done.row.cells["type"].split()[-1], []))
        elif begin:
            node = Node(aliases.control[begin["type"]], row.cells.get("name", ""), row, stack[-1])
            stack[-1].children.append(node)
            stack.append(node)
        else:
            name = row.cells.get("name") or _name_without(kind, row)
            stack[-1].children.append(Node("question", name, row, stack[-1]))
    return root


def _name_without(kind: str, row: Row) -> str:
    """Return the name that pyxform gives to what may have none."""
    return "audit" if kind == "audit" else f"generated_note_name_{row.number}"


def _write_out(loop: Node, choices: list[Row]) -> None:
    """Turn a loop into a group that holds a group for each choice."""
    template, loop.children, loop.kind = loop.children, [], "group"
    for choice in choices:
        if choice.cells["name"] == "none":
            continue
        words = {"name": choice.cells["name"], "label": choice.cells.get("label", choice.cells["name"])}
        group = Node("group", words["name"], Row(loop.row.number, {"label": words["label"]}), loop)
        group.children = [_copy(node, group, words) for node in template]
        loop.children.append(group)


def _copy(node: Node, above: Node, words: dict[str, str]) -> Node:
    cells = {key: _filled(value, words) for key, value in node.row.cells.items()}
    copy = Node(node.kind, _filled(node.name, words), Row(node.row.number, cells, node.row.titles), above)
    copy.children = [_copy(child, copy, words) for child in node.children]
    return copy


def _filled(text: str, words: dict[str, str]) -> str:
    return re.sub(r"%\((name|label)\)s", lambda match: words[match[1]], text)


def name_apart(root: Node) -> list[tuple[Node, str]]:
    """Give each node a name that the whole form has once; return those whose name had to change, with the old one."""
    seen: set[str] = set()
    changed = []
    for node in sorted(root.walk(), key=lambda node: node.kind == "group"):
        unique = node.name
        around = [above.name for above in node.ancestors() if above.name]
        while unique in seen:
            unique = f"{around.pop(0)}_{unique}" if around else _numbered(unique, seen)
        seen.add(unique)
        node.unique = unique
        if unique != node.name and node.kind != "group":
            changed.append((node, node.name))
    return changed


def _numbered(name: str, seen: set[str]) -> str:
    number = 2
    while f"{name}_{number}" in seen:
        number += 1
    return f"{name}_{number}"
