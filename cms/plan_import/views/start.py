"""The first screen: choose files, and see what was imported before."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cms.plan_import.actions import StartImport
from cms.plan_import.forms import UploadForm
from cms.plan_import.models import ImportBatch
from cms.plan_import.readers import ReadError, SourceFile, expand
from cms.plan_import.readers.files import check_size, is_clutter
from cms.plan_import.views.base import ImportView

PER_PAGE = 20


class StartView(ImportView):
    """Upload form above, history below."""

    template_name = "cms/admin/plan_import/start.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=UploadForm(request.user)))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = UploadForm(request.user, request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        found = [item for upload in form.cleaned_data["uploads"] for item in _contents(upload)]
        batch = StartImport(request.user, form.cleaned_data["school"], found).execute()
        return redirect("cms_plan_import_batch", batch.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        batches = ImportBatch.objects.for_user(self.request.user).select_related("school", "user")
        batches = batches.annotate(
            file_count=Count("files", distinct=True),
            plan_count=Count("files__plans", distinct=True),
            page_count=Count("files__plans", filter=Q(files__plans__page__isnull=False), distinct=True),
        )
        page = Paginator(batches.order_by("-pk"), PER_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(history=page, **kwargs)


def _contents(upload: UploadedFile) -> list[tuple[str, bytes, str]]:
    """Return the files of an upload (several for an archive) as name, content, reason of refusal."""
    name = upload.name or "?"
    if is_clutter(name):
        return []
    try:
        check_size(upload.size or 0)
    except ReadError as error:
        return [(name, b"", str(error))]
    return [(file.name, file.data, file.error) for file in expand(SourceFile(name, upload.read()))]
