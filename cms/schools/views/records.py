"""The modeladmin views of schools: they read as modeladmin does, and write through the actions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.widgets.button import HeaderButton
from wagtail_modeladmin.views import CreateView, EditView, IndexView, InspectView

from cms.form_errors import put_errors
from cms.modeladmin_history import RecordHistory
from cms.pages.models import ActivityNewsPage, PlanPage
from cms.people.permissions import (
    school_records_of,
    user_can_edit_school_contact,
    user_can_manage_school_people,
    user_can_manage_schools,
)
from cms.schools.actions import CreateSchool, EditSchool
from cms.schools.models import School, SchoolStatus, Stage
from cms.schools.sheet import COLUMNS, export_rows
from cms.sheets.columns import YES_NO
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
    "township": lambda text: 0 < len(text) <= 40,
}


def trail(*items: tuple[str, Any]) -> dict[str, Any]:
    """Return what Wagtail's header needs: the path to this screen, ending in its title."""
    steps = [("wagtailadmin_home", _("Home")), ("schools_modeladmin_index", _("Schools"))]
    crumbs = [{"url": reverse(name), "label": label} for name, label in steps]
    crumbs += [{"url": url, "label": label} for url, label in items]
    return {"breadcrumbs_items": crumbs, "header_title": str(crumbs[-1]["label"]), "header_icon": "home"}


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
        user = self.request.user
        buttons = []
        if user_can_manage_schools(user):
            buttons = [
                HeaderButton(_("Add a school"), self.create_url, icon_name="plus", priority=10),
                HeaderButton(_("Import"), reverse("cms_school_import"), icon_name="upload", priority=20),
            ]
        context = {"header_buttons": buttons, "filters_shown": self.filters_shown(), "yes_no": yes_no()}
        return super().get_context_data(**trail(), **context, **kwargs)

    def filters_shown(self) -> list[dict[str, Any]]:
        """Return the selects above the list: name, label, choices, chosen value."""
        towns = school_records_of(self.request.user).order_by("township").values_list("township", flat=True)
        choices: dict[str, tuple[Any, Any]] = {
            "stage__exact": (_("stage"), Stage.choices),
            "township": (_("township"), [(town, town) for town in towns.distinct()]),
            "status__exact": (_("status"), SchoolStatus.choices),
            "boarding__exact": (_("boarding"), YES_NO),
        }
        return [
            {"name": name, "label": label, "choices": options, "value": self.params.get(name, "")}
            for name, (label, options) in choices.items()
        ]


def yes_no() -> str:
    """Return the words for Django's `yesno` filter."""
    return f"{_('Yes')},{_('No')}"


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
        messages.success(self.request, self.get_success_message(school))
        return redirect(self.url_helper.get_action_url("inspect", school.pk))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**trail(("", _("Add a school"))), **kwargs)


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

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        name = School.objects.values_list("name", flat=True).get(
            pk=self.instance.pk
        )  # not the form's, unsaved
        here = self.url_helper.get_action_url("inspect", self.instance.pk)
        return super().get_context_data(**trail((here, name), ("", _("Edit"))), **kwargs)


class SchoolInspect(InspectView):
    """A school's record with what can be done to it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, school = self.request.user, self.instance
        pages = school.pages.type(ActivityNewsPage, PlanPage).values_list("live", flat=True)
        counts = {"live": sum(pages), "drafts": sum(not live for live in pages)}
        context = {
            "school": school,
            "counts": counts,
            "people": school.memberships.filter(user__is_active=True).count(),
            "may_edit": user_can_edit_school_contact(user, school),
            "may_manage": user_can_manage_schools(user),
            "may_manage_people": user_can_manage_school_people(user, school),
            "yes_no": yes_no(),
        }
        return super().get_context_data(**trail(("", school.name)), **context, **kwargs)


class SchoolHistory(RecordHistory):
    """What was done to a school, for those who may see its record."""

    def check_action_permitted(self, user: Any) -> bool:
        return self.permission_helper.user_can_inspect_obj(user, self.instance)
