"""Choices: the choices sheet as lists, selects as questions, tables of selects as matrices."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _

from forms.xlsform.context import Cells, Context
from forms.xlsform.notes import Notes
from forms.xlsform.outline import Node, type_of
from forms.xlsform.paths import both
from forms.xlsform.questions import Item, appearances, common, parameters
from forms.xlsform.workbook import Row

_LIST_COLUMNS = {"list_name", "name", "label", "xinqiao_score"}
_MEDIA = {"image", "big-image", "audio", "video"}
_NOT_A_NAME = re.compile(r"[^\w.\-]")
OTHER = "other"


def rows_by_list(rows: list[Row]) -> dict[str, list[Row]]:
    """Return the rows of the choices sheet by list."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        if "list_name" in row.cells and "name" in row.cells:
            found.setdefault(row.cells["list_name"], []).append(row)
    return found


def list_names(names: list[str]) -> dict[str, str]:
    """Return a name that a form allows for each list."""
    found: dict[str, str] = {}
    for name in names:
        clean = _NOT_A_NAME.sub("_", name)[:60]
        clean = clean if re.match(r"[^\W\d]|_", clean) else f"_{clean}"
        while clean in found.values():
            clean += "_"
        found[name] = clean
    return found


def choices_of(rows: list[Row], notes: Notes) -> list[dict[str, Any]]:
    """Return a list's choices as JSON, each value once.

    A value's spaces become _, since a multiple choice is values with spaces.
    """
    found = []
    taken: set[str] = set()
    for row in rows:
        cells = Cells(row, notes, "choices")
        value = cells.take("name")
        spaceless = "_".join(value.split())[:64]
        clean = _apart(spaceless, taken)
        taken.add(clean)
        if clean != spaceless:
            reason = _("Another choice of the list has this value; here it is now “%(value)s”.")
            cells.not_carried("name", reason % {"value": clean})
        elif clean != value:
            cells.not_carried(
                "name", _("A value has no spaces here; it is now “%(value)s”.") % {"value": clean}
            )
        choice: dict[str, Any] = {"value": clean, "label": cells.take("label") or value}
        if "xinqiao_score" in row.cells:
            choice["score"] = row.cells["xinqiao_score"]
        extra = _extra(cells)
        found.append(choice | ({"extra": extra} if extra else {}))
    return found


def _apart(value: str, taken: set[str]) -> str:
    """Return the value, with a number behind it where the list has it already."""
    number, apart = 1, value
    while apart in taken:
        number += 1
        apart = f"{value[:60]}_{number}"
    return apart


def _extra(cells: Cells) -> dict[str, str]:
    """Return the further columns of a choice, for choice filters."""
    extra = {}
    for column, value in cells.row.cells.items():
        if column in _LIST_COLUMNS or column.startswith("xinqiao"):
            continue
        if column in _MEDIA:
            cells.not_carried(column, _("Choices here have no pictures or sounds."))
        elif _NOT_A_NAME.search(column) or not re.match(r"[^\W\d]|_", column) or len(column) > 64:
            cells.not_carried(column, _("The title of the column is no name."))
        else:
            extra[column] = value
    return extra


def select(cells: Cells, node: Node, context: Context) -> Item:
    """Read `select_one`, `select_multiple` and `rank`."""
    cell = type_of(node.row)
    name = context.rewriter.lists.get(cell.list, "")
    # What is not in the form's lists is in earlier answers: pyxform saw to it that it is nothing else.
    if name not in context.lists or cell.kind not in {"select_one", "select_multiple", "rank"}:
        cells.not_carried("type", _("Choices from a file or from earlier answers; it is asked as text here."))
        cells.not_carried("choice_filter", _("A text has no choices to filter."))
        appearances(cells, set())
        parameters(cells, set())
        return {"type": "text", "max_length": 5_000}
    parameters(cells, set())
    item: Item = {
        "list": name,
        "choice_filter": context.expression(cells, "choice_filter", node, columns=True),
    }
    if cell.kind == "rank":
        appearances(cells, set())
        return {"type": "ranking", **item}
    if cell.kind == "select_multiple":
        appearances(cells, set())
        return {"type": "choices", **item}
    looks = appearances(cells, {"minimal", "autocomplete", "search"})
    look = "search" if looks & {"autocomplete", "search"} else "select" if looks else "radio"
    return {"type": "choice", "appearance": look, **item}


def with_other(node: Node, item: Item, context: Context) -> list[Item]:
    """Return the question and, for `or_other`, the text that says what the other thing is."""
    cell = type_of(node.row)
    if not cell.or_other or item["type"] not in {"choice", "choices"}:
        return [item]
    choices = context.lists[item["list"]]
    if not any(choice["value"] == OTHER for choice in choices):
        choices.append({"value": OTHER, "label": _("Other")})
    taken = {other.unique for other in context.root.walk()}
    name = f"{item['name']}_other"
    while name in taken:
        name += "_"
    condition = both(item.get("relevant", ""), f"selected(${{{item['name']}}}, '{OTHER}')")
    text = {"type": "text", "name": name, "label": _("Please say what else"), "relevant": condition}
    return [item, text | {"max_length": 5_000}]


def matrix_of(group: Node) -> list[Node] | None:
    """Return the rows of a group that is one table of selects; None when it is none.

    Either the group's appearance is table-list, or a select that shows the labels goes before selects without.
    """
    rows = [node for node in group.children if not _is_heading(node)]
    table = "table-list" in group.appearance
    if not rows or any(node.kind != "question" or not _is_row(node, table) for node in rows):
        return None
    cells = [node.row.cells for node in rows]
    same_list = len({type_of(node.row).list for node in rows}) == 1
    same_required = len({cell.get("required", "") in {"yes", "true", "true()"} for cell in cells}) == 1
    headed = table or len(rows) < len(group.children)
    return (
        rows if same_list and same_required and headed and "relevant" not in _heading_cells(group) else None
    )


def _is_heading(node: Node) -> bool:
    return node.kind == "question" and type_of(node.row).kind == "select_one" and node.appearance == ["label"]


def _heading_cells(group: Node) -> dict[str, str]:
    return next((node.row.cells for node in group.children if _is_heading(node)), {})


def _is_row(node: Node, table: bool) -> bool:
    kept = {"type", "name", "label", "relevant", "required", "appearance"}
    cell = type_of(node.row)
    plain = {column for column in node.row.cells if not column.startswith("xinqiao::")} <= kept
    look = node.appearance in ([], ["list-nolabel"]) if table else node.appearance == ["list-nolabel"]
    required = node.row.cells.get("required", "") in {"", "yes", "true", "true()", "no", "false", "false()"}
    return cell.kind == "select_one" and not cell.or_other and plain and look and required


def matrix(group: Node, rows: list[Node], context: Context) -> Item | None:
    """Read a table of selects; None when its list is not one of the form's."""
    name = context.rewriter.lists.get(type_of(rows[0].row).list, "")
    if name not in context.lists:
        return None
    cells = context.cells(group)
    cells.take("appearance")
    heading = _heading_cells(group).get("label", "")
    item = common(cells, group, context, seen="label" in cells.row.cells or not heading)
    item["label"] = item["label"] or heading
    cells.rest()
    found = []
    for row in rows:
        own = context.cells(row)
        condition = context.expression(own, "relevant", row)
        found.append({"name": row.unique, "label": own.take("label") or row.unique, "relevant": condition})
    required = rows[0].row.cells.get("required", "") in {"yes", "true", "true()"}
    item = {key: value for key, value in item.items() if value not in ("", None)}
    return {**item, "type": "matrix", "list": name, "rows": found, "required": required}
