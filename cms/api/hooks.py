"""What the content API adds to Wagtail's admin: tokens, and the button that shares a draft."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail_modeladmin.options import modeladmin_register

from cms.api.previews.actions import SHARED
from cms.api.previews.links import user_can_share_draft
from cms.api.previews.views import SharePreviewView
from cms.api.resources import is_shown
from cms.api.tokens.admin import TokenAdmin
from cms.pages.models import BasePage

modeladmin_register(TokenAdmin)


@hooks.register("register_admin_urls")
def api_admin_urls() -> list[URLPattern]:
    """Return the addresses of our own screens."""
    return [path("previews/<int:page_id>/", SharePreviewView.as_view(), name="cms_share_preview")]


@hooks.register("register_page_header_buttons")
def share_preview_button(
    page: BasePage, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Offer to share the draft, where the page has JSON and the user may edit it."""
    if is_shown(page.specific_class) and user_can_share_draft(user, page):
        yield Button(
            _("Share preview"), reverse("cms_share_preview", args=[page.pk]), icon_name="link", priority=66
        )


@hooks.register("register_log_actions")
def register_preview_actions(actions: LogActionRegistry) -> None:
    """Tell Wagtail's log what sharing a draft is called."""
    actions.register_action(SHARED, _("Preview shared"), _("Preview shared"))
