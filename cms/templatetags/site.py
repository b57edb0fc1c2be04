"""Tags of the public pages."""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.template.loader import get_template

from cms.text import school_year_label
from cms.web import outline
from cms.web.frame import Frame, frame_for

register = template.Library()
_NUMBER = re.compile(r"^[+-]?[¥￥]?\d[\d,.]*\s*[%％‰]?$")


@register.simple_tag(takes_context=True)
def site_frame(context: template.Context) -> Frame:
    """Return the frame of the page: `{% site_frame as frame %}`."""
    return frame_for(context.get("request"))


@register.simple_tag
def anchor_of(child: Any, number: int) -> str:
    """Return the id of a block in its page."""
    return outline.anchor_of(child, number)


@register.filter
def school_year(year: int | None) -> str:
    """Return 2026—2027学年 for 2026."""
    return school_year_label(year) if year else ""


@register.simple_tag
def table_parts(value: Any) -> dict[str, Any]:
    """Return a table block's value as `head` and `rows` of cells, each with text, heading, number."""
    rows = [list(row) for row in (value or {}).get("data") or []]
    head = rows.pop(0) if rows and value.get("first_row_is_table_header") else []
    first_is_heading = bool(value and value.get("first_col_is_header"))
    cells = [[_cell(c, first_is_heading and n == 0) for n, c in enumerate(row)] for row in rows]
    return {"head": [_head_cell(content, n, cells) for n, content in enumerate(head)], "rows": cells}


def _cell(content: Any, heading: bool) -> dict[str, Any]:
    text = str(content if content is not None else "").strip()
    return {"text": text, "heading": heading, "number": bool(_NUMBER.match(text))}


def _head_cell(content: Any, column: int, rows: list[list[dict[str, Any]]]) -> dict[str, Any]:
    """A heading stands over its numbers: at the right when every cell below it is a number."""
    below = [row[column] for row in rows if column < len(row) and row[column]["text"]]
    numbers = bool(below) and all(cell["number"] for cell in below)
    return {"text": str(content or "").strip(), "heading": True, "number": numbers}


@register.simple_tag(takes_context=True)
def component_example(context: template.Context, name: str, values: dict[str, Any]) -> str:
    """Render a component of the library with these values and nothing else but the request."""
    return get_template(name).render(values, context.get("request"))
