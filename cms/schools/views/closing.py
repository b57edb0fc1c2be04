"""Screens that close, merge and reopen a school."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.form_errors import put_errors
from cms.people.permissions import user_can_manage_schools
from cms.schools.actions import CloseSchool, MergeSchools, ReopenSchool
from cms.schools.forms import ClosingForm, MergingForm
from cms.schools.models import School


class SchoolActionView(WagtailAdminTemplateMixin, FormView):
    """Base: one school, one action, told beforehand what it does."""

    template_name = "cms/admin/schools/action.html"
    header_icon = "home"
    explanation: list[Any] = []
    button: Any = ""
    done: Any = ""
    serious = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_manage_schools(request.user):
            raise PermissionDenied
        self.school = get_object_or_404(School, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def act(self, form: forms.Form) -> School:
        raise NotImplementedError

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            self.act(form)
        except ValidationError as error:
            put_errors(form, error)
            return self.form_invalid(form)
        messages.success(self.request, self.done % {"school": self.school.name})
        return redirect(self.get_success_url())

    def get_success_url(self) -> str:
        return reverse("schools_modeladmin_inspect", args=[self.school.pk])

    def get_page_subtitle(self) -> str:
        return self.school.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("schools_modeladmin_index"), "label": _("Schools")},
            {"url": self.get_success_url(), "label": self.school.name},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        people = self.school.memberships.filter(user__is_active=True).count()
        return super().get_context_data(view=self, school=self.school, people=people, **kwargs)


class CloseSchoolView(SchoolActionView):
    """Close a school."""

    page_title = gettext_lazy("Close school")
    form_class = ClosingForm
    button = gettext_lazy("Close school")
    done = gettext_lazy("%(school)s is closed.")
    explanation = [
        gettext_lazy("Its pages stay online and say that the school is closed."),
        gettext_lazy("Its people can no longer write or manage anything of the school."),
        gettext_lazy("You can open it again: everybody then has the same rights as before."),
    ]

    def act(self, form: forms.Form) -> School:
        return CloseSchool(self.school, user=self.request.user, **form.cleaned_data).execute()


class MergeSchoolView(SchoolActionView):
    """Merge a school into another one."""

    page_title = gettext_lazy("Merge into another school")
    form_class = MergingForm
    button = gettext_lazy("Merge schools")
    done = gettext_lazy("%(school)s is merged.")
    explanation = [
        gettext_lazy("Its pages stay online and point to the successor."),
        gettext_lazy("Its people get the same roles in the successor; a head becomes a school editor there."),
        gettext_lazy("You can open it again: the roles given by merging are then taken away."),
    ]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "school": self.school}

    def act(self, form: forms.Form) -> School:
        return MergeSchools(self.school, user=self.request.user, **form.cleaned_data).execute()


class ReopenSchoolView(SchoolActionView):
    """Open a school again."""

    page_title = gettext_lazy("Open school again")
    form_class = forms.Form
    button = gettext_lazy("Open school again")
    done = gettext_lazy("%(school)s is open again.")
    serious = False
    explanation = [
        gettext_lazy("Its people have the same rights as before it was closed."),
        gettext_lazy("Roles that merging gave them in another school are taken away."),
    ]

    def act(self, form: forms.Form) -> School:
        return ReopenSchool(self.school, user=self.request.user).execute()
