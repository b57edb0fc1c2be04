"""One import: its progress, what was found, and the buttons that make pages of it or take them back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.pages.models import PlanLevel, PlanPage, Term
from cms.plan_import.actions import ConfirmImport, UndoImport
from cms.plan_import.models import ImportBatch, ImportedPlan, ImportFile
from cms.plan_import.permissions import user_can_change_batch
from cms.plan_import.views.base import BatchView
from cms.text import school_year_label


class ResultView(BatchView):
    """What was found in each file; while the batch runs, how far it is."""

    template_name = "cms/admin/plan_import/batch.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        files = list(self.batch.files.prefetch_related("plans"))
        plans = [plan for file in files for plan in file.plans.all()]
        pages = PlanPage.objects.in_bulk([plan.page_id for plan in plans if plan.page_id])
        for plan in plans:
            _describe(plan, pages.get(plan.page_id or 0))
        return super().get_context_data(
            batch=self.batch,
            name=_name(files),
            files=files,
            plans=plans,
            progress=progress_of(self.batch),
            may_change=user_can_change_batch(self.request.user, self.batch),
            refused=sum(bool(file.error) for file in files),
            **kwargs,
        )


class StatusView(BatchView):
    """The progress as JSON, for the page to ask again and again."""

    def get(self, request: HttpRequest) -> JsonResponse:
        return JsonResponse({"state": self.batch.state, **progress_of(self.batch)})


class ConfirmView(BatchView):
    """Makes the pages of the chosen plans."""

    def post(self, request: HttpRequest) -> HttpResponse:
        chosen = {int(value) for value in request.POST.getlist("plan") if value.isdecimal()}
        try:
            ConfirmImport(request.user, self.batch, chosen).execute()
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect("cms_plan_import_batch", self.batch.pk)


class UndoView(BatchView):
    """Deletes the pages of the batch that nobody has touched."""

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            deleted, kept = UndoImport(self.batch, request.user).execute()
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("cms_plan_import_batch", self.batch.pk)
        text = ngettext("%(n)d page deleted.", "%(n)d pages deleted.", len(deleted)) % {"n": len(deleted)}
        messages.success(request, text)
        if kept:
            text = ngettext("%(n)d page was kept, see below.", "%(n)d pages were kept, see below.", len(kept))
            messages.warning(request, text % {"n": len(kept)})
        return redirect("cms_plan_import_batch", self.batch.pk)


def _name(files: list[ImportFile]) -> str:
    """Return what people call the batch: its file, or the first of several."""
    if not files:
        return _("No files")
    if len(files) == 1:
        return files[0].name
    return _("%(name)s and others, %(n)d files") % {"name": files[0].name, "n": len(files)}


def progress_of(batch: ImportBatch) -> dict[str, Any]:
    """Return how many files are done, of how many, and in words."""
    done = list(batch.files.values_list("done", flat=True))
    counts = {"done": sum(done), "total": len(done)}
    return {**counts, "text": _("%(done)d of %(total)d files read") % counts}


def _describe(plan: ImportedPlan, page: PlanPage | None) -> None:
    """Put words for people beside the report's codes."""
    report = plan.report
    year = report.get("school_year")
    described: Any = plan
    described.level_name = PlanLevel(report["level"]).label
    described.year_name = school_year_label(year) if year else ""
    described.term_name = Term(report["term"]).label
    described.made = page
    described.lost = report["characters_in"] - report["characters_kept"]
