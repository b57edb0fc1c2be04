"""The admin's screens for workbooks: hand one in, see what it carries, confirm; take one out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.base import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from forms.definitions.models import Form
from forms.definitions.permissions import user_can_design_form
from forms.definitions.questions import Question
from forms.run.compiled import is_roster
from forms.xlsform.actions import ImportWorkbook
from forms.xlsform.notes import WorkbookRefusedError
from forms.xlsform.reading import Imported
from forms.xlsform.upload import ConfirmForm, WorkbookForm, packed, unpacked, user_can_import
from forms.xlsform.writing import write_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ImportView(WagtailAdminTemplateMixin, TemplateView):
    """Hand a workbook in (导入 XLSForm): first a preview, then the form is published."""

    template_name = "forms/admin/xlsform/import.html"
    page_title = gettext_lazy("Import an XLSForm")
    header_icon = "upload"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_import(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"form": WorkbookForm(), **kwargs})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.confirm(request) if "preview" in request.POST else self.preview(request)

    def preview(self, request: HttpRequest) -> HttpResponse:
        """Show what the workbook carries and what not."""
        form = WorkbookForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.shown(form=form, status=400)
        file = form.cleaned_data["workbook"]
        try:
            imported = ImportWorkbook(file.read(), file.name, request.user).read()
        except WorkbookRefusedError as error:
            return self.shown(form=form, refused=error.messages, status=400)
        initial = {"preview": packed(imported, file.name), "slug": imported.slug}
        confirm = ConfirmForm(initial=initial, user=request.user)
        return self.shown(confirm=confirm, **_summary(imported))

    def confirm(self, request: HttpRequest) -> HttpResponse:
        """Publish the form of the preview."""
        confirm = ConfirmForm(request.POST, user=request.user)
        if not confirm.is_valid():
            return self.shown(confirm=confirm, status=400)
        data = confirm.cleaned_data
        action = ImportWorkbook(
            b"",
            data["preview"]["file"],
            request.user,
            data["slug"],
            data["school"],
            unpacked(data["preview"]),
        )
        try:
            version = action.execute()
        except WorkbookRefusedError as error:
            return self.shown(confirm=confirm, refused=error.messages, status=400)
        words = {"title": version.form.title, "number": version.number}
        messages.success(request, _("“%(title)s” is published, version %(number)d.") % words)
        return redirect(reverse("forms_xlsform_import"))

    def shown(self, status: int = 200, **context: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**context), status=status)


def _summary(imported: Imported) -> dict[str, Any]:
    """Return what a preview shows: the steps with their questions and rosters, and what is not carried."""
    steps = [
        (step.title, [item.label or item.name for item in step.items if _is_asked(item)])
        for step in imported.document.steps
    ]
    return {"imported": imported, "steps": steps, "not_carried": imported.not_carried}


def _is_asked(item: Any) -> bool:
    return item.asks if isinstance(item, Question) else is_roster(item)


class ExportView(View):
    """Take a form out as a workbook (导出 XLSForm)."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = get_object_or_404(Form.objects.for_user(request.user).select_related("live"), slug=slug)
        if not user_can_design_form(request.user, form):
            raise PermissionDenied
        if form.live is None:
            raise Http404
        try:
            content = write_workbook(form.live.document, form.slug, form.live.number)
        except WorkbookRefusedError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("forms_modeladmin_index")
        name = f"{form.slug}-v{form.live.number}.xlsx"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(content, content_type=XLSX, headers=headers)
