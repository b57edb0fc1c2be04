"""Sections, calendars and leading groups of the demo's plans and templates.

# heading
text in the markup of `cms.demo.markup`; in templates, lines after `?` are guidance
= 9 | work            a calendar row, `= 9-10 | work | label` for several months
* role | names | duty a member of the leading group
"""

from __future__ import annotations

import re
from typing import Any

from cms.demo.markup import html
from cms.pages.models import PlanTemplatePage

_HEADING = re.compile(r"^# (.+)$", re.MULTILINE)


def _parts(body: str) -> list[tuple[str, str]]:
    """Return headings with the text below each, rows and members left out."""
    text = "\n".join(line for line in body.splitlines() if not line.startswith(("= ", "* ")))
    pieces = _HEADING.split(text)[1:]
    return list(zip(pieces[::2], pieces[1::2], strict=True))


def template_sections(body: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the sections of a template: guidance from lines after `?`, the rest is the starting text."""
    sections = []
    for heading, text in _parts(body):
        lines = text.splitlines()
        guidance = "\n".join(line.removeprefix("?").strip() for line in lines if line.startswith("?"))
        starter = "\n".join(line for line in lines if not line.startswith("?"))
        value = {
            "heading": heading.removesuffix("（选填）"),
            "guidance": html(guidance),
            "required": not heading.endswith("（选填）"),
            "starter": html(starter),
        }
        sections.append(("section", value))
    return sections


def sections_of(body: str, template: PlanTemplatePage | None) -> list[tuple[str, dict[str, Any]]]:
    """Return the sections of a plan; those that a template has carry its key."""
    keys = {child.value["heading"]: child.id for child in template.sections} if template else {}
    return [
        ("section", {"heading": heading, "body": html(text), "key": keys.get(heading) or ""})
        for heading, text in _parts(body)
    ]


def calendar_of(body: str, template: PlanTemplatePage | None = None) -> list[tuple[str, dict[str, Any]]]:
    """Return the calendar rows. A row of the same month as one of the template carries its key."""
    keys = {child.value["first_month"]: child.id for child in template.calendar} if template else {}
    rows = []
    for line in body.splitlines():
        if line.startswith("= "):
            months, work, label = ([cell.strip() for cell in line[2:].split("|")] + [""])[:3]
            first, _dash, last = months.partition("-")
            value = {"first_month": first, "last_month": last, "label": label, "work": work}
            rows.append(("row", {**value, "key": keys.get(first) or ""}))
    return rows


def leading_group_of(body: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the members of the leading group."""
    people = []
    for line in body.splitlines():
        if line.startswith("* "):
            role, names, duty = ([cell.strip() for cell in line[2:].split("|")] + ["", ""])[:3]
            people.append(("person", {"role": role, "names": names, "duty": duty}))
    return people
