"""A plan and the template it came from: guidance beside the sections, and what changed since.

A plan copies the template once. Each copied section and row carries the id of the template's block as `key`;
`template_revision` says which text of the template the plan follows. Nothing here changes a plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from cms.pages.models.plan import DeclinedTemplate, PlanPage, PlanTemplatePage
from cms.pages.text import text_of

if TYPE_CHECKING:
    from wagtail.models import Revision

ROW_FIELDS = ("first_month", "last_month", "label", "work")


class ChangeKind(StrEnum):
    """How a template's newer text differs from the text that the plan follows."""

    SECTION_ADDED = "section_added"
    SECTION_REMOVED = "section_removed"
    SECTION_RENAMED = "section_renamed"
    STARTER_CHANGED = "starter_changed"
    GUIDANCE_CHANGED = "guidance_changed"
    REQUIRED_CHANGED = "required_changed"
    ROW_ADDED = "row_added"
    ROW_REMOVED = "row_removed"
    ROW_CHANGED = "row_changed"


#: Changes of advice: they touch nothing in the plan and simply hold once the newer text is followed.
ADVICE = frozenset({ChangeKind.GUIDANCE_CHANGED, ChangeKind.REQUIRED_CHANGED})


@dataclass(frozen=True)
class Change:
    """One difference. `before` and `after` are values of the template's block (None where there is none)."""

    kind: ChangeKind
    key: str
    before: Any
    after: Any
    #: The school wrote something of its own here, so that taking the change would touch its text.
    own_text: bool = False

    @property
    def id(self) -> str:
        """The name of its checkbox."""
        return f"{self.kind.value}:{self.key}"

    @property
    def can_be_taken(self) -> bool:
        return self.kind not in ADVICE and not self.own_text


def followed_template(plan: PlanPage) -> PlanTemplatePage | None:
    """Return the template with the text that the plan follows; None when that text is gone."""
    if plan.template_revision is None or plan.template_page_id is None:
        return None
    return plan.template_revision.as_object()


def newer_revision(plan: PlanPage) -> Revision | None:
    """Return the template's published revision when it is newer than the one the plan follows."""
    template, followed = plan.template_page, plan.template_revision
    if template is None or followed is None or not template.live or template.live_revision is None:
        return None
    newest = template.live_revision
    return newest if newest.created_at > followed.created_at else None


def offered_revision(plan: PlanPage) -> Revision | None:
    """Return the newer revision unless the school said "not now" to it."""
    newest = newer_revision(plan)
    if newest and DeclinedTemplate.objects.filter(plan_id=plan.pk, revision=newest).exists():
        return None
    return newest


def guidance(plan: PlanPage) -> list[dict[str, Any]]:
    """Return what the followed template says of each section: key, guidance, required."""
    template = followed_template(plan) or plan.template_page
    if template is None:
        return []
    return [
        {"key": child.id, "guidance": child.value["guidance"], "required": child.value["required"]}
        for child in template.sections
    ]


def empty_required_sections(plan: PlanPage) -> list[str]:
    """Return the headings of the template's required sections that the plan leaves empty or has dropped."""
    template = followed_template(plan)
    if template is None:
        return []
    written = {c.value["key"]: text_of(c.value["body"]) for c in plan.sections if c.value["key"]}
    return [
        child.value["heading"]
        for child in template.sections
        if child.value["required"] and not written.get(child.id)
    ]


def template_changes(plan: PlanPage) -> list[Change]:
    """Return what the template's published text has that the plan's text of it had not, in its order."""
    newest, old = newer_revision(plan), followed_template(plan)
    if newest is None or old is None:
        return []
    new = newest.as_object()
    return [*_section_changes(plan, old, new), *_row_changes(plan, old, new)]


def _section_changes(plan: PlanPage, old: PlanTemplatePage, new: PlanTemplatePage) -> list[Change]:
    before = {child.id: child.value for child in old.sections}
    after = {child.id: child.value for child in new.sections}
    mine = {child.value["key"]: child.value for child in plan.sections if child.value["key"]}
    changes: list[Change] = []
    for key, value in after.items():
        if key not in before:
            if key not in mine:
                changes.append(Change(ChangeKind.SECTION_ADDED, key, None, value))
        elif key in mine:
            changes += _changes_in_section(key, before[key], value, mine[key])
    changes += [
        Change(
            ChangeKind.SECTION_REMOVED, key, value, None, own_text=not is_untouched(mine[key]["body"], value)
        )
        for key, value in before.items()
        if key not in after and key in mine
    ]
    return changes


def _changes_in_section(key: str, before: Any, after: Any, mine: Any) -> list[Change]:
    changes = []
    if before["heading"] != after["heading"]:
        own = mine["heading"] != before["heading"]
        changes.append(Change(ChangeKind.SECTION_RENAMED, key, before, after, own_text=own))
    if before["starter"].source != after["starter"].source:
        own = not is_untouched(mine["body"], before)
        changes.append(Change(ChangeKind.STARTER_CHANGED, key, before, after, own_text=own))
    if text_of(before["guidance"]) != text_of(after["guidance"]):
        changes.append(Change(ChangeKind.GUIDANCE_CHANGED, key, before, after))
    if before["required"] != after["required"]:
        changes.append(Change(ChangeKind.REQUIRED_CHANGED, key, before, after))
    return changes


def _row_changes(plan: PlanPage, old: PlanTemplatePage, new: PlanTemplatePage) -> list[Change]:
    before = {child.id: child.value for child in old.calendar}
    after = {child.id: child.value for child in new.calendar}
    mine = {child.value["key"]: child.value for child in plan.calendar if child.value["key"]}
    changes: list[Change] = []
    for key, value in after.items():
        if key not in before and key not in mine:
            changes.append(Change(ChangeKind.ROW_ADDED, key, None, value))
        elif key in before and key in mine and not same_row(before[key], value):
            own = not same_row(mine[key], before[key])
            changes.append(Change(ChangeKind.ROW_CHANGED, key, before[key], value, own_text=own))
    for key, value in before.items():
        if key not in after and key in mine:
            own = not same_row(mine[key], value)
            changes.append(Change(ChangeKind.ROW_REMOVED, key, value, None, own_text=own))
    return changes


def is_untouched(body: Any, section: Any) -> bool:
    """Say whether a plan's section still has nothing but the template's starting text."""
    return text_of(body) in ("", text_of(section["starter"]))


def same_row(one: Any, other: Any) -> bool:
    """Say whether two calendar rows say the same."""
    return all((one[name] or "") == (other[name] or "") for name in ROW_FIELDS)
