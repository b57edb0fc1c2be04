"""How Wagtail's log words what was done to submissions."""

from __future__ import annotations

from wagtail.log_actions import LogActionRegistry

from forms.submissions.actions.steps import LOGGED
from forms.submissions.trail import EventKind


def register_submission_actions(actions: LogActionRegistry) -> None:
    """Tell Wagtail's log the steps of submissions."""
    for kind in EventKind:
        actions.register_action(f"{LOGGED}.{kind.value}", kind.label, kind.label)
