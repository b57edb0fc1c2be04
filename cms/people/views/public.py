"""Logging in, and the one-time links. Open to everybody, so they say nothing about whom they do not know."""

from __future__ import annotations

from typing import Any, cast

from axes.utils import reset as forget_failures
from django import forms
from django.contrib.auth import login
from django.contrib.auth.views import LogoutView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView
from wagtail.admin.views.account import LoginView

from cms.form_errors import put_errors
from cms.people.actions import SetPasswordByLink
from cms.people.actions.addresses import mail_is_set_up
from cms.people.forms import NewPasswordForm, RoleLoginForm
from cms.people.landing import landing_address
from cms.people.models import AccountLink, LinkPurpose

_BACKEND = "django.contrib.auth.backends.ModelBackend"


class RoleLoginView(LoginView):
    """The one log-in of the site (登录); each goes where her role works."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and request.user.is_active:
            return redirect(self.get_success_url())
        return super().get(request, *args, **kwargs)

    def get_form_class(self) -> type[RoleLoginForm]:
        return RoleLoginForm

    def get_success_url(self) -> str:
        """Follow `next`, but nobody into the admin who may not enter it: she would be sent back here."""
        wanted, landing = self.get_redirect_url(), landing_address(self.request.user)
        admin = reverse("wagtailadmin_home")
        if not wanted or wanted == admin or (wanted.startswith(admin) and landing != admin):
            return landing
        return wanted

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        by_mail = mail_is_set_up()
        return {**context, "mail_is_set_up": by_mail, "show_password_reset": by_mail}


class RoleLogoutView(LogoutView):
    """Log out and come back to the log-in page."""

    def get_default_redirect_url(self) -> str:
        return reverse("wagtailadmin_login")


@method_decorator([sensitive_post_parameters(), never_cache], name="dispatch")
class AccountLinkView(FormView):
    """The page behind a one-time link: the person sets her password and is logged in."""

    template_name = "desk/account_link.html"
    form_class = NewPasswordForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.link = AccountLink.by_token(kwargs["token"])
        if self.link is None:
            return self.render_to_response({"link": None}, status=410)
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            person = SetPasswordByLink(self.kwargs["token"], form.cleaned_data["password"]).execute()
        except ValidationError as error:
            put_errors(form, error)
            return self.form_invalid(form)
        forget_failures(username=person.get_username())
        login(self.request, person, backend=_BACKEND)
        return redirect(landing_address(person))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        link = cast("AccountLink", self.link)
        invited = link.purpose == LinkPurpose.INVITATION
        title = _("Open your account") if invited else _("Set a new password")
        return super().get_context_data(link=link, title=title, **kwargs)
