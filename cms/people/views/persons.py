"""One person: who she is, her roles, her account; and the form that invites a new one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.log_actions import registry

from cms.form_errors import put_errors
from cms.people.actions import EditPerson, InvitePerson
from cms.people.actions.addresses import link_goes_by_mail
from cms.people.forms import InviteForm, PersonForm, RoleForm, roles_user_gives
from cms.people.models import AccountLink, User
from cms.people.permissions import (
    user_can_grant_role,
    user_can_manage_account,
    user_can_manage_membership,
    user_is_bureau_admin,
)
from cms.people.selectors import open_link_of, people_for
from cms.people.views.base import DeskMixin, person_address, show_links_once


class InviteView(DeskMixin, FormView):
    """Invite a person."""

    template_name = "cms/admin/people/form.html"
    page_title = gettext_lazy("Invite a person")
    form_class = InviteForm
    button = gettext_lazy("Invite")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            link = InvitePerson(**form.cleaned_data, user=self.request.user).execute()
        except ValidationError as error:
            put_errors(form, error)
            return self.form_invalid(form)
        return answer_link(self.request, link)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return self.trail(("", self.page_title))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(view=self, **kwargs)


def answer_link(request: HttpRequest, link: AccountLink, mail: bool = True) -> HttpResponse:
    """Tell where a fresh link went: by mail, or to the screen that shows it once."""
    if mail and link_goes_by_mail(link.user):
        told = {"name": link.user, "address": link.user.email}
        messages.success(request, _("A link for %(name)s was mailed to %(address)s.") % told)
        return redirect(person_address(link.user))
    return show_links_once(request, [link])


class PersonMixin(DeskMixin):
    """One person out of those the user keeps; others do not exist for her."""

    kwargs: dict[str, Any]
    page_title: Any

    @cached_property
    def person(self) -> User:
        return get_object_or_404(people_for(self.request.user), pk=self.kwargs["pk"])


class PersonView(PersonMixin, TemplateView):
    """A person's roles and account, with what the user may do."""

    template_name = "cms/admin/people/person.html"

    def get_page_title(self) -> str:
        return str(self.person)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, person = self.request.user, self.person
        may_manage = user_can_manage_account(user, person)
        roles = [
            {
                "member": member,
                "may_change": member.user_id != user.pk and user_can_manage_membership(user, member),
                "choices": [
                    choice
                    for choice in roles_user_gives(user)
                    if user_can_grant_role(user, choice[0], member.school)
                ],
            }
            for member in person.kept_roles  # type: ignore[attr-defined]
        ]
        entries = registry.get_logs_for_instance(person).select_related("user")[:20] if may_manage else []
        context = {
            "person": person,
            "roles": roles,
            "may_manage": may_manage,
            "is_self": person.pk == user.pk,
            "open_link": open_link_of(person) if may_manage else None,
            "mail": link_goes_by_mail(person),
            "role_form": RoleForm(user=user) if user_is_bureau_admin(user) and may_manage else None,
            "entries": entries,
        }
        return super().get_context_data(**context, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return self.trail(("", str(self.person)))


class EditPersonView(PersonMixin, FormView):
    """Change name, phone and e-mail."""

    template_name = "cms/admin/people/form.html"
    page_title = gettext_lazy("Edit person")
    form_class = PersonForm
    button = gettext_lazy("Save")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        from django.core.exceptions import PermissionDenied

        if not user_can_manage_account(request.user, self.person):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        person = self.person
        return {"name": person.get_full_name(), "phone": person.phone, "email": person.email}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            EditPerson(self.person, **form.cleaned_data, user=self.request.user).execute()
        except ValidationError as error:
            put_errors(form, error)
            return self.form_invalid(form)
        messages.success(self.request, _("Saved."))
        return redirect(person_address(self.person))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(view=self, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return self.trail((person_address(self.person), str(self.person)), ("", self.page_title))
