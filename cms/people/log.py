"""How the log words what was done to people."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogActionRegistry, LogFormatter

from cms.people.models import Role


class RoleFormatter(LogFormatter):
    """Names the role, and the school by its code."""

    def format_message(self, log_entry: Any) -> str:
        facts = log_entry.data
        role = dict(Role.choices).get(facts.get("role", ""), "")
        place = facts.get("school") or _("Bureau")
        return f"{self.message}: {role} · {place}"


def register_people_actions(actions: LogActionRegistry) -> None:
    """Tell Wagtail's log the actions on people."""
    for name, label in (
        ("add_role", gettext_lazy("Role given")),
        ("change_role", gettext_lazy("Role changed")),
        ("remove_role", gettext_lazy("Role taken away")),
    ):
        formatter = type("Formatter", (RoleFormatter,), {"label": label, "message": label})
        actions.register_action(f"cms.person.{name}")(formatter)
    for name, label in (
        ("deactivate", gettext_lazy("Account deactivated")),
        ("reactivate", gettext_lazy("Account reactivated")),
        ("issue_link", gettext_lazy("One-time link made")),
        ("set_password", gettext_lazy("Password set by link")),
        ("drop_email", gettext_lazy("E-mail entered at the former school dropped")),
    ):
        actions.register_action(f"cms.person.{name}", label, label)
