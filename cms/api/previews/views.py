"""The admin's screen that shares a draft."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.api.previews.actions import SharePreview
from cms.api.previews.links import user_can_share_draft
from cms.pages.models import BasePage

HOURS = [(24, _("One day")), (72, _("Three days")), (168, _("One week"))]


class ShareForm(forms.Form):
    """How long the link works."""

    hours = forms.TypedChoiceField(label=_("The link works for"), choices=HOURS, coerce=int)


class SharePreviewView(WagtailAdminTemplateMixin, FormView):
    """Makes a link to the page's draft (分享预览) and shows it."""

    template_name = "cms/admin/previews/share.html"
    form_class = ShareForm
    page_title = _("Share preview")
    header_icon = "link"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.page = get_object_or_404(BasePage, pk=kwargs["page_id"])
        if not user_can_share_draft(request.user, self.page):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        known = [hours for hours, _label in HOURS]
        return {"hours": settings.PREVIEW_HOURS if settings.PREVIEW_HOURS in known else known[1]}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        title = self.page.get_admin_display_title()
        edit = {"url": reverse("wagtailadmin_pages:edit", args=[self.page.pk]), "label": title}
        return [*self.breadcrumbs_items, edit, {"url": "", "label": self.page_title}]

    def get_page_subtitle(self) -> str:
        return self.page.get_admin_display_title()

    def form_valid(self, form: forms.Form) -> HttpResponse:
        link = SharePreview(self.page, self.request.user, form.cleaned_data["hours"]).execute()
        url = self.request.build_absolute_uri(reverse("content-api-preview", args=[link.text()]))
        context = self.get_context_data(form=form, link=url, expires_at=link.expires_at)
        return self.render_to_response(context, headers={"Cache-Control": "no-store"})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(draft=self.page, **kwargs)
