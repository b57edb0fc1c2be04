"""The list of people, in the admin and in Excel."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.widgets.button import HeaderButton

from cms.people.forms import roles_user_gives
from cms.people.permissions import user_is_bureau_admin
from cms.people.selectors import PeopleFilter, memberships_for, people_for
from cms.people.sheet import columns_for, export_rows
from cms.people.views.base import DeskMixin, take_links_to_show
from cms.schools.models import School
from cms.sheets.writer import write_sheet, xlsx_response

PER_PAGE = 50


class PeopleIndex(DeskMixin, TemplateView):
    """Who has which role."""

    template_name = "cms/admin/people/index.html"
    page_title = gettext_lazy("People")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.filter = PeopleFilter.from_query(request.GET)
        self.people = self.filter.apply(people_for(request.user), request.user)
        if "export" in request.GET:
            title = _("People")
            rows = export_rows(self.people)
            return xlsx_response(write_sheet(columns_for(request.user), rows, title), title)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        page = Paginator(self.people, PER_PAGE).get_page(self.request.GET.get("p"))
        context = {
            "people": page,
            "filter": self.filter,
            "roles": roles_user_gives(user),
            "schools": School.objects.filter(pk__in=memberships_for(user).values("school")),
            "is_bureau": user_is_bureau_admin(user),
        }
        return super().get_context_data(**context, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    @property
    def header_buttons(self) -> list[HeaderButton]:
        return [
            HeaderButton(_("Invite a person"), reverse("cms_people_invite"), icon_name="plus", priority=10),
            HeaderButton(_("Import"), reverse("cms_people_import"), icon_name="upload", priority=20),
        ]


class LinksView(DeskMixin, TemplateView):
    """Links that were just made, shown one single time, to be handed over."""

    template_name = "cms/admin/people/links.html"
    page_title = gettext_lazy("Links to hand over")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        from cms.people.actions.links import link_address

        links = [{"link": link, "address": link_address(link)} for link in take_links_to_show(self.request)]
        return super().get_context_data(links=links, **kwargs)

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        response = super().render_to_response(context, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return self.trail(("", self.page_title))
