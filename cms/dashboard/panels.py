"""The panels, and which role sees which."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

from cms.dashboard import lines, numbers
from cms.pages.places import writing_links
from cms.people.models import Role
from cms.people.permissions import (
    user_can_edit_bureau_content,
    user_can_manage_schools,
    user_has_role,
)
from cms.text import school_year_label


class ListPanel(Component):
    """A list of pages: heading, what the columns mean, and what to say when there are none."""

    template_name = "cms/admin/dashboard/list.html"

    def __init__(self, name: str, heading: Any, found: lines.Lines, **words: Any) -> None:
        """`words`: `who` and `when` head the columns, `empty` is said without lines, `to_do` marks the panel."""
        self.name, self.heading, self.found, self.words = name, heading, found, words
        self.order = 0

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        shows_school = any(line.school for line in self.found.lines)
        return {
            "panel": self,
            "found": self.found,
            "shows_school": shows_school and self.words.get("school", True),
            "more": max(self.found.total - len(self.found.lines), 0),
            **self.words,
        }


class NumbersPanel(Component):
    """A few numbers with links."""

    template_name = "cms/admin/dashboard/numbers.html"

    def __init__(
        self, name: str, heading: Any, counts: list[tuple[str, int]], links: list[tuple[str, Any]]
    ) -> None:
        self.name, self.heading, self.counts, self.links = name, heading, counts, links
        self.order = 0

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"panel": self}


class OverviewPanel(Component):
    """Schools x plans of this school year."""

    template_name = "cms/admin/dashboard/overview.html"

    def __init__(self) -> None:
        self.overview = numbers.overview()
        self.order = 0

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"overview": self.overview, "year": school_year_label(self.overview.year)}


def bureau_panels(user: Any) -> list[Component]:
    """What waits for the bureau's editors, and what they did."""
    return [
        ListPanel(
            "waiting", _("Waiting for your approval"), lines.waiting_for_me(user),
            who=_("Submitted by"), when=_("Waiting since"), since=True, to_do=True, verb=_("Review"),
            empty=_("Nothing waits for approval."),
        ),
        ListPanel(
            "scheduled", _("Goes out later"), lines.scheduled(), who=_("By"), when=_("Goes out"), hide_empty=True,
        ),
        ListPanel(
            "drafts", _("My drafts"), lines.my_drafts(user), when=_("Last changed"), empty=_("You have no drafts."),
        ),
        ListPanel(
            "approved", _("Approved last"), lines.recently_approved(), who=_("Approved by"), when=_("Approved at"),
            hide_empty=True,
        ),
    ]  # fmt: skip


def school_panels(user: Any) -> list[Component]:
    """What the school's writers have to do, what waits, what went out."""
    return [
        NumbersPanel("write", _("Write something new"), [], writing_links(user)),
        ListPanel(
            "returned", _("Sent back to mend"), lines.returned_to_me(user), who=_("Sent back by"),
            when=_("Sent back"), to_do=True, verb=_("Mend"), hide_empty=True, school=False, quote=True,
        ),
        ListPanel(
            "drafts", _("My drafts"), lines.my_drafts(user), when=_("Last changed"), school=False,
            empty=_("You have no drafts."),
        ),
        ListPanel(
            "submitted", _("Submitted, waiting for the bureau"), lines.submitted_by_my_school(user),
            who=_("Submitted by"), when=_("Waiting since"), since=True, school=False,
            empty=_("Nothing waits for the bureau."),
        ),
        ListPanel(
            "published", _("Published last"), lines.published_by_my_school(user), when=_("Published at"),
            school=False, empty=_("Your school has not published anything yet."),
        ),
    ]  # fmt: skip


def head_panels(user: Any) -> list[Component]:
    """The people of the school."""
    links = [(reverse("cms_people_index"), _("People")), (reverse("cms_people_invite"), _("Invite a person"))]
    return [NumbersPanel("people", _("People of the school"), numbers.people_counts(user), links)]


def administrator_panels(user: Any) -> list[Component]:
    """The schools, and the administrator's tools."""
    links = [
        (reverse("schools_modeladmin_index"), _("Schools")),
        (reverse("schools_modeladmin_create"), _("Add a school")),
        (reverse("cms_people_index"), _("People")),
        (reverse("cms_people_invite"), _("Invite a person")),
    ]
    return [NumbersPanel("schools", _("Schools"), numbers.school_counts(), links)]


def inspector_panels(user: Any) -> list[Component]:
    """The overview."""
    return [OverviewPanel()]


#: In the order in which they are shown to a person with several roles.
PANELS: list[tuple[Callable[[Any], bool], Callable[[Any], list[Component]]]] = [
    (user_can_edit_bureau_content, bureau_panels),
    (lambda user: user_has_role(user, Role.SCHOOL_HEAD, Role.SCHOOL_EDITOR), school_panels),
    (lambda user: user_has_role(user, Role.SCHOOL_HEAD), head_panels),
    (user_can_manage_schools, administrator_panels),
    (lambda user: user_has_role(user, Role.INSPECTOR), inspector_panels),
]


def register_panels(applies: Callable[[Any], bool], make: Callable[[Any], list[Component]]) -> None:
    """Have another app's panels shown to those for whom `applies` says so, before all others."""
    PANELS.insert(0, (applies, make))


def panels_for(user: Any) -> list[Component]:
    """Return the panels of the user's roles, each once."""
    panels: dict[str, Component] = {}
    for applies, make in PANELS:
        if applies(user):
            for panel in make(user):
                panels.setdefault(getattr(panel, "name", "overview"), panel)
    for order, panel in enumerate(panels.values()):
        panel.order = order
    return list(panels.values())
