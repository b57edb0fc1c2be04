"""Who may keep receivers: they carry the bureau's content out of the house."""

from __future__ import annotations

from typing import Any

from cms.people.permissions import user_is_bureau_admin


def user_can_manage_webhooks(user: Any) -> bool:
    """Only the bureau's administrator keeps receivers and reads the delivery log."""
    return user_is_bureau_admin(user)
