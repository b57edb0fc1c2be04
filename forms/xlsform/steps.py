"""Groups as steps, headings and rosters.

A group at the top is a step; when it holds field-lists (ODK's screens) each of them is one. What stands outside
groups is gathered into steps, a new one at a note once there are a dozen questions. A group within a step becomes a
heading, and its condition goes to everything in it.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from forms.xlsform import own
from forms.xlsform.choosing import matrix, matrix_of, with_other
from forms.xlsform.context import Context
from forms.xlsform.outline import Node, type_of
from forms.xlsform.paths import both
from forms.xlsform.questions import Item, hide, question_of

#: So many questions outside groups fill a step.
FULL = 12
DEEPEST = 2


def steps_of(context: Context) -> list[Item]:
    """Return the form's steps as JSON; one that would be empty is left out."""
    steps = _Steps(context)
    steps.gather(context.root, "", "")
    steps.close()
    return steps.found


class _Steps:
    """Makes the steps in the workbook's order."""

    def __init__(self, context: Context) -> None:
        self.context, self.found = context, []  # type: tuple[Context, list[Item]]
        self.loose: list[Item] = []
        self.title, self.condition = "", ""
        self.names = {node.unique for node in context.root.walk()}

    def gather(self, holder: Node, title: str, condition: str) -> None:
        """Make steps of what the holder holds: the form, or a group of several screens."""
        for node in holder.children:
            if node.kind == "group" and _is_screen(node):
                self.close()
                self._screen(node, title, condition)
            elif node.kind == "group" and _has_screens(node):
                self.close()
                inner = self.context.expression(self.context.cells(node), "relevant", node)
                self.gather(node, node.row.cells.get("label", "") or title, both(condition, inner))
                self.close()
            else:
                self._loose(node, title, condition)

    def _screen(self, node: Node, title: str, condition: str) -> None:
        cells = self.context.cells(node)
        step = {
            "name": node.unique,
            "title": self.context.rewriter.label(cells.take("label")) or title or self._part(),
            "relevant": both(condition, self.context.expression(cells, "relevant", node)),
        }
        cells.take("appearance")
        cells.rest()
        items = items_of(node.children, self.context)
        step = own.heard(node.row, {key: value for key, value in step.items() if value}, self.context)
        if items or own.is_ours(node.row):
            self.found.append({**step, "items": items})

    def _loose(self, node: Node, title: str, condition: str) -> None:
        if (title, condition) != (self.title, self.condition):
            self.close()
        asked = sum(item["type"] not in {"note", "calculation", "hidden"} for item in self.loose)
        if asked >= FULL and node.kind == "question" and type_of(node.row).kind == "note":
            self.close()
        self.title, self.condition = title, condition
        self.loose += items_of([node], self.context)

    def close(self) -> None:
        """Make a step of what was gathered."""
        if self.loose:
            step = {"name": self._name(), "title": self.title or self._part(), "relevant": self.condition}
            self.found.append({key: value for key, value in step.items() if value} | {"items": self.loose})
        self.loose, self.title, self.condition = [], "", ""

    def _part(self) -> str:
        return _("Part %(number)d") % {"number": len(self.found) + 1}

    def _name(self) -> str:
        number = len(self.found) + 1
        while f"part_{number}" in self.names:
            number += 1
        self.names.add(f"part_{number}")
        return f"part_{number}"


def _is_screen(node: Node) -> bool:
    return matrix_of(node) is None and ("field-list" in node.appearance or not _has_screens(node))


def _has_screens(node: Node) -> bool:
    groups = [child for child in node.children if child.kind == "group" and matrix_of(child) is None]
    return any("field-list" in child.appearance or _has_screens(child) for child in groups)


def items_of(nodes: list[Node], context: Context, depth: int = 0) -> list[Item]:
    """Return the nodes as items; groups are dissolved into headings and conditions."""
    items: list[Item] = []
    for node in nodes:
        if own.is_part(node.row, context):
            continue
        if node.kind == "group":
            items += _group(node, context, depth)
        elif node.kind == "repeat":
            items += _roster(node, context, depth)
        else:
            item = question_of(node, context)
            if item is not None:
                heard = own.heard(node.row, item, context)
                items += with_other(node, heard, context)
    return items


def _group(node: Node, context: Context, depth: int) -> list[Item]:
    rows = matrix_of(node)
    found = matrix(node, rows, context) if rows else None
    if found is not None:
        return [own.heard(node.row, found, context)]
    cells = context.cells(node)
    condition = context.expression(cells, "relevant", node)
    label, hint = (context.rewriter.label(cells.take(column)) for column in ("label", "hint"))
    cells.take("appearance")
    cells.rest()
    heading: list[Item] = []
    if label:
        text = "\n\n".join(part for part in (label, hint) if part)
        heading = [{"type": "note", "name": node.unique, "label": text, "appearance": "heading"}]
    return [hide(item, condition) for item in heading + items_of(node.children, context, depth)]


def _roster(node: Node, context: Context, depth: int) -> list[Item]:
    if depth >= DEEPEST:
        reason = _("Repeats nest at most two deep here; this one is left out with everything in it.")
        for left_out in (node, *node.walk()):
            context.notes.add("survey", left_out.row.number, "type", left_out.row.cells["type"], reason)
        return []
    cells = context.cells(node)
    item: dict[str, Any] = {
        "type": "roster",
        "name": node.unique,
        "label": context.rewriter.label(cells.take("label")) or node.unique,
        "hint": context.rewriter.label(cells.take("hint")),
        "relevant": context.expression(cells, "relevant", node),
        "count": context.expression(cells, "repeat_count", node),
        "maximum": 200,
    }
    cells.take("appearance")
    cells.rest()
    item = own.heard(node.row, {key: value for key, value in item.items() if value}, context)
    items = items_of(node.children, context, depth + 1)
    return [{**item, "items": items}] if items else []
