"""What the command prints for people: one block a plan, in columns that Chinese keeps straight."""

from __future__ import annotations

from typing import Any, Protocol

from django.utils.translation import gettext as _

from cms.pages.models import PlanLevel, Term
from cms.plan_import.readers.wrapping import width_of
from cms.text import school_year_label

_LABEL_WIDTH = 12


class Output(Protocol):
    """Where the command writes."""

    def write(self, msg: str) -> None: ...


def print_plan(out: Output, report: dict[str, Any]) -> None:
    """Print what was recognised in a plan, and the page that was made."""
    made = _("page %(id)d") % {"id": report["page"]} if report["page"] else ""
    out.write(f"● {report['title']}" + (f"  →  {made}" if made else ""))
    year = report["school_year"]
    rows = [
        (_("Level"), str(PlanLevel(report["level"]).label)),
        (_("School year"), f"{school_year_label(year) if year else '—'}  {Term(report['term']).label}"),
        (_("Sections"), f"{len(report['sections'])}  {' / '.join(report['sections'])}"),
        (
            _("Calendar"),
            f"{len(report['calendar'])}  {' / '.join(row['label'] for row in report['calendar'])}",
        ),
        (_("Characters"), f"{report['characters_kept']} / {report['characters_in']}"),
    ]
    for label, value in rows:
        out.write(f"    {label}{' ' * (_LABEL_WIDTH - width_of(label))}{_shorten(value)}")
    for warning in report["warnings"]:
        out.write(f"    ! {warning}")


def print_error(out: Output, name: str, error: str) -> None:
    """Print why a file was refused."""
    out.write(f"✗ {name}: {error}")


def print_total(out: Output, totals: dict[str, Any]) -> None:
    """Print the sums, and how to take the batch back."""
    out.write("")
    out.write(_("%(plans)d plans found, %(pages)d pages made, %(errors)d files refused.") % totals)
    if totals["batch"]:
        out.write(_("Batch %(batch)d. To take it back: import_plans --undo %(batch)d") % totals)


def _shorten(text: str, width: int = 90) -> str:
    if width_of(text) <= width:
        return text
    while width_of(text) > width - 1:
        text = text[:-1]
    return f"{text}…"
