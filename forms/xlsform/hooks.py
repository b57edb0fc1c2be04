"""What workbooks add to Wagtail's admin. Registrations only."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from forms.xlsform.upload import user_can_import


class ImportMenuItem(MenuItem):
    """Shown to whoever may design forms."""

    def is_shown(self, request: HttpRequest) -> bool:
        return user_can_import(request.user)


@hooks.register("register_admin_urls")
def workbook_urls() -> list[URLPattern]:
    """Return the addresses of workbooks in and out."""
    from forms.xlsform import views  # only a process with addresses needs what reads workbooks

    return [
        path("form-workbooks/import/", views.ImportView.as_view(), name="forms_xlsform_import"),
        path("form-workbooks/<slug:slug>/", views.ExportView.as_view(), name="forms_xlsform_export"),
    ]


@hooks.register("register_admin_menu_item")
def import_menu_item() -> MenuItem:
    """Return the menu item 导入 XLSForm."""
    return ImportMenuItem(
        _("Import an XLSForm"),
        reverse("forms_xlsform_import"),
        name="form-workbooks",
        icon_name="upload",
        order=255,
    )
