"""How the log words what was done to schools."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry


def register_school_actions(actions: LogActionRegistry) -> None:
    """Tell Wagtail's log the actions on schools."""
    for name, label in (
        ("close", _("School closed")),
        ("merge", _("School merged")),
        ("reopen", _("School opened again")),
    ):
        actions.register_action(f"cms.school.{name}", label, label)
