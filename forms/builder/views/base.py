"""What the builder's screens share: one form, seen or designed by the user."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from forms.builder.permission_helper import user_can_see_forms
from forms.definitions.models import Form
from forms.definitions.permissions import user_can_design_form


def form_or_404(user: Any, pk: int, *, design: bool = False) -> Form:
    """Return the form. Raises Http404 when the user may not know of it, PermissionDenied when she may not change it."""
    if not user_can_see_forms(user):
        raise PermissionDenied
    form = Form.objects.for_user(user).select_related("live", "school", "working_by").filter(pk=pk).first()
    if form is None:
        raise Http404
    if design and not user_can_design_form(user, form):
        raise PermissionDenied
    return form


class OneFormView(WagtailAdminTemplateMixin, TemplateView):
    """Base: a screen about one form. `design` asks for the right to change it."""

    header_icon = "form"
    design = True
    form_object: Form

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.form_object = form_or_404(request.user, kwargs["pk"], design=self.design)
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return self.form_object.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [{"url": reverse("forms_modeladmin_index"), "label": _("Forms")}]
        if user_can_design_form(self.request.user, self.form_object):
            url = reverse("forms_modeladmin_edit", args=[self.form_object.pk])
            items.append({"url": url, "label": self.form_object.title})
        return [*self.breadcrumbs_items, *items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(view=self, form_object=self.form_object, **kwargs)
