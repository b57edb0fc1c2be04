"""Schools in Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.options import ModelAdmin

from cms.findable.lists import FoldingSearchHandler
from cms.people.permissions import school_records_of
from cms.schools.models import School
from cms.schools.permission_helper import SchoolPermissionHelper
from cms.schools.views.closing import CloseSchoolView, MergeSchoolView, ReopenSchoolView
from cms.schools.views.records import SchoolCreate, SchoolEdit, SchoolHistory, SchoolIndex, SchoolInspect
from cms.schools.views.sheets import ImportSchoolsView


class SchoolAdmin(ModelAdmin):
    """List, record, history and forms of schools, fenced per school."""

    model = School
    base_url_path = "schools"
    menu_label = _("School records")
    menu_icon = "home"
    menu_order = 450
    permission_helper_class = SchoolPermissionHelper
    list_display = ("name", "code", "stage", "township", "boarding", "status", "phone")
    list_filter = ("stage", "township", "status", "boarding")
    search_fields = ("name", "code", "township", "address")
    search_handler_class = FoldingSearchHandler
    ordering = ("sort_key",)
    list_per_page = 50
    inspect_view_enabled = True
    inspect_view_fields = [
        "code", "stage", "township", "boarding", "address", "phone", "status", "closed_on", "closing_note",
    ]  # fmt: skip
    index_view_class = SchoolIndex
    create_view_class = SchoolCreate
    edit_view_class = SchoolEdit
    inspect_view_class = SchoolInspect
    history_view_class = SchoolHistory
    index_template_name = "cms/admin/schools/index.html"
    inspect_template_name = "cms/admin/schools/inspect.html"
    create_template_name = "cms/admin/schools/form.html"
    edit_template_name = "cms/admin/schools/form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[School]:
        """Return the schools whose record the user may see, in pinyin order."""
        return school_records_of(request.user).order_by(*self.ordering)

    def get_permissions_for_registration(self) -> Any:
        """Offer none in Wagtail's group form: rights over schools come from roles alone."""
        return Permission.objects.none()


def school_urls() -> list[URLPattern]:
    """Return the addresses of the screens that modeladmin does not have."""
    return [
        path("schools/import/", ImportSchoolsView.as_view(), name="cms_school_import"),
        path("schools/close/<int:pk>/", CloseSchoolView.as_view(), name="cms_school_close"),
        path("schools/merge/<int:pk>/", MergeSchoolView.as_view(), name="cms_school_merge"),
        path("schools/reopen/<int:pk>/", ReopenSchoolView.as_view(), name="cms_school_reopen"),
    ]
