"""Entering and editing a record by hand."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail_modeladmin.views import CreateView, EditView

from cms.service import School, schools_of
from forms.registers.actions import CreateRecord, EditRecord
from forms.registers.actions.edits import read_facts
from forms.registers.duplicates import Duplicate, find_duplicates
from forms.registers.entry_form import FactsForm
from forms.registers.models import Register
from forms.registers.permissions import user_can_keep_records_of
from forms.registers.versions import facts_now
from forms.registers.views.base import record_url, trail


def schools_kept_by(user: Any) -> list[School]:
    """Return the open schools whose records the user may enter."""
    open_ones = schools_of(user).filter(status="open")
    return [school for school in open_ones if user_can_keep_records_of(user, school)]


class RecordCreate(CreateView):
    """Enters a record; one that may be there already is shown before it is made twice."""

    @cached_property
    def register(self) -> Register:
        number = self.request.GET.get("register", "")
        return get_object_or_404(Register, pk=int(number) if number.isascii() and number.isdigit() else 0)

    @cached_property
    def schools(self) -> list[School]:
        return schools_kept_by(self.request.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=FactsForm(self.register.schema, {})))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = FactsForm(self.register.schema, {}, request.POST)
        school = self._school(request.POST.get("school", ""))
        if school is None:
            raise PermissionDenied
        found: list[Duplicate] = []
        if form.is_valid():
            try:
                facts = read_facts(self.register.schema, form.typed, whole=True)
                found = [] if "another" in request.POST else self._like(facts, school)
                if not found:
                    record = CreateRecord(self.register, school, form.typed, user=request.user).execute()
                    messages.success(request, _("“%(name)s” has been entered.") % {"name": record.label})
                    return redirect(record_url(record))
            except ValidationError as error:
                form.put_errors(error)
        return self.render_to_response(self.get_context_data(form=form, duplicates=found, school=school))

    def _like(self, facts: dict[str, Any], school: School) -> list[Duplicate]:
        return find_duplicates(self.register, school, facts, self.request.user)

    def _school(self, text: str) -> School | None:
        return next((one for one in self.schools if str(one.pk) == text), None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        title = _("Add: %(name)s") % {"name": self.register.record_name}
        context = {"register": self.register, "schools": self.schools, "is_new": True, **trail(("", title))}
        form = kwargs["form"]
        return {**context, "request": self.request, "view": self, "media": form.media, **kwargs}


class RecordEdit(EditView):
    """Changes a record's facts; each save makes a version."""

    @cached_property
    def schema(self) -> Any:
        return self.instance.register.schema

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.check_action_permitted(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = FactsForm(self.schema, facts_now(self.instance), version=self.instance.version)
        return self.render_to_response(self.get_context_data(form=form))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = FactsForm(self.schema, facts_now(self.instance), request.POST, version=self.instance.version)
        if form.is_valid():
            seen = form.cleaned_data["seen"] or 0
            try:
                version = EditRecord(self.instance, form.typed, seen, user=request.user).execute()
            except ValidationError as error:
                form.put_errors(error)
            else:
                self._tell(version)
                return redirect(record_url(self.instance))
        return self.render_to_response(self.get_context_data(form=form))

    def _tell(self, version: Any) -> None:
        if version is None:
            messages.info(self.request, _("Nothing has changed."))
        elif version.conflicts.exists():
            text = _("Saved. Somebody changed the same facts meanwhile: please look at the conflicts below.")
            messages.warning(self.request, text)
        else:
            messages.success(self.request, _("Saved as version %(number)d.") % {"number": version.number})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        here = record_url(self.instance)
        context = {"record": self.instance, "register": self.instance.register, "is_new": False}
        crumbs = trail((here, self.instance.label), ("", _("Edit")))
        return {
            **context,
            **crumbs,
            "request": self.request,
            "view": self,
            "media": kwargs["form"].media,
            **kwargs,
        }
