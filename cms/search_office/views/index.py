"""The state of the index: what it holds, what waits, what failed; and the buttons that mend it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from cms.findable.kinds import kind_label
from cms.search_office import actions
from cms.search_office.views.base import OfficeView
from search.service import IndexChange, IndexRun, current_engine

PER_PAGE = 50
RUNS = 8


class IndexView(OfficeView):
    """Engine, generation, backlog, the last comparison, parked rows."""

    template_name = "cms/admin/search/index.html"
    screen = "search_index"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        engine = current_engine()
        waiting = IndexChange.objects.open()
        parked = Paginator(IndexChange.objects.parked().order_by("-pk"), PER_PAGE)
        page = parked.get_page(self.request.GET.get("p"))
        runs = list(IndexRun.objects.select_related("user")[:RUNS])
        compared = IndexRun.objects.filter(kind=IndexRun.Kind.COMPARE, state=IndexRun.State.DONE).first()
        busy = next((run for run in runs if run.is_busy), None)
        return super().get_context_data(
            engine=engine.name,
            health=engine.health(),
            waiting=waiting.count(),
            oldest=waiting.order_by("pk").values_list("created_at", flat=True).first(),
            parked=page,
            parked_rows=[(row, kind_label(row.kind)) for row in page],
            runs=runs,
            busy=busy,
            progress=progress_of(busy) if busy else None,
            compared=compared,
            numbers=_numbers(compared),
            **kwargs,
        )


class StatusView(OfficeView):
    """The progress of what is under way as JSON, for the page to ask again and again."""

    def get(self, request: HttpRequest, pk: int) -> JsonResponse:
        run = IndexRun.objects.filter(pk=pk).first()
        if run is None:
            return JsonResponse({"state": "gone"}, status=404)
        return JsonResponse({"state": run.state, **progress_of(run)})


class IndexVerbView(OfficeView):
    """The buttons: rebuild, compare, roll back, and what becomes of parked rows. POST only."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, verb: str) -> HttpResponse:
        try:
            text = self._do(verb)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, text)
        return redirect("search_index")

    def _do(self, verb: str) -> str:
        user = self.request.user
        if verb == "rollback":
            return _("In use again: %(name)s") % {"name": actions.roll_index_back(user)}
        if verb in IndexRun.Kind.values:
            actions.start_index_work(verb, user)
            return _("The worker has been asked. You may leave this page.")
        ids = [int(text) for text in self.request.POST.getlist("row") if text.isdecimal() and len(text) < 19]
        count = actions.settle_parked(ids, user, discard=verb == "discard")
        return ngettext("%(n)d row: done.", "%(n)d rows: done.", count) % {"n": count}


def progress_of(run: IndexRun) -> dict[str, Any]:
    """Return how far the run is, and in words."""
    total = max(run.total, run.done)
    counts = {"done": run.done, "total": total}
    return {**counts, "text": _("%(done)d of about %(total)d documents") % counts}


def _numbers(run: IndexRun | None) -> list[tuple[str, int, int]]:
    """Return kind, number in the index, number in the database, of the last comparison."""
    numbers = run.report.get("numbers", {}) if run else {}
    return [(kind_label(kind), found, stored) for kind, (found, stored) in sorted(numbers.items())]
