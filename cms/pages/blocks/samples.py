"""Sample values for the previews in the block chooser."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _


def text() -> str:
    """Paragraph and list."""
    return format_html(
        "<p>{}</p><ul><li>{}</li><li>{}</li></ul>",
        _("Class teachers visit every family in September and October."),
        _("Talk with the guardian about the child's life and study."),
        _("Write the visit down on the same day."),
    )


def heading() -> dict[str, Any]:
    """A section's heading."""
    return {"text": _("Main measures"), "level": "2"}


def table() -> dict[str, Any]:
    """A small table with both headings."""
    rows = [
        [_("Grade"), _("Pupils"), _("Home visits")],
        [_("Grade one"), "42", "42"],
        [_("Grade two"), "38", "36"],
    ]
    table = {
        "data": rows,
        "first_row_is_table_header": True,
        "first_col_is_header": True,
        "table_header_choice": "both",
    }
    return {"caption": _("Home visits of the first term"), "table": table}


def quote() -> dict[str, Any]:
    """Somebody's words."""
    return {"text": _("Every child has an adult to talk to."), "source": _("From a class teacher's diary")}


def notice() -> dict[str, Any]:
    """An important notice."""
    words = format_html("<p>{}</p>", _("Please hand the forms in by Friday."))
    return {"kind": "important", "title": _("Deadline"), "text": words}


def timeline() -> dict[str, Any]:
    """Three months of work."""
    months = [(9, _("Register the children")), (10, _("Visit the families")), (11, _("Pair pupils"))]
    items = [{"when": _("Month %(month)d") % {"month": m}, "title": t, "text": ""} for m, t in months]
    return {"items": items}
