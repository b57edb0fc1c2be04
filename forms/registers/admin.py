"""Registers, records, transfers, imports and the log of looks in Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.options import ModelAdmin

from cms.service import FoldingSearchHandler
from forms.registers import permission_helpers as helpers
from forms.registers.models import Record, RecordImport, Register, Transfer
from forms.registers.permissions import user_can_keep_records_of
from forms.registers.views import acting, edits, imports, records, registers, transfers
from forms.sealing.models import RevealLog


class FencedAdmin(ModelAdmin):
    """What the screens share: rights come from roles alone, lists are short, nothing is offered to groups."""

    list_per_page = 50
    search_handler_class = FoldingSearchHandler
    inspect_view_enabled = True

    def get_permissions_for_registration(self) -> Any:
        return Permission.objects.none()


class RegisterAdmin(FencedAdmin):
    """Registers and their properties."""

    model = Register
    base_url_path = "registers"
    menu_label = _("Registers")
    menu_icon = "folder-open-inverse"
    menu_order = 60
    permission_helper_class = helpers.RegisterPermissionHelper
    list_display = ("title", "name", "record_name")
    inspect_view_enabled = False
    index_view_class = registers.RegisterIndex
    create_view_class = registers.RegisterCreate
    edit_view_class = registers.RegisterEdit
    index_template_name = "forms/admin/registers/registers.html"
    create_template_name = "forms/admin/registers/register.html"
    edit_template_name = "forms/admin/registers/register.html"


class RecordAdmin(FencedAdmin):
    """The records that the user may see."""

    model = Record
    base_url_path = "records"
    menu_label = _("Records")
    menu_icon = "user"
    menu_order = 50
    permission_helper_class = helpers.RecordPermissionHelper
    list_display = ("label",)
    ordering = ("sort_key", "pk")
    index_view_class = records.RecordIndex
    inspect_view_class = records.RecordInspect
    create_view_class = edits.RecordCreate
    edit_view_class = edits.RecordEdit
    history_view_class = records.RecordHistory
    index_template_name = "forms/admin/registers/index.html"
    inspect_template_name = "forms/admin/registers/record.html"
    create_template_name = "forms/admin/registers/edit.html"
    edit_template_name = "forms/admin/registers/edit.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Record]:
        return Record.objects.for_user(request.user).order_by(*self.ordering)


class TransferAdmin(FencedAdmin):
    """Transfers from and to the user's school."""

    model = Transfer
    base_url_path = "transfers"
    menu_label = _("Transfers")
    menu_icon = "arrow-right"
    menu_order = 55
    permission_helper_class = helpers.TransferPermissionHelper
    list_display = ("asked_at",)
    index_view_class = transfers.TransferIndex
    inspect_view_class = transfers.TransferInspect
    index_template_name = "forms/admin/registers/transfers.html"
    inspect_template_name = "forms/admin/registers/transfer.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Transfer]:
        found = Transfer.objects.for_user(request.user)
        return found.select_related("record__register", "from_school", "to_school", "asked_by")


class ImportAdmin(FencedAdmin):
    """Files of records that were brought in."""

    model = RecordImport
    base_url_path = "record-imports"
    menu_label = _("Imports of records")
    menu_icon = "upload"
    menu_order = 65
    permission_helper_class = helpers.ImportPermissionHelper
    list_display = ("created_at",)
    index_view_class = imports.ImportIndex
    inspect_view_class = imports.ImportInspect
    index_template_name = "forms/admin/registers/imports.html"
    inspect_template_name = "forms/admin/registers/import_batch.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[RecordImport]:
        found = RecordImport.objects.select_related("register", "school", "created_by")
        if user_can_keep_records_of(request.user, None):
            return found
        return found.filter(school__in=[s.pk for s in edits.schools_kept_by(request.user)])


class RevealAdmin(FencedAdmin):
    """Who had sensitive answers shown, and why."""

    model = RevealLog
    base_url_path = "reveals"
    menu_label = _("Looks at sensitive answers")
    menu_icon = "view"
    menu_order = 90
    permission_helper_class = helpers.RevealPermissionHelper
    list_display = ("at", "user", "school", "title", "questions", "reason", "ip")
    search_fields = ("user__username", "user__last_name", "user__first_name", "title", "reason", "questions")
    list_select_related = ("user", "school")
    inspect_view_enabled = False
    index_view_class = records.RevealIndex
    index_template_name = "forms/admin/registers/reveals.html"


ADMINS: tuple[type[ModelAdmin], ...] = (RecordAdmin, TransferAdmin, RegisterAdmin, ImportAdmin, RevealAdmin)


def register_urls() -> list[URLPattern]:
    """Return the addresses of the screens that modeladmin does not have."""
    return [
        path("records/assign/", acting.AssignView.as_view(), name="forms_records_assign"),
        path(
            "records/import/<int:register>/", imports.ImportRecordsView.as_view(), name="forms_records_import"
        ),
        path("records/imports/<int:pk>/undo/", imports.UndoImportView.as_view(), name="forms_import_undo"),
        path("records/export/", imports.ExportView.as_view(), name="forms_records_export"),
        path("records/<uuid:pk>/state/", acting.StateView.as_view(), name="forms_record_state"),
        path("records/<uuid:pk>/merge/<uuid:other>/", acting.MergeView.as_view(), name="forms_record_merge"),
        path(
            "records/<uuid:pk>/transfer/", transfers.AskTransferView.as_view(), name="forms_record_transfer"
        ),
        path("records/merges/<int:pk>/undo/", acting.UndoMergeView.as_view(), name="forms_merge_undo"),
        path("records/conflicts/<int:pk>/", acting.SettleView.as_view(), name="forms_conflict_settle"),
        path(
            "records/transfers/ask/", transfers.ReceiveTransferView.as_view(), name="forms_transfer_receive"
        ),
        path(
            "records/transfers/<int:pk>/decide/", transfers.DecideView.as_view(), name="forms_transfer_decide"
        ),
        path(
            "records/transfers/<int:pk>/cancel/", transfers.CancelView.as_view(), name="forms_transfer_cancel"
        ),
    ]
