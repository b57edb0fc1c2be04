"""The screens of exports and statistics in the admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.base import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.service import School, schools_of
from forms.definitions.models import Form
from forms.out.actions import AskForExport, submissions_of
from forms.out.downloads import send_file
from forms.out.models import ExportFormat, ExportJob, ExportState
from forms.out.permissions import user_can_export, user_can_export_sensitive
from forms.out.rows import read
from forms.out.statistics.charts import Chart, lying_bars, standing_bars
from forms.out.statistics.gathering import CrossTable, Statistics, crossing_of, gather
from forms.out.statistics.summaries import Counting, Summary
from forms.submissions.models import SubmissionState


class FilterForm(forms.Form):
    """Which submissions (筛选条件)."""

    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    school = forms.ModelChoiceField(School.objects.none(), label=gettext_lazy("School"), required=False)
    since = forms.DateField(label=gettext_lazy("Submitted from"), required=False)
    until = forms.DateField(label=gettext_lazy("Submitted to"), required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        state, school = self.fields["state"], self.fields["school"]
        state.choices = [("", _("All but withdrawn")), *SubmissionState.choices]  # type: ignore[attr-defined]
        school.queryset = schools_of(user)  # type: ignore[attr-defined]
        school.empty_label = _("All schools")  # type: ignore[attr-defined]
        for name in ("since", "until"):
            self.fields[name].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", _("The end lies before the beginning."))
        return data

    @property
    def filters(self) -> dict[str, str]:
        """Return the filters as an export keeps them."""
        data = self.cleaned_data
        school, since, until = data.get("school"), data.get("since"), data.get("until")
        return {
            "state": data.get("state") or "",
            "school": str(school.pk) if school else "",
            "from": since.isoformat() if since else "",
            "to": until.isoformat() if until else "",
        }


class ExportForm(FilterForm):
    """What to export and how."""

    format = forms.ChoiceField(
        label=gettext_lazy("File format"), choices=ExportFormat.choices, initial=ExportFormat.XLSX
    )
    sensitive = forms.BooleanField(label=gettext_lazy("With sensitive answers"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("What they are needed for"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Who exported sensitive answers, when and what for is logged."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if not user_can_export_sensitive(user):
            del self.fields["sensitive"], self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("sensitive") and not data.get("reason", "").strip():
            self.add_error("reason", _("Please say what the sensitive answers are needed for. It is logged."))
        return data


class OutView(WagtailAdminTemplateMixin, View):
    """A screen for whoever may export; others are refused."""

    header_icon = "download"
    page_title = gettext_lazy("Exports")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_export(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        here = {"url": reverse("forms_exports"), "label": _("Exports and statistics")}
        return [*self.breadcrumbs_items, here, *self.crumbs()]

    def crumbs(self) -> list[dict[str, Any]]:
        """Return what stands below the list of exports."""
        return []

    def forms(self) -> QuerySet[Form]:
        """Return the forms that have a version and that the person may know of."""
        return Form.objects.for_user(self.request.user).filter(live__isnull=False)


class ExportsView(OutView):
    """My exports, and the forms that can be exported."""

    template_name = "forms/admin/out/exports.html"
    page_title = gettext_lazy("Exports and statistics")

    def get(self, request: HttpRequest) -> HttpResponse:
        jobs = ExportJob.objects.for_user(request.user).select_related("form")[:30]
        context = self.get_context_data(jobs=jobs, forms=self.forms())
        return self.render_to_response(context)


class FormOutView(OutView):
    """A screen about one form; a form of another school is not there."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.request = request
        self.form_shown = get_object_or_404(self.forms().select_related("live"), slug=kwargs.pop("slug"))
        return super().dispatch(request, *args, **kwargs)


