"""How the log words what was done to webhooks."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry


def register_webhook_actions(actions: LogActionRegistry) -> None:
    """Tell Wagtail's log the actions on webhooks."""
    for name, label in (
        ("pause", _("Webhook switched off")),
        ("resume", _("Webhook switched on")),
        ("stop", _("Webhook switched off by the system")),
        ("rotate", _("New secret made")),
        ("ping", _("Test message sent")),
        ("send_again", _("Message sent again")),
    ):
        actions.register_action(f"webhooks.{name}", label, label)
