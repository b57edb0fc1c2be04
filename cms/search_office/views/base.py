"""What the screens share: who may come in, and the way between them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic.base import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.search_office.permissions import user_can_keep_search
from cms.web.frame import Entry

SCREENS = {
    "search_index": _("State of the index"),
    "search_synonyms": _("Synonyms"),
    "search_gaps": _("Searches without result"),
}


class OfficeView(WagtailAdminTemplateMixin, View):
    """A screen for the bureau's administrator; others are refused."""

    page_title: Any = _("Keep the search")
    header_icon = "search"
    screen = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_keep_search(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        screens = [
            Entry(str(label), reverse(name), "page" if name == self.screen else "")
            for name, label in SCREENS.items()
        ]
        return super().get_context_data(screens=screens, **kwargs)
