"""The builder's smaller screens: preview, copy, open and close, history, comparison."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import FormView
from wagtail.admin import messages

from cms.service import put_errors
from forms.builder.actions.copying import CopyForm, content_of
from forms.builder.actions.working import SaveWorking, StaleFormError
from forms.builder.edit_form import BuilderForm
from forms.builder.make_form import NewForm
from forms.builder.permission_helper import user_can_make_forms
from forms.builder.preview import preview_of
from forms.builder.views.base import OneFormView, form_or_404
from forms.definitions.actions import SetFormState
from forms.definitions.compare import differences
from forms.definitions.models import Form, FormState, FormVersion
from forms.definitions.permissions import user_can_design_form

WORKING = "working"


class PreviewView(View):
    """The form as it will look. What is sent from the builder is shown and kept nowhere; else what is there."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = form_or_404(request.user, pk)
        return self.show(request, form, content_of(form, request.user))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = form_or_404(request.user, pk, design=True)
        typed = BuilderForm(request.POST)
        if typed.is_valid():
            return self.show(request, form, typed.content())
        return self.show(request, form, content_of(form, request.user), stopped=True)

    def show(
        self, request: HttpRequest, form: Form, content: dict[str, Any], *, stopped: bool = False
    ) -> HttpResponse:
        document, pages, faults = preview_of(content)
        context = {
            "form_object": form,
            "document": document,
            "pages": pages,
            "faults": faults,
            "stopped": stopped,
        }
        return render(request, "forms/admin/builder/preview.html", context)


class StateView(View):
    """Opens or closes a form; POST only."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = form_or_404(request.user, pk, design=True)
        state = FormState.OPEN if request.POST.get("state") == "open" else FormState.CLOSED
        try:
            SetFormState(form, state, request.user).execute()
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            said = _("The form is open.") if state == FormState.OPEN else _("The form is closed.")
            messages.success(request, said)
        return redirect("forms_modeladmin_index")


class CopyView(OneFormView, FormView):
    """Copies a form."""

    page_title = gettext_lazy("Copy the form")
    template_name = "forms/admin/builder/copy.html"
    design = False

    def get_form(self, form_class: Any = None) -> NewForm:
        if not user_can_make_forms(self.request.user):
            raise PermissionDenied
        title = _("%(title)s (copy)") % {"title": self.form_object.title}
        return NewForm(self.request.user, self.request.POST or None, initial={"title": title})

    def form_valid(self, form: forms.Form) -> HttpResponse:
        data = form.cleaned_data
        try:
            made = CopyForm(
                self.form_object, data["title"], data["slug"], data["school"], self.request.user
            ).execute()
        except ValidationError as error:
            put_errors(form, error)
            return self.form_invalid(form)
        messages.success(self.request, _("“%(title)s” was made.") % {"title": made.title})
        return redirect("forms_modeladmin_edit", made.pk)


class VersionsView(OneFormView):
    """The history of a form's versions."""

    page_title = gettext_lazy("Versions")
    template_name = "forms/admin/builder/versions.html"
    design = False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = list(self.form_object.versions.select_related("published_by"))
        older = [*versions[1:], None][: len(versions)]
        rows = [
            {"version": version, "before": before} for version, before in zip(versions, older, strict=True)
        ]
        return super().get_context_data(
            rows=rows, can_design=user_can_design_form(self.request.user, self.form_object), **kwargs
        )


class RestoreView(View):
    """Puts an older version into the builder; POST only. It is published only when somebody does so."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        form = form_or_404(request.user, pk, design=True)
        version = version_or_404(form, number)
        try:
            SaveWorking(form, version.content, request.user, form.working_revision).execute()
        except StaleFormError as error:
            messages.error(request, " ".join(error.messages))
        else:
            said = _("Version %(number)d is in the builder now. It is not published yet.")
            messages.success(request, said % {"number": number})
        return redirect("forms_modeladmin_edit", form.pk)


class CompareView(OneFormView):
    """What differs between two versions, or between a version and what is being worked on."""

    page_title = gettext_lazy("Compare")
    template_name = "forms/admin/builder/compare.html"
    design = False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        old, new = (self.content(self.kwargs[key]) for key in ("old", "new"))
        return super().get_context_data(
            before=self.name(self.kwargs["old"]),
            after=self.name(self.kwargs["new"]),
            differences=differences(old, new),
            **kwargs,
        )

    def content(self, which: str) -> dict[str, Any]:
        if which == WORKING:
            if not user_can_design_form(self.request.user, self.form_object):
                raise PermissionDenied
            return self.form_object.working
        if not which.isdecimal() or len(which) > 9:
            raise Http404
        return version_or_404(self.form_object, int(which)).content

    def name(self, which: str) -> str:
        if which == WORKING:
            return _("what is being worked on")
        return _("version %(number)s") % {"number": which}


def version_or_404(form: Form, number: int) -> FormVersion:
    """Return a published version of the form. Raises Http404."""
    version = form.versions.filter(number=number).first()
    if version is None:
        raise Http404
    return version


def builder_url(form: Form) -> str:
    """Return the address of the form's builder."""
    return reverse("forms_modeladmin_edit", args=[form.pk])
