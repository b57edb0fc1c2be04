"""The list of forms, making one, deleting one; the same of the question library."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail_modeladmin.views import CreateView, DeleteView, IndexView

from cms.service import put_errors, schools_of, user_is_bureau
from forms.builder.actions.library import RemoveFromLibrary
from forms.builder.make_form import CreateFormForm
from forms.definitions.actions import CreateForm, DeleteForm
from forms.definitions.models import FormState
from forms.definitions.permissions import user_can_design_form
from forms.xlsform.upload import user_can_import


class FormIndex(WagtailAdminTemplateMixin, IndexView):
    """Forms that the user may know of, with what she may do to each."""

    page_title = gettext_lazy("Forms")
    header_icon = "form"
    template_name = "forms/admin/builder/index.html"

    def get_template_names(self) -> list[str]:
        return [self.template_name]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        user = self.request.user
        for form in context["object_list"]:
            form.designable = user_can_design_form(user, form)
        schools = schools_of(user) if not user_is_bureau(user) else None
        return {
            **context,
            "states": FormState.choices,
            "show_school": schools is None or len(schools) > 1,
            "user_can_import": user_can_import(user),
        }


class FormCreate(WagtailAdminTemplateMixin, CreateView):
    """Makes a form and goes on to the builder."""

    page_title = gettext_lazy("New form")
    header_icon = "form"
    template_name = "forms/admin/builder/create.html"

    def get_template_names(self) -> list[str]:
        return [self.template_name]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        listing = {"url": self.index_url, "label": _("Forms")}
        return [*self.breadcrumbs_items, listing, {"url": "", "label": self.page_title}]

    def get_form(self) -> Any:
        return CreateFormForm(self.request.user, self.request.POST or None)

    def get_context_data(self, form: Any = None, **kwargs: Any) -> dict[str, Any]:
        form = form or self.get_form()
        # Past the model form's context: this form is none. The header's part of it is put in here.
        context = super(CreateView.__mro__[1], self).get_context_data(form=form, media=form.media, **kwargs)
        header = {
            "header_title": self.page_title,
            "header_icon": self.header_icon,
            "breadcrumbs_items": self.get_breadcrumbs_items(),
        }
        return {**context, **header}

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            made = CreateForm(form.cleaned_data, user=self.request.user).execute()
        except ValidationError as error:
            put_errors(form, error)
            return self.form_invalid(form)
        return redirect("forms_modeladmin_edit", made.pk)

    def form_invalid(self, form: Any) -> HttpResponse:
        messages.error(self.request, _("The form could not be made. Please correct what is marked."))
        return self.render_to_response(self.get_context_data(form=form))


class FormDelete(DeleteView):
    """Deletes a form that was never published."""

    def delete_instance(self) -> None:
        DeleteForm(self.instance, user=self.request.user).execute()


class LibraryDelete(DeleteView):
    """Takes a question out of the library."""

    def confirmation_message(self) -> str:
        return _("Forms that it was put into keep theirs.")

    def delete_instance(self) -> None:
        RemoveFromLibrary(self.instance, user=self.request.user).execute()
