"""A plan's calendar as months down the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from cms.plan_import.recognise.months import says_only_months


@dataclass
class Month:
    """One stretch of months and what is done in it. `numbers` names every month it covers: "9 10"."""

    name: str
    numbers: str
    rows: list[dict[str, str]] = field(default_factory=list)


def months_of(calendar: Iterable[Any]) -> list[Month]:
    """Group the rows by their months, in the order in which they stand."""
    months: list[Month] = []
    for child in calendar or ():
        value = child.value
        covered = _covered(value["first_month"], value.get("last_month"))
        numbers = " ".join(map(str, covered))
        if not months or months[-1].numbers != numbers:
            months.append(Month(_name(covered), numbers))
        months[-1].rows.append({"label": _words(value.get("label") or ""), "work": value["work"]})
    return months


def row_of(calendar: Iterable[Any], key: str) -> dict[str, str] | None:
    """Return the row that news is about, as `name` and `work`; nothing when the plan has lost it."""
    for child in calendar or ():
        if key and key in (str(child.id), child.value.get("key")):
            covered = _covered(child.value["first_month"], child.value.get("last_month"))
            return {"name": _name(covered), "work": child.value["work"]}
    return None


def _words(label: str) -> str:
    """Return the label without the sign before its work; nothing when the months say it already."""
    return "" if says_only_months(label) else label.rstrip("：:，,、 ")


def _covered(first: str, last: str | None) -> list[int]:
    """Return the months from first to last; a school year runs over New Year: 11 to 1 is 11, 12, 1."""
    if not str(first or "").isdigit():
        return []
    start = int(first)
    end = int(last) if last and last.isdigit() else start
    length = (end - start) % 12
    return [(start + step - 1) % 12 + 1 for step in range(length + 1)]


def _name(covered: list[int]) -> str:
    if not covered:
        return _("No month")
    first = _("Month %(month)d") % {"month": covered[0]}
    if len(covered) == 1:
        return first
    return _("%(first)s to %(last)s") % {
        "first": first,
        "last": _("Month %(month)d") % {"month": covered[-1]},
    }
