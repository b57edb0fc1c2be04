"""What the screens share: who may come in, which batches she sees."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic.base import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.plan_import.models import ImportBatch
from cms.plan_import.permissions import user_can_import


class ImportView(WagtailAdminTemplateMixin, View):
    """A screen for whoever imports plans; others are refused."""

    page_title = _("Import plans")
    header_icon = "upload"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_import(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("cms_plan_import"), "label": _("Import plans")},
            *self.crumbs(),
        ]

    def crumbs(self) -> list[dict[str, Any]]:
        """Return what stands below the list of imports."""
        return []


class BatchView(ImportView):
    """A screen of one batch; a batch of another school is not there."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        batches = ImportBatch.objects.for_user(request.user).select_related("school", "user")
        self.batch = get_object_or_404(batches, pk=kwargs.pop("pk"))
        return super().dispatch(request, *args, **kwargs)

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": "", "label": _("Import no. %(id)d") % {"id": self.batch.pk}}]
