"""Records out of and into Excel."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail_modeladmin.views import IndexView, InspectView

from cms.service import (
    Column,
    Role,
    RowPlan,
    School,
    SheetImportView,
    SheetRow,
    school_ids_of,
    user_is_bureau_admin,
    xlsx_stream,
)
from forms.registers.actions.imports import ImportRecords, UndoImport, why_kept
from forms.registers.filters import RecordFilter
from forms.registers.keeping import is_sensitive
from forms.registers.models import Record, RecordImport, Register
from forms.registers.permissions import user_can_keep_records_of, user_can_list_records
from forms.registers.sheet import RecordPlanner, columns_of, export_columns, export_rows
from forms.registers.views.base import RecordActionView, trail
from forms.registers.views.edits import schools_kept_by
from forms.sealing.masking import mask
from forms.sealing.models import RevealLog
from forms.sealing.seal import BrokenSealError, seal, unseal


class ImportRecordsView(SheetImportView):
    """Makes and updates records from a list. What was read travels in the page sealed, for it is children's data."""

    page_title = gettext_lazy("Import records")

    @cached_property
    def register(self) -> Register:
        return get_object_or_404(Register, pk=self.kwargs["register"])

    @cached_property
    def schools(self) -> list[School]:
        return schools_kept_by(self.request.user)

    @property
    def file_name(self) -> str:
        return _("Template for %(title)s") % {"title": self.register.title}

    @property
    def index_url(self) -> str:
        return reverse("records_modeladmin_index")

    @property
    def columns(self) -> list[Column]:
        return columns_of(self.register, with_school=len(self.schools) > 1)

    def get_page_subtitle(self) -> str:
        return self.register.title

    def user_may(self, user: Any) -> bool:
        return bool(schools_kept_by(user))

    def plan(self, rows: list[SheetRow]) -> list[RowPlan]:
        return list(RecordPlanner(self.register, self.schools, self.request.user).plan(rows))

    def commit(self, rows: list[SheetRow]) -> HttpResponse:
        batch = ImportRecords(self.register, self.schools, rows, user=self.request.user).execute()
        messages.success(self.request, _("The records have been imported. The import can be undone here."))
        return redirect("record-imports_modeladmin_inspect", batch.pk)

    def _shown(self, plan: RowPlan, columns: list[Column]) -> dict[str, Any]:
        shown = super()._shown(plan, columns)
        schema = self.register.schema
        for column, cell in zip(columns, shown["cells"], strict=True):
            one = schema.properties.get(column.name)
            if one is not None and is_sensitive(schema, column.name) and not cell["error"]:
                cell["text"] = mask(one, cell["text"])
        like = [_("Perhaps the same: %(record)s") % {"record": one} for one in getattr(plan, "like", [])]
        return {**shown, "notes": like}

    def _sign(self, rows: list[SheetRow]) -> str:
        return signing.dumps(seal(super()._sign(rows), self._place), salt="forms.registers.import")

    def _confirm(self, payload: str) -> HttpResponse:
        try:
            opened = unseal(signing.loads(payload, salt="forms.registers.import"), self._place)
        except (signing.BadSignature, BrokenSealError):
            opened = ""
        return super()._confirm(opened)

    @property
    def _place(self) -> str:
        return f"import/{self.register.pk}/{self.request.user.pk}"


class ImportIndex(IndexView):
    """The imports, newest first."""

    def get_filters_params(self, params: Any = None) -> dict[str, list[str]]:
        return {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**trail(("", _("Imports of records")), icon="upload"), **kwargs)


