"""Saved searches on the front page of the admin, and the mail about them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Any

from wagtail.admin.ui.components import Component

from cms.dashboard.panels import PANELS
from cms.outbox.jobs import register_daily
from cms.staff_search.saved import address_of, counted, mail_news
from search.service import SavedSearch


class SavedPanel(Component):
    """The reader's saved searches with what is new in each."""

    name = "saved-searches"
    template_name = "cms/admin/staff_search/panel.html"
    order = 0

    def __init__(self, user: Any) -> None:
        self.user = user

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"searches": [(one, address_of(one)) for one in counted(self.user)]}


def has_saved_searches(user: Any) -> bool:
    """Say whether there is anything to show."""
    return bool(user.is_active) and SavedSearch.objects.filter(user=user).exists()


def register() -> None:
    """Put the panel last, and the mail into every morning."""
    PANELS.append((has_saved_searches, lambda user: [SavedPanel(user)]))
    register_daily("mail-saved-searches", mail_news, time(7))
