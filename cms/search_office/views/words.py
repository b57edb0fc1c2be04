"""The screens of synonyms, and of questions that found nothing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from cms.findable.access import tokens_of_reader
from cms.search_office import actions
from cms.search_office.preview import preview
from cms.search_office.views.base import OfficeView
from search.service import SHOWN_FROM, SearchGap, Synonym

PER_PAGE = 50


class SynonymForm(forms.Form):
    """A group of words, and a question to try it with."""

    words = forms.CharField(
        label=gettext_lazy("Words that mean the same"),
        max_length=300,
        help_text=gettext_lazy("Separated by commas or spaces: 双减，减轻作业负担"),
    )
    question = forms.CharField(
        label=gettext_lazy("Try it with this search"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("Left empty, the first word."),
    )


class SynonymsView(OfficeView):
    """All groups, and the form for a new one or for one of them."""

    template_name = "cms/admin/search/synonyms.html"
    screen = "search_synonyms"
    page_title = gettext_lazy("Synonyms")

    def get(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        group = self._group(pk)
        words = group.words if group else request.GET.get("word", "")[:80]
        form = SynonymForm(initial={"words": f"{words}，" if words and not group else words})
        return self._page(form, group)

    def post(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        group = self._group(pk)
        form = SynonymForm(request.POST)
        if not form.is_valid():
            return self._page(form, group, status=422)
        words, question = form.cleaned_data["words"], form.cleaned_data["question"]
        if "preview" in request.POST:
            shown = preview(words, question, group, tokens_of_reader(request.user))
            return self._page(form, group, preview=shown)
        try:
            actions.SaveSynonyms(words, request.user, group).execute()
        except ValidationError as error:
            form.add_error("words", error)
            return self._page(form, group, status=422)
        messages.success(request, _("Saved. Searches use it from now on; the index need not be rebuilt."))
        return redirect("search_synonyms")

    def _group(self, pk: int | None) -> Synonym | None:
        return get_object_or_404(Synonym, pk=pk) if pk else None

    def _page(
        self, form: SynonymForm, group: Synonym | None, status: int = 200, **extra: Any
    ) -> HttpResponse:
        groups = Paginator(Synonym.objects.order_by("-pk"), PER_PAGE).get_page(self.request.GET.get("p"))
        context = self.get_context_data(form=form, group=group, groups=groups, **extra)
        return self.render_to_response(context, status=status)


class SynonymDeleteView(OfficeView):
    """Deletes a group; POST only."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        actions.delete_synonyms(get_object_or_404(Synonym, pk=pk), request.user)
        messages.success(request, _("The group is deleted."))
        return redirect("search_synonyms")


class GapsView(OfficeView):
    """Questions that found nothing, most asked first. What few asked is not shown."""

    template_name = "cms/admin/search/gaps.html"
    screen = "search_gaps"
    page_title = gettext_lazy("Searches without result")

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = SearchGap.objects.filter(count__gte=SHOWN_FROM)
        page = Paginator(asked, PER_PAGE).get_page(request.GET.get("p"))
        return self.render_to_response(self.get_context_data(gaps=page, least=SHOWN_FROM))


class GapForgetView(OfficeView):
    """Takes a question off the list; POST only."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        actions.forget_gap(get_object_or_404(SearchGap, pk=pk), request.user)
        return redirect("search_gaps")
