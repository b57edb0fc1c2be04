"""What the screens of the account desk share."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.people.models import AccountLink, Membership, User
from cms.people.permissions import user_can_see_account_desk
from cms.people.selectors import memberships_for, people_for

_SESSION_KEY = "links_to_show"


class DeskMixin(WagtailAdminTemplateMixin):
    """Base of the desk's screens: closed to everybody who keeps nobody."""

    header_icon = "group"
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_see_account_desk(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def trail(self, *items: tuple[str, Any]) -> list[dict[str, Any]]:
        """Return the breadcrumbs: the desk, then (address, label) of each item."""
        steps = [(reverse("cms_people_index"), _("People")), *items]
        return [*self.breadcrumbs_items, *({"url": url, "label": label} for url, label in steps)]


def person_address(person: User) -> str:
    """Return the address of the person's screen."""
    return reverse("cms_person", args=[person.pk])


class DeskAction(DeskMixin, View):
    """Base of the buttons: a POST runs one action on a person or a role and goes back to the person.

    People and roles are found among those the user keeps; others do not exist for her (404).
    """

    done: Any = ""

    def act(self) -> User:
        """Run the action; return the person to go back to."""
        raise NotImplementedError

    def person(self) -> User:
        return get_object_or_404(people_for(self.request.user), pk=self.kwargs["pk"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("cms_people_index")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            person = self.act()
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(person_address(self.person()))
        if self.done:
            messages.success(request, self.done % {"name": person})
        return redirect(after(request, person))


class RoleAction(DeskAction):
    """Base of the buttons of one role."""

    def membership(self) -> Membership:
        return get_object_or_404(memberships_for(self.request.user), pk=self.kwargs["pk"])

    def person(self) -> User:
        return self.membership().user


def after(request: HttpRequest, person: User) -> str:
    """Return where to go: to the person when the user still keeps her, else to the list."""
    if people_for(request.user).filter(pk=person.pk).exists():
        return person_address(person)
    return reverse("cms_people_index")


def show_links_once(request: HttpRequest, links: list[AccountLink]) -> HttpResponse:
    """Keep the links for the next screen, which shows them one single time."""
    request.session[_SESSION_KEY] = [link.pk for link in links]
    return redirect("cms_people_links")


def take_links_to_show(request: HttpRequest) -> list[AccountLink]:
    """Return the links kept by `show_links_once` and forget them."""
    keys = request.session.pop(_SESSION_KEY, [])
    return list(AccountLink.objects.usable().filter(pk__in=keys).select_related("user").order_by("pk"))
