"""The import of people from Excel."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from cms.people.actions.addresses import link_goes_by_mail
from cms.people.permissions import user_can_see_account_desk
from cms.people.sheet import ImportPeople, PeoplePlanner, columns_for
from cms.people.views.base import show_links_once
from cms.sheets.columns import Column, RowPlan, SheetRow
from cms.sheets.views import SheetImportView


class ImportPeopleView(SheetImportView):
    """Invites and updates people from a list."""

    page_title = gettext_lazy("Import people")
    header_icon = "group"
    file_name = gettext_lazy("Template for people")
    index_url = reverse_lazy("cms_people_index")

    def user_may(self, user: Any) -> bool:
        return user_can_see_account_desk(user)

    @property
    def columns(self) -> list[Column]:
        return columns_for(self.request.user)

    def plan(self, rows: list[SheetRow]) -> list[RowPlan]:
        return PeoplePlanner(self.request.user).plan(rows)

    def commit(self, rows: list[SheetRow]) -> HttpResponse:
        links = ImportPeople(rows, self.request.user).execute()
        messages.success(self.request, _("The list was imported. New people: %(n)d.") % {"n": len(links)})
        to_show = [link for link in links if not link_goes_by_mail(link.user)]
        return show_links_once(self.request, to_show) if to_show else redirect(self.index_url)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("cms_people_index"), "label": _("People")},
            {"url": "", "label": self.page_title},
        ]
