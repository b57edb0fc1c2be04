"""Deleting pages and words, by whatever way: refused in words while others rest on them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.actions.delete import DeleteAction
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.registry import ActionRegistry

from cms.pages.guards import reasons_against_deletion


class DeletionRefused(ValidationError):  # noqa: N818
    """Others rest on the thing; the messages say which."""

    def __init__(self, reasons: list[str]) -> None:
        # The admin's own API asks each validation error for its fields.
        super().__init__({"__all__": reasons})


def refuse_while_in_use(thing: Any) -> None:
    """Raise DeletionRefused while something rests on it."""
    if reasons := reasons_against_deletion(thing):
        raise DeletionRefused(reasons)


class DeletePage(DeletePageAction):
    """Delete a page and all below it. Raises DeletePagePermissionError, DeletionRefused."""

    def check(self, skip_permission_checks: bool = False) -> None:
        super().check(skip_permission_checks)
        refuse_while_in_use(self.page)


class DeleteKind(DeleteAction):
    """Delete a kind of activities. Raises DeletePermissionError, DeletionRefused."""

    def check(self, skip_permission_checks: bool = False) -> None:
        super().check(skip_permission_checks)
        refuse_while_in_use(self.instance)


def register_deletions(registry: ActionRegistry) -> None:
    """Put our actions in the place of Wagtail's."""
    from cms.pages.models import ActivityKind, BasePage

    registry.register(BasePage, DeletePage)
    registry.register(ActivityKind, DeleteKind)
