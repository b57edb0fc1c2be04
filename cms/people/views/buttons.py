"""The buttons on a person's screen: each a POST that runs one action."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from cms.people.actions import (
    AddMembership,
    ChangeRole,
    DeactivateUser,
    IssueLink,
    ReactivateUser,
    RemoveMembership,
)
from cms.people.forms import RoleForm
from cms.people.models import User
from cms.people.views.base import DeskAction, RoleAction, person_address
from cms.people.views.persons import answer_link


class IssueLinkView(DeskAction):
    """Make a link: by mail, or shown once."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        person, mail = self.person(), request.POST.get("by") == "mail"
        try:
            link = IssueLink(person, user=request.user, mail=mail).execute()
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(person_address(person))
        return answer_link(request, link, mail)


class DeactivateView(DeskAction):
    """Close an account."""

    done = gettext_lazy("The account of %(name)s is deactivated.")

    def act(self) -> User:
        return DeactivateUser(self.person(), user=self.request.user).execute()


class ReactivateView(DeskAction):
    """Open an account again."""

    done = gettext_lazy("The account of %(name)s is active again.")

    def act(self) -> User:
        return ReactivateUser(self.person(), user=self.request.user).execute()


class AddRoleView(DeskAction):
    """Give a person a further role."""

    done = gettext_lazy("The role was given to %(name)s.")

    def act(self) -> User:
        person = self.person()
        form = RoleForm(self.request.POST, user=self.request.user)
        if not form.is_valid():
            raise ValidationError([fault for faults in form.errors.values() for fault in faults])
        return AddMembership(person, **form.cleaned_data, user=self.request.user).execute().user


class ChangeRoleView(RoleAction):
    """Change one role."""

    done = gettext_lazy("The role of %(name)s was changed.")

    def act(self) -> User:
        role = self.request.POST.get("role", "")
        return ChangeRole(self.membership(), role, user=self.request.user).execute().user


class RemoveRoleView(RoleAction):
    """Take one role away."""

    done = gettext_lazy("The role was taken from %(name)s. It ended at once, on every device.")

    def act(self) -> User:
        return RemoveMembership(self.membership(), user=self.request.user).execute()
