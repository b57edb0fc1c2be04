"""What exports and statistics add to Wagtail's admin. Registrations only."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.staticfiles import versioned_static

from forms.out import views
from forms.out.permissions import user_can_export


class ExportsMenuItem(MenuItem):
    """Shown to whoever may export."""

    def is_shown(self, request: HttpRequest) -> bool:
        return user_can_export(request.user)


@hooks.register("register_admin_urls")
def export_urls() -> list[URLPattern]:
    """Return the addresses of exports and statistics."""
    return [
        path("form-exports/", views.ExportsView.as_view(), name="forms_exports"),
        path("form-exports/of/<slug:slug>/", views.StartView.as_view(), name="forms_export_start"),
        path("form-exports/<uuid:pk>/", views.JobView.as_view(), name="forms_export"),
        path("form-exports/<uuid:pk>/status/", views.StatusView.as_view(), name="forms_export_status"),
        path("form-exports/<uuid:pk>/file/", views.FileView.as_view(), name="forms_export_file"),
        path("form-statistics/<slug:slug>/", views.StatisticsView.as_view(), name="forms_statistics"),
    ]


@hooks.register("register_admin_menu_item")
def exports_menu_item() -> MenuItem:
    """Return the menu item 导出与统计."""
    return ExportsMenuItem(
        _("Exports and statistics"),
        reverse("forms_exports"),
        name="form-exports",
        icon_name="download",
        order=260,
    )


@hooks.register("insert_global_admin_css")
def exports_css() -> str:
    """Return the link to the style sheet of these screens."""
    return format_html('<link rel="stylesheet" href="{}">', versioned_static("forms/admin/out.css"))


@hooks.register("register_log_actions")
def export_actions(actions: Any) -> None:
    """Name the log entry of an export."""
    actions.register_action("forms.export", _("Export submissions"), _("Exported submissions"))
