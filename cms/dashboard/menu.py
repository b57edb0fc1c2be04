"""What of Wagtail's own furniture each role sees."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.sidebar import BaseSidebarAdapter, MainMenuModule
from wagtail.admin.utils import get_user_display_name

from cms.people.permissions import user_can_edit_bureau_content

#: Wagtail's help leads to pages on another host.
HIDDEN_FROM_ALL = {"help"}
#: Reports tell of all schools' pages.
HIDDEN_FROM_SCHOOLS = {"reports"}


def trim_menu(request: HttpRequest, items: list[Any]) -> None:
    """Take out of the menu what is of no use to the user."""
    hidden = set(HIDDEN_FROM_ALL)
    if not user_can_edit_bureau_content(request.user):
        hidden |= HIDDEN_FROM_SCHOOLS
    items[:] = [item for item in items if item.name not in hidden]


def put_our_panels(request: HttpRequest, panels: list[Any]) -> None:
    """Put the panels of the user's roles in the place of Wagtail's."""
    from cms.dashboard.panels import panels_for

    panels[:] = panels_for(request.user)


def drop_summary(request: HttpRequest, items: list[Any]) -> None:
    """Take the counts of pages, pictures and documents away: they count all schools'."""
    items.clear()


class MenuAdapter(BaseSidebarAdapter):
    """Hands the menu to the browser with the user's whole name: Wagtail's own shows the given name alone."""

    js_constructor = "wagtail.sidebar.MainMenuModule"

    def js_args(self, menu: MainMenuModule) -> list[Any]:
        items, account_items, user = menu.js_args()
        return [items, account_items, {**user, "name": get_user_display_name(menu.user)}]
