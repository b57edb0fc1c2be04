"""The import of schools from Excel."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from cms.people.permissions import user_can_manage_schools
from cms.schools.sheet import COLUMNS, ImportSchools, plan_schools
from cms.sheets.columns import Column, RowPlan, SheetRow
from cms.sheets.views import SheetImportView


class ImportSchoolsView(SheetImportView):
    """Creates and updates schools from a list."""

    page_title = gettext_lazy("Import schools")
    file_name = gettext_lazy("Template for schools")
    index_url = reverse_lazy("schools_modeladmin_index")

    @property
    def columns(self) -> list[Column]:
        return COLUMNS

    def user_may(self, user: Any) -> bool:
        return user_can_manage_schools(user)

    def plan(self, rows: list[SheetRow]) -> list[RowPlan]:
        return plan_schools(rows)

    def commit(self, rows: list[SheetRow]) -> HttpResponse:
        counts = ImportSchools(rows, user=self.request.user).execute()
        messages.success(self.request, _("Schools made: %(new)d, updated: %(changed)d.") % counts)
        return redirect(self.index_url)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("schools_modeladmin_index"), "label": _("Schools")},
            {"url": "", "label": self.page_title},
        ]
