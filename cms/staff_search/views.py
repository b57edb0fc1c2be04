"""The screens of the staff's search in Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.base import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.findable.access import tokens_of_page, tokens_of_reader
from cms.findable.similar import similar_plans
from cms.pages.models import BasePage
from cms.pages.selectors import published
from cms.staff_search import saved as keeping
from cms.staff_search.export import export
from cms.staff_search.results import hits_of, staff_found
from cms.web.search.panel import SORTS, SearchState, build_search_panel
from cms.web.search.similar import SOURCES
from cms.web.search.suggest import offered
from cms.web.search.views import outcome_of, page_number, pages_of
from search.service import Answer, Result, SavedSearch, SearchUnavailable, ask


class StaffScreen(WagtailAdminTemplateMixin, View):
    """A screen of the staff's search; its title ends the path at the top."""

    page_title: Any
    header_icon = "search"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


class SearchScreen(StaffScreen):
    """Find everything the reader may see, drafts of her own included."""

    template_name = "cms/admin/staff_search/search.html"
    page_title = gettext_lazy("Find plans and documents")

    def get(self, request: HttpRequest) -> HttpResponse:
        state = SearchState.of(request.GET)
        path = reverse("cms_search")
        context: dict[str, Any] = {"query": state.text, "kept": keeping.counted(request.user), "path": path}
        if not state.is_empty:
            context |= self._found(state, path)
        for one in context["kept"]:
            one.address = keeping.address_of(one)
        return self.render_to_response(
            self.get_context_data(**context), headers={"Cache-Control": "private, no-store"}
        )

    def _found(self, state: SearchState, path: str) -> dict[str, Any]:
        number = page_number(self.request)
        fresh = self._fresh()
        outcome = outcome_of(state, number, tokens_of_reader(self.request.user), path)
        result = outcome.result
        return {
            "found": staff_found(self.request.user, outcome.answer.found, fresh),
            "fresh": len(fresh),
            "pages": pages_of(result.total, number, path, state),
            "panel": build_search_panel(state, result, path),
            "relaxed": result.relaxed,
            "plain": outcome.plain,
            "hints": outcome.hints,
            "sorts": [(name, label, name == state.sort) for name, label in SORTS.items()],
            "state": self.request.GET.urlencode(),
        }

    def _fresh(self) -> frozenset[str]:
        """Return what is new in the saved search that is being looked at."""
        text = self.request.GET.get("saved", "")
        if not text.isdecimal() or len(text) > 18:
            return frozenset()
        one = SavedSearch.objects.filter(user_id=self.request.user.pk or 0, pk=text).first()
        try:
            return keeping.look_at(one, self.request.user) if one else frozenset()
        except SearchUnavailable:
            return frozenset()


class SuggestView(View):
    """What is offered while typing: also titles of the reader's own drafts."""

    def get(self, request: HttpRequest) -> JsonResponse:
        items = offered(request, tokens_of_reader(request.user))
        return JsonResponse({"items": items}, headers={"Cache-Control": "private, no-store"})


class SimilarScreen(StaffScreen):
    """Plans like a plan or a template, for the reader."""

    template_name = "cms/admin/staff_search/similar.html"
    page_title = gettext_lazy("Similar plans")

    def get(self, request: HttpRequest, kind: str, pk: int) -> HttpResponse:
        page = SOURCES[kind].objects.filter(pk=pk).first() if kind in SOURCES else None
        access = tokens_of_reader(request.user)
        if page is None or not access & tokens_of_page(page.school_id, public=_is_public(page)):
            raise Http404
        try:
            ids, down = similar_plans(kind, page.pk, access), False
        except SearchUnavailable:
            ids, down = [], True
        found = staff_found(request.user, Answer(Result(hits_of(ids), len(ids))).found)
        context = self.get_context_data(source=page, found=found, down=down)
        return self.render_to_response(context, headers={"Cache-Control": "private, no-store"})


class ExportView(View):
    """The results of a search as a file."""

    def get(self, request: HttpRequest, suffix: str) -> HttpResponseBase:
        state = SearchState.of(request.GET)
        query = keeping.query_of(state, tokens_of_reader(request.user))
        try:
            return export(request.user, query, ask(query).result.total, suffix)
        except SearchUnavailable:
            messages.error(
                request, _("The full-text search is not available just now. Try again in a minute.")
            )
            return redirect(f"{reverse('cms_search')}?{request.GET.urlencode()}")


class SaveView(View):
    """Keeps a search under a name; POST only."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        state = SearchState.of(QueryDict(request.POST.get("state", "")[:2_000]))
        try:
            keeping.save_search(
                request.user, request.POST.get("name", ""), state, by_mail="by_mail" in request.POST
            )
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        except SearchUnavailable:
            messages.error(
                request, _("The full-text search is not available just now. Try again in a minute.")
            )
        else:
            messages.success(request, _("The search is kept. Your front page says what is new in it."))
        return redirect(f"{reverse('cms_search')}?{request.POST.get('state', '')[:2_000]}")


class SavedVerbView(View):
    """Deletes a saved search, or begins and ends its mails; POST only."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        one = get_object_or_404(SavedSearch, user=request.user, pk=pk)
        if verb == "delete":
            one.delete()
        else:
            SavedSearch.objects.filter(pk=one.pk).update(by_mail=verb == "mail")
        return redirect("cms_search")


def _is_public(page: BasePage) -> bool:
    return published(type(page).objects.filter(pk=page.pk)).exists()