class StartView(FormOutView):
    """Asks for an export of a form."""

    template_name = "forms/admin/out/start.html"

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": "", "label": _("Export %(form)s") % {"form": self.form_shown}}]

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = (
            ExportForm(request.GET or None, user=request.user)
            if request.GET
            else ExportForm(user=request.user)
        )
        return self._show(asked)

    def post(self, request: HttpRequest) -> HttpResponse:
        asked = ExportForm(request.POST, user=request.user)
        if not asked.is_valid():
            return self._show(asked)
        data = asked.cleaned_data
        action = AskForExport(
            self.form_shown, request.user, data["format"], asked.filters, data.get("sensitive", False),
            data.get("reason", ""),
        )  # fmt: skip
        try:
            job = action.execute()
        except ValidationError as error:
            asked.add_error(None, error)
            return self._show(asked)
        return redirect("forms_export", job.pk)

    def _show(self, asked: ExportForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=asked, shown=self.form_shown))


class JobView(OutView):
    """One export: how far it is, and the file. Somebody else's is not there."""

    template_name = "forms/admin/out/job.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        jobs = ExportJob.objects.for_user(request.user).select_related("form")
        self.job = get_object_or_404(jobs, pk=kwargs.pop("pk"))
        return super().dispatch(request, *args, **kwargs)

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": "", "label": str(self.job.form)}]

    def get(self, request: HttpRequest) -> HttpResponseBase:
        return self.render_to_response(self.get_context_data(job=self.job, progress=words_of(self.job)))


class StatusView(JobView):
    """The progress as JSON, for the page to ask again and again."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        return JsonResponse({"state": self.job.state, "done": self.job.rows_done, "text": words_of(self.job)})


class FileView(JobView):
    """Sends the file; a download that broke off goes on."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        if self.job.state != ExportState.DONE or not self.job.path.is_file():
            raise Http404
        name = f"{self.job.form.title}-{self.job.created_at:%Y%m%d}.{self.job.suffix}"
        return send_file(request, self.job.path, name, f"{self.job.pk}")


def words_of(job: ExportJob) -> str:
    """Return how far the export is, in words."""
    if job.state == ExportState.WAITING:
        return _("Waiting to begin")
    return _("%(done)d of %(total)d submissions written") % {"done": job.rows_done, "total": job.rows_total}


class StatisticsView(FormOutView):
    """The statistics of a form: a chart and a table for each question; two questions crossed."""

    template_name = "forms/admin/out/statistics.html"
    header_icon = "form"
    page_title = gettext_lazy("Statistics")

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": "", "label": _("Statistics of %(form)s") % {"form": self.form_shown}}]

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = FilterForm(request.GET or {}, user=request.user)
        filters = asked.filters if asked.is_valid() else {}
        job = ExportJob(form=self.form_shown, user=request.user, filters=filters)  # type: ignore[misc]
        crossed = self._crossing()
        statistics = gather(self._document, read(submissions_of(job)), crossed)
        if request.GET.get("as") == "json":
            return JsonResponse(statistics.as_data(), json_dumps_params={"ensure_ascii": False})
        return self.render_to_response(
            self.get_context_data(
                form=asked,
                shown=self.form_shown,
                statistics=statistics,
                parts=[(summary, chart_of(summary)) for summary in statistics.summaries],
                by_month=standing_bars(statistics.by_month, _("By month")),
                by_school=lying_bars(statistics.by_school, _("By school")),
                choosable=self._choosable(statistics),
                crossed=crossed,
                query=request.GET.urlencode(),
            )
        )

    @property
    def _document(self) -> Any:
        live = self.form_shown.live
        assert live is not None  # noqa: S101 - the queryset asks for it
        return live.document

    def _choosable(self, statistics: Statistics) -> list[Summary]:
        tops = set(self._document.matrix_rows) | {
            name for name, placed in self._document.questions.items() if not placed.rosters
        }
        return [one for one in statistics.summaries if one.kind == Counting.kind and one.name in tops]

    def _crossing(self) -> CrossTable | None:
        across, down = self.request.GET.get("across", ""), self.request.GET.get("down", "")
        return crossing_of(self._document, across, down) if across and down else None


def chart_of(summary: Summary) -> Chart | None:
    """Return the chart that fits the summary, None where there is nothing to draw."""
    if not summary.bars or not summary.answered:
        return None
    draw = lying_bars if summary.kind == Counting.kind else standing_bars
    return draw(summary.bars, summary.label)
