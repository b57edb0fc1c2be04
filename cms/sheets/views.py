"""The import screen: choose a file, look at what it would do, confirm. Nothing is written before that."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.sheets.columns import Column, RowPlan, SheetError, SheetRow
from cms.sheets.reader import read_sheet
from cms.sheets.writer import write_sheet, xlsx_response

SALT = "cms.sheets.import"
#: A preview may be confirmed for this long.
MAX_AGE = 60 * 60


class UploadForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label=gettext_lazy("Excel file (.xlsx)"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("The file is empty."),
        },
    )


class SheetImportView(WagtailAdminTemplateMixin, TemplateView):
    """Base of the import screens. A subclass names its columns and says what rows mean.

    The parsed rows travel in the page, signed for this user; confirming plans them anew, in one transaction.
    """

    template_name = "cms/admin/sheets/import.html"
    header_icon = "upload"
    file_name: Any = ""
    index_url: Any = ""

    @property
    def columns(self) -> list[Column]:
        raise NotImplementedError

    def user_may(self, user: Any) -> bool:
        raise NotImplementedError

    def plan(self, rows: list[SheetRow]) -> list[RowPlan]:
        """Say for each row what importing it would do. Writes nothing."""
        raise NotImplementedError

    def commit(self, rows: list[SheetRow]) -> HttpResponse:
        """Import all rows or raise ValidationError with none imported; return the answer."""
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.user_may(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "template" in request.GET:
            columns = [column for column in self.columns if not column.export_only]
            content = write_sheet(columns, [], str(self.get_page_title()))
            return xlsx_response(content, str(self.file_name))
        return self.render_to_response(self.get_context_data(form=UploadForm()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "rows" in request.POST:
            return self._confirm(request.POST["rows"])
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                rows, ignored = read_sheet(form.cleaned_data["file"], self.columns)
            except SheetError as error:
                form.add_error("file", str(error))
            else:
                return self._preview(rows, ignored)
        return self.render_to_response(self.get_context_data(form=form))

    def _preview(self, rows: list[SheetRow], ignored: list[str] | None = None) -> HttpResponse:
        plans = self.plan(rows)
        counts = {kind: sum(p.kind == kind for p in plans) for kind in ("new", "changed", "same", "error")}
        payload = "" if counts["error"] else self._sign(rows)
        columns = [c for c in self.columns if not c.export_only and any(c.name in r.values for r in rows)]
        context = {
            "form": UploadForm(),
            "plans": [self._shown(plan, columns) for plan in plans],
            "columns": columns,
            "counts": counts,
            "payload": payload,
            "to_do": counts["new"] + counts["changed"],
            "ignored": "、".join(ignored or []),
        }
        return self.render_to_response(self.get_context_data(**context))

    def _shown(self, plan: RowPlan, columns: list[Column]) -> dict[str, Any]:
        cells = [
            {
                "text": column.label_of(plan.row.values.get(column.name, "")),
                "error": plan.row.errors.get(column.name, ""),
                "changed": column.name in plan.changed,
            }
            for column in columns
        ]
        return {"number": plan.number, "kind": plan.kind, "cells": cells}

    def _sign(self, rows: list[SheetRow]) -> str:
        content = {"user": self.request.user.pk, "path": self.request.path, "rows": [asdict(r) for r in rows]}
        return signing.dumps(content, salt=SALT, compress=True)

    def _confirm(self, payload: str) -> HttpResponse:
        try:
            content = signing.loads(payload, salt=SALT, max_age=MAX_AGE)
        except signing.BadSignature:
            content = {}
        if (content.get("user"), content.get("path")) != (self.request.user.pk, self.request.path):
            messages.error(self.request, _("This preview has expired. Choose the file again."))
            return redirect(self.request.path)
        rows = [SheetRow(**row) for row in content["rows"]]
        try:
            return self.commit(rows)
        except ValidationError:
            messages.error(self.request, _("Something changed meanwhile. Nothing was imported."))
            return self._preview([SheetRow(row.number, row.values) for row in rows])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["index_url"] = self.index_url
        return context
