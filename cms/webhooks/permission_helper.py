"""Who sees receivers and deliveries in the admin."""

from __future__ import annotations

from typing import Any

from wagtail_modeladmin.helpers import PermissionHelper

from cms.webhooks.permissions import user_can_manage_webhooks


class WebhookPermissionHelper(PermissionHelper):
    """The bureau's administrator does everything, nobody else anything."""

    def user_has_any_permissions(self, user: Any) -> bool:
        return user_can_manage_webhooks(user)

    def user_has_specific_permission(self, user: Any, perm_codename: str) -> bool:
        return user_can_manage_webhooks(user)


class DeliveryPermissionHelper(WebhookPermissionHelper):
    """The log is read, and written by the worker alone."""

    def user_can_create(self, user: Any) -> bool:
        return False

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        return False

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        return False
