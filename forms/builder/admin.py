"""Forms and the question library in Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.options import ModelAdmin

from cms.service import FoldingSearchHandler
from forms.builder.models import LibraryQuestion
from forms.builder.permission_helper import FormPermissionHelper, LibraryPermissionHelper
from forms.builder.views.edit import BuilderView
from forms.builder.views.pages import (
    CompareView,
    CopyView,
    PreviewView,
    RestoreView,
    StateView,
    VersionsView,
)
from forms.builder.views.records import FormCreate, FormDelete, FormIndex, LibraryDelete
from forms.definitions.models import Form, FormVersion
from forms.submissions.models import Submission


class FencedAdmin(ModelAdmin):
    """Base: rows come from `for_user`, and rights from roles alone."""

    list_per_page = 50
    search_handler_class = FoldingSearchHandler
    history_view_enabled = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return self.model.objects.for_user(request.user)

    def get_permissions_for_registration(self) -> Any:
        """Offer none in Wagtail's group form."""
        return Permission.objects.none()


class FormAdmin(FencedAdmin):
    """The list of forms, and the builder."""

    model = Form
    base_url_path = "forms"
    menu_label = _("All forms")
    menu_icon = "form"
    menu_order = 100
    permission_helper_class = FormPermissionHelper
    list_display = ("title", "school", "state", "updated_at")
    list_filter = ("state",)
    search_fields = ("title", "slug")
    ordering = ("title",)
    list_select_related = ("school", "live")
    index_view_class = FormIndex
    create_view_class = FormCreate
    edit_view_class = BuilderView
    delete_view_class = FormDelete

    def get_queryset(self, request: HttpRequest) -> QuerySet[Form]:
        """Return the forms with how many versions and submissions each has; two counts, no join between them."""
        versions = _count(FormVersion.objects.filter(form=OuterRef("pk")))
        sent = _count(Submission.objects.for_user(request.user).counted().filter(form=OuterRef("pk")))
        return super().get_queryset(request).annotate(version_count=versions, submission_count=sent)


def _count(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("form").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


class LibraryAdmin(FencedAdmin):
    """The question library."""

    model = LibraryQuestion
    base_url_path = "form-library"
    menu_label = _("Question library")
    menu_icon = "folder-open-1"
    menu_order = 900
    permission_helper_class = LibraryPermissionHelper
    list_display = ("title", "kind_name", "school", "created_at")
    list_select_related = ("school",)
    search_fields = ("title",)
    delete_view_class = LibraryDelete

    def kind_name(self, question: LibraryQuestion) -> str:
        from forms.builder.blocks.questions import KINDS

        names = {kind.type: str(kind.label) for kind in KINDS} | {
            "note": str(_("Note")),
            "roster": str(_("Roster")),
        }
        return names.get(question.kind, question.kind)

    kind_name.short_description = _("Type of question")  # type: ignore[attr-defined]


def builder_urls() -> list[URLPattern]:
    """Return the addresses of the screens that modeladmin does not have."""
    return [
        path("forms/<int:pk>/preview/", PreviewView.as_view(), name="forms_builder_preview"),
        path("forms/<int:pk>/state/", StateView.as_view(), name="forms_builder_state"),
        path("forms/<int:pk>/copy/", CopyView.as_view(), name="forms_builder_copy"),
        path("forms/<int:pk>/versions/", VersionsView.as_view(), name="forms_builder_versions"),
        path(
            "forms/<int:pk>/versions/<int:number>/restore/",
            RestoreView.as_view(),
            name="forms_builder_restore",
        ),
        path(
            "forms/<int:pk>/compare/<slug:old>/<slug:new>/",
            CompareView.as_view(),
            name="forms_builder_compare",
        ),
    ]
