"""The modeladmin views of schools: they read as modeladmin does, and write through the actions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail_modeladmin.views import CreateView, EditView, HistoryView, IndexView, InspectView

from cms.form_errors import put_errors
from cms.people.permissions import user_can_manage_school_people, user_can_manage_schools
from cms.schools.actions import CreateSchool, EditSchool
from cms.schools.models import SchoolStatus, Stage
from cms.schools.sheet import COLUMNS, export_rows
from cms.sheets.writer import write_sheet, xlsx_response

CONTACT = MultiFieldPanel([FieldPanel("address"), FieldPanel("phone")], heading=gettext_lazy("Contact"))
RECORD = MultiFieldPanel(
    [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("stage"), FieldPanel("township")]),
        FieldPanel("boarding"),
    ],
    heading=gettext_lazy("School"),
)
CODE = MultiFieldPanel([FieldPanel("code")], heading=gettext_lazy("code"))

#: The filters an address may carry, each with a check of its value: modeladmin itself would take any lookup.
FILTERS: dict[str, Callable[[str], bool]] = {
    "stage__exact": Stage.values.__contains__,
    "status__exact": SchoolStatus.values.__contains__,
    "boarding__exact": ("0", "1").__contains__,
    "township": lambda text: len(text) <= 40,
}


class SchoolIndex(IndexView):
    """The list of schools the user may see, with filters, search and Excel."""

    FORMATS = ("xlsx",)

    def get_filters_params(self, params: Any = None) -> dict[str, list[str]]:
        """Keep the filters we know, with values that exist."""
        given = super().get_filters_params(params)
        known = {name: texts for name, texts in given.items() if name in FILTERS}
        return {name: texts for name, texts in known.items() if all(map(FILTERS[name], texts))}

    def as_spreadsheet(self, queryset: Any, spreadsheet_format: str) -> HttpResponse:
        title = _("Schools")
        return xlsx_response(write_sheet(COLUMNS, export_rows(queryset), title), title)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_manage=user_can_manage_schools(self.request.user), **kwargs)


class SchoolCreate(CreateView):
    """Makes a school through `CreateSchool`."""

    def get_edit_handler(self) -> Any:
        return ObjectList([CODE, RECORD, CONTACT]).bind_to_model(self.model)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            school = CreateSchool(form.cleaned_data, user=self.request.user).execute()
        except ValidationError as error:
            put_errors(form, error)
            return self.form_invalid(form)
        buttons = self.get_success_message_buttons(school)
        messages.success(self.request, self.get_success_message(school), buttons=buttons)
        return redirect(self.url_helper.get_action_url("inspect", school.pk))


class SchoolEdit(EditView):
    """Edits a school through `EditSchool`: the bureau its record, a head the contact."""

    def get_edit_handler(self) -> Any:
        panels = [RECORD, CONTACT] if user_can_manage_schools(self.request.user) else [CONTACT]
        return ObjectList(panels).bind_to_model(self.model)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            school = EditSchool(self.instance, form.cleaned_data, user=self.request.user).execute()
        except ValidationError as error:
            put_errors(form, error)
            return self.form_invalid(form)
        messages.success(self.request, self.get_success_message(school))
        return redirect(self.url_helper.get_action_url("inspect", school.pk))


class SchoolInspect(InspectView):
    """A school's record with what can be done to it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, school = self.request.user, self.instance
        counts = dict.fromkeys(("live", "drafts"), 0)
        for live in school.pages.filter(depth__gt=4).values_list("live", flat=True):
            counts["live" if live else "drafts"] += 1
        context = {
            "school": school,
            "counts": counts,
            "people": school.memberships.filter(user__is_active=True).count(),
            "may_manage": user_can_manage_schools(user),
            "may_manage_people": user_can_manage_school_people(user, school),
        }
        return super().get_context_data(**context, **kwargs)


class SchoolHistory(HistoryView):
    """What was done to a school. Modeladmin's own view would show it to anybody in the admin."""

    def check_action_permitted(self, user: Any) -> bool:
        return self.permission_helper.user_can_inspect_obj(user, self.instance)
