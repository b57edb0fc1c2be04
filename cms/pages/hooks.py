"""What the pages hang into Wagtail. Registrations only; the work is done elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.templatetags.static import static
from django.urls import URLPattern
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry

from cms.pages import urls
from cms.pages.actions.deleting import register_deletions
from cms.pages.buttons import start_plan_button
from cms.pages.guards import guard_bulk_delete, guard_delete, guard_words
from cms.pages.notices import warn_after_save

hooks.register("before_delete_page", guard_delete)
hooks.register("before_bulk_action", guard_bulk_delete)
hooks.register("before_delete_snippet", guard_words)
hooks.register("register_actions", register_deletions, order=10)
hooks.register("after_create_page", warn_after_save)
hooks.register("after_edit_page", warn_after_save)


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    """Mount our screens."""
    return urls.urlpatterns


@hooks.register("register_page_header_buttons")
def register_header_buttons(
    page: Any, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """从模板新建计划, on a plan list and on a template."""
    yield from start_plan_button(page, user)


@hooks.register("insert_editor_js")
def editor_js() -> SafeString:
    """Guidance beside sections, rows of a chosen plan, counting characters."""
    return format_html('<script src="{}"></script>', static("cms/admin/editor.js"))


@hooks.register("insert_global_admin_css")
def admin_css() -> SafeString:
    """Styles of our own editing screens."""
    return format_html('<link rel="stylesheet" href="{}">', static("cms/admin/editor.css"))


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """Name what our actions write into the history."""
    actions.register_action(
        "cms.decline_template", _("Decline template changes"), _("Said “not now” to the template's changes")
    )
