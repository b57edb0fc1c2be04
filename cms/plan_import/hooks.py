"""What the plan import adds to Wagtail's admin. Registrations only."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.staticfiles import versioned_static

from cms.plan_import.permissions import user_can_import
from cms.plan_import.views import batch, start


class ImportMenuItem(MenuItem):
    """Shown to whoever imports plans."""

    def is_shown(self, request: HttpRequest) -> bool:
        return user_can_import(request.user)


@hooks.register("register_admin_urls")
def import_urls() -> list[URLPattern]:
    """Return the addresses of the plan import."""
    return [
        path("plan-import/", start.StartView.as_view(), name="cms_plan_import"),
        path("plan-import/<int:pk>/", batch.ResultView.as_view(), name="cms_plan_import_batch"),
        path("plan-import/<int:pk>/status/", batch.StatusView.as_view(), name="cms_plan_import_status"),
        path("plan-import/<int:pk>/confirm/", batch.ConfirmView.as_view(), name="cms_plan_import_confirm"),
        path("plan-import/<int:pk>/undo/", batch.UndoView.as_view(), name="cms_plan_import_undo"),
    ]


@hooks.register("register_admin_menu_item")
def import_menu_item() -> MenuItem:
    """Return the menu item 导入计划."""
    return ImportMenuItem(
        _("Import plans"), reverse("cms_plan_import"), name="plan-import", icon_name="upload", order=320
    )


@hooks.register("insert_global_admin_css")
def import_css() -> str:
    """Return the link to the style sheet of these screens."""
    return format_html('<link rel="stylesheet" href="{}">', versioned_static("admin/plan-import.css"))
