"""The builder: a form's steps as blocks, beside the form as it will look, its faults, and the question library."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail_modeladmin.views import InstanceSpecificView

from forms.builder.actions.library import KeepInLibrary, insert, items_of
from forms.builder.actions.testing import StartTest
from forms.builder.actions.working import SaveWorking, StaleFormError
from forms.builder.edit_form import BuilderForm
from forms.builder.faults import put_faults, said_with_links
from forms.builder.models import LibraryQuestion
from forms.definitions.actions import FaultyFormError, PublishForm
from forms.definitions.checks import faults_of
from forms.definitions.fault import Fault
from forms.definitions.models import Audience
from forms.definitions.permissions import user_can_design_forms
from forms.definitions.places import label_of
from forms.filling.places import Place


class BuilderView(WagtailAdminTemplateMixin, InstanceSpecificView):
    """Shows the builder and does what its buttons say. What was typed is kept before anything else happens."""

    page_title = gettext_lazy("Build the form")
    header_icon = "form"
    template_name = "forms/admin/builder/edit.html"

    def check_action_permitted(self, user: Any) -> bool:
        return self.permission_helper.user_can_edit_obj(user, self.instance)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.check_action_permitted(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_template_names(self) -> list[str]:
        return [self.template_name]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        content = self.instance.working or (self.instance.live.content if self.instance.live else {})
        content = content or {
            "title": self.instance.title,
            "steps": [{"name": "step", "title": "", "items": []}],
        }
        initial = {
            **BuilderForm.initial_for(content),
            "revision": self.instance.working_revision,
            "audience": self.instance.audience,
        }
        return self.show(BuilderForm(initial=initial), content)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = BuilderForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("The form could not be saved. Please correct what is marked."))
            return self.show(form, self.instance.working)
        content = form.content()
        try:
            self.save(form, content)
        except StaleFormError as error:
            return self.show(form, content, stale=error)
        verbs = {
            "publish": self.do_publish,
            "check": self.do_check,
            "test": self.do_test,
            "insert": self.do_insert,
            "keep": self.do_keep,
        }
        try:
            return verbs.get(request.POST.get("action", ""), self.do_save)(form, content)
        except FaultyFormError as error:
            return self.show_faults(content, error.faults)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(self.edit_url)

    def save(self, form: BuilderForm, content: dict[str, Any]) -> None:
        seen = None if "overwrite" in self.request.POST else form.cleaned_data["revision"] or 0
        audience = form.cleaned_data["audience"]
        SaveWorking(self.instance, content, self.request.user, seen, audience).execute()

    def do_save(self, _form: BuilderForm, _content: dict[str, Any]) -> HttpResponse:
        return self.done(_("The form was saved."))

    def do_publish(self, form: BuilderForm, content: dict[str, Any]) -> HttpResponse:
        publish = PublishForm(self.instance, content, self.request.user, form.cleaned_data["note"])
        version = publish.execute()
        for fault in publish.warnings:
            messages.warning(self.request, str(fault))
        return self.done(_("Version %(number)d is published and open.") % {"number": version.number})

    def do_check(self, _form: BuilderForm, content: dict[str, Any]) -> HttpResponse:
        found = self.faults(content)
        if not found:
            return self.done(_("The form was saved. Nothing is wrong with it."))
        return self.show_faults(content, found)

    def do_test(self, _form: BuilderForm, content: dict[str, Any]) -> HttpResponse:
        draft = StartTest(self.instance, content, self.request.user).execute()
        document = draft.version.document
        return redirect(Place(document, document.steps[0]).url(draft.uuid))

    def do_insert(self, _form: BuilderForm, content: dict[str, Any]) -> HttpResponse:
        chosen = self.library().filter(pk=_number(self.request.POST.get("library"))).first()
        if chosen is None:
            raise ValidationError(_("Choose a question of the library."))
        content = insert(content, self.request.POST.get("library_step", ""), chosen)
        SaveWorking(self.instance, content, self.request.user, self.instance.working_revision).execute()
        return self.done(_("“%(title)s” now stands at the end of the step.") % {"title": chosen.title})

    def do_keep(self, _form: BuilderForm, content: dict[str, Any]) -> HttpResponse:
        user, school = self.request.user, self.instance.school
        kept = KeepInLibrary(content, self.request.POST.get("keep_name", ""), school, user).execute()
        return self.done(_("“%(title)s” is in the question library.") % {"title": kept.title})

    def done(self, text: str) -> HttpResponse:
        messages.success(self.request, text)
        return redirect(self.edit_url)

    def library(self) -> Any:
        return LibraryQuestion.objects.for_user(self.request.user)

    def faults(self, content: dict[str, Any]) -> list[Fault]:
        return faults_of(content, public=self.instance.audience == Audience.PUBLIC)

    def show_faults(self, content: dict[str, Any], found: list[Fault]) -> HttpResponse:
        """Show the form as it was saved, with the faults at their blocks."""
        initial = BuilderForm.initial_for(content)
        form = BuilderForm(
            initial={
                **initial,
                "revision": self.instance.working_revision,
                "audience": self.instance.audience,
                "note": self.request.POST.get("note", ""),
            }
        )
        put_faults(form, content, found)
        if any(fault.is_error for fault in found):
            messages.error(
                self.request, _("The form is saved, but it cannot be published yet. See what is marked.")
            )
        else:
            messages.warning(self.request, _("The form is saved. Some things are doubtful."))
        return self.show(form, content, found=found)

    def show(
        self,
        form: BuilderForm,
        content: dict[str, Any],
        *,
        found: list[Fault] | None = None,
        stale: StaleFormError | None = None,
    ) -> HttpResponse:
        known = found if found is not None else self.faults(content) if content else []
        context = self.get_context_data(
            form=form,
            media=form.media,
            faults=said_with_links(content, known),
            error_count=sum(fault.is_error for fault in known),
            stale=stale,
            library=self.library().select_related("school"),
            steps=[(step["name"], label_of(step)) for step in content.get("steps", ())],
            parts=[(item["name"], label_of(item)) for item in items_of(content)] if content else [],
            can_keep=user_can_design_forms(self.request.user, self.instance.school),
            form_object=self.instance,
        )
        return self.render_to_response(context)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("forms_modeladmin_index"), "label": _("Forms")},
            {"url": "", "label": self.instance.title},
        ]

    def get_page_subtitle(self) -> str:
        return self.instance.title


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 18 else 0