class ImportInspect(InspectView):
    """One import: its rows, and which of them undoing would leave alone."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        batch = self.instance
        visible = Record.objects.for_user(self.request.user)
        versions = batch.record_versions.filter(record__in=visible).select_related("record__school")[:500]
        rows = [{"version": one, "record": one.record, "kept": why_kept(one)} for one in versions]
        crumbs = trail(
            (reverse("record-imports_modeladmin_index"), _("Imports of records")),
            ("", str(batch)),
            icon="upload",
        )
        return super().get_context_data(batch=batch, rows=rows, **crumbs, **kwargs)


class UndoImportView(RecordActionView):
    """Takes an import back."""

    page_title = gettext_lazy("Undo the import")
    button = gettext_lazy("Undo the import")
    serious = True
    explanation = [
        gettext_lazy(
            "Records that the import made go away; records that it changed get back what they were."
        ),
        gettext_lazy("Rows whose record was changed or used since are left alone, and named."),
    ]

    def find(self, **kwargs: Any) -> None:
        self.batch = get_object_or_404(RecordImport, pk=kwargs["pk"])
        if not user_can_keep_records_of(self.request.user, self.batch.school_id):
            raise PermissionDenied

    @property
    def back(self) -> str:
        return reverse("record-imports_modeladmin_inspect", args=[self.batch.pk])

    def act(self, form: forms.Form) -> str:
        undo = UndoImport(self.batch, self.request.user)
        undo.execute()
        text = ngettext("%(n)d row has been undone.", "%(n)d rows have been undone.", undo.undone)
        self.done = text % {"n": undo.undone}
        for record, reason in undo.kept[:20]:
            messages.warning(self.request, f"{record.label}：{reason}")
        return self.back


class ExportForm(forms.Form):
    """What to export."""

    open_sensitive = forms.BooleanField(
        label=gettext_lazy("Show sensitive facts in full"),
        help_text=gettext_lazy("Only where you may see those of every record. It is logged."),
        required=False,
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("open_sensitive") and not data.get("reason", "").strip():
            self.add_error("reason", _("Please say why you need to see this."))
        return data


class ExportView(RecordActionView):
    """Writes the filtered list of one register as a workbook: masked, or in full for a reason that is logged."""

    page_title = gettext_lazy("Export records")
    form_class = ExportForm
    button = gettext_lazy("Export")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_list_records(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def find(self, **kwargs: Any) -> None:
        self.filter = RecordFilter.from_query(self.request.GET)
        chosen = (
            Register.objects.filter(pk=self.filter.register)
            if self.filter.register
            else Register.objects.all()
        )
        self.register = get_object_or_404(chosen[:1])
        records = self.filter.apply(Record.objects.for_user(self.request.user).filter(register=self.register))
        self.records = (
            records.select_related("school", "register").prefetch_related("keepers__user").order_by("pk")
        )

    @property
    def explanation(self) -> list[str]:  # type: ignore[override]
        return [_("%(title)s: %(n)d records") % {"title": self.register.title, "n": self.records.count()}]

    def form_valid(self, form: forms.Form) -> HttpResponseBase:  # type: ignore[override]
        full = form.cleaned_data["open_sensitive"]
        try:
            self._check(full=full)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        # It is on record before anything is read, and the reading, which may take long, holds no lock.
        self._log(form.cleaned_data["reason"], full=full)
        rows = export_rows(self.register, self.records, open_sensitive=full)
        title = self.register.title
        return xlsx_stream(export_columns(self.register), rows, title, title)

    @property
    def _schools(self) -> set[int | None]:
        return set(self.records.order_by().values_list("school_id", flat=True).distinct())

    def _check(self, *, full: bool) -> None:
        user = self.request.user
        if full and not (
            user_is_bureau_admin(user) or self._schools <= school_ids_of(user, Role.SCHOOL_HEAD)
        ):
            raise ValidationError(_("You may not see the sensitive facts of every record in the list."))

    def _log(self, reason: str, *, full: bool) -> None:
        """Write who took the list away; of a masked one only that it was taken."""
        hidden = [one.label for one in self.register.schema.properties.values() if one.sensitive]
        schools = self._schools
        RevealLog.objects.create(
            user_id=self.request.user.pk,
            thing="export",
            thing_id=str(self.register.pk),
            title=_("%(title)s: %(n)d records") % {"title": self.register.title, "n": self.records.count()},
            school_id=schools.pop() if len(schools) == 1 else None,
            questions="、".join(hidden)[:500] if full else _("masked"),
            reason=reason[:200],
            ip=self.request.META.get("REMOTE_ADDR") or None,
        )
