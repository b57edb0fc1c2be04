"""What the screens of records share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.service import put_errors
from forms.registers.models import Record

RECORDS = "forms_record_modeladmin_index"


def trail(*items: tuple[str, Any], icon: str = "user") -> dict[str, Any]:
    """Return what Wagtail's header needs: the path to this screen, ending in its title."""
    steps = [("wagtailadmin_home", _("Home")), ("records_modeladmin_index", _("Records"))]
    crumbs = [{"url": reverse(name), "label": label} for name, label in steps]
    crumbs += [{"url": url, "label": label} for url, label in items]
    return {"breadcrumbs_items": crumbs, "header_title": str(crumbs[-1]["label"]), "header_icon": icon}


def record_url(record: Record | Any) -> str:
    """Return the address of the record's page in the admin."""
    return reverse("records_modeladmin_inspect", args=[getattr(record, "pk", record)])


class RecordActionView(WagtailAdminTemplateMixin, FormView):
    """Base: something is done to records, told beforehand what. `find` raises Http404 or PermissionDenied."""

    template_name = "forms/admin/registers/action.html"
    header_icon = "user"
    explanation: list[Any] = []
    button: Any = ""
    done: Any = ""
    serious = False
    form_class: type[forms.Form] = forms.Form

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.find(**kwargs)
        return super().dispatch(request, *args, **kwargs)

    def find(self, **kwargs: Any) -> None:
        raise NotImplementedError

    def act(self, form: forms.Form) -> str:
        """Do it and return the address to go to. Raises ValidationError."""
        raise NotImplementedError

    @property
    def back(self) -> str:
        return reverse("records_modeladmin_index")

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            address = self.act(form)
        except ValidationError as error:
            put_errors(form, error)
            return self.form_invalid(form)
        messages.success(self.request, self.done)
        return redirect(address)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(back=self.back, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("records_modeladmin_index"), "label": _("Records")},
            {"url": "", "label": self.get_page_title()},
        ]


class OneRecordView(RecordActionView):
    """Base: something is done to one record, which the user may see."""

    def find(self, **kwargs: Any) -> None:
        self.record = find_record(self.request.user, kwargs["pk"])
        if not self.user_may(self.record):
            raise PermissionDenied

    def user_may(self, record: Record) -> bool:
        raise NotImplementedError

    @property
    def back(self) -> str:
        return record_url(self.record)

    def get_page_subtitle(self) -> str:
        return str(self.record)


def find_record(user: Any, pk: Any) -> Record:
    """Return the record when the user may see it; raises Http404 otherwise."""
    from django.shortcuts import get_object_or_404

    records = Record.objects.for_user(user).select_related("register", "school")
    found: Record = get_object_or_404(records, pk=pk)
    return found
