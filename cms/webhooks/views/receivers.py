"""The admin's screens of receivers. They write through the actions; the secret is shown once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail_modeladmin.views import CreateView, DeleteView, EditView, InspectView

from cms.form_errors import put_errors
from cms.webhooks import actions
from cms.webhooks.forms import edit_handler
from cms.webhooks.models import Webhook
from cms.webhooks.permissions import user_can_manage_webhooks
from cms.webhooks.secrets import SealBrokenError, seal, unseal

_ONCE = "webhook_secret"


def show_once(request: HttpRequest, webhook: Webhook, secret: str) -> None:
    """Keep the secret, sealed, until the next screen has shown it."""
    request.session[_ONCE] = {"webhook": webhook.pk, "sealed": seal(secret)}


def shown_once(request: HttpRequest, webhook: Webhook) -> str:
    """Return the secret that was just made for this receiver and forget it, else an empty text."""
    kept = request.session.get(_ONCE)
    if not kept or kept["webhook"] != webhook.pk:
        return ""
    del request.session[_ONCE]
    try:
        return unseal(kept["sealed"])
    except SealBrokenError:
        return ""


class WebhookCreate(CreateView):
    """Makes a receiver, then shows its secret."""

    def get_edit_handler(self) -> Any:
        return edit_handler(self.model)

    def form_valid(self, form: Any) -> HttpResponse:
        webhook = form.save(commit=False)
        try:
            secret = actions.create_webhook(webhook, user=self.request.user)
        except ValidationError as error:
            put_errors(form, error)
            return self.form_invalid(form)
        show_once(self.request, webhook, secret)
        return redirect(self.url_helper.get_action_url("inspect", webhook.pk))


class WebhookEdit(EditView):
    """Changes a receiver."""

    def get_edit_handler(self) -> Any:
        return edit_handler(self.model)

    def form_valid(self, form: Any) -> HttpResponse:
        webhook = form.save(commit=False)
        try:
            actions.change_webhook(webhook, user=self.request.user)
        except ValidationError as error:
            put_errors(form, error)
            return self.form_invalid(form)
        messages.success(self.request, self.get_success_message(webhook))
        return redirect(self.url_helper.get_action_url("inspect", webhook.pk))


class WebhookDelete(DeleteView):
    """Deletes a receiver with its deliveries."""

    def confirmation_message(self) -> str:
        return _("Nothing more is sent to this receiver, and its log is deleted. This cannot be undone.")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        actions.delete_webhook(self.instance, user=request.user)
        messages.success(request, _("The webhook was deleted."))
        return redirect(self.index_url)


class WebhookInspect(InspectView):
    """A receiver, its latest deliveries, and what can be done with it."""

    page_title = gettext_lazy("Webhook")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        webhook = self.instance
        latest = webhook.deliveries.select_related("event", "webhook").order_by("-pk")[:10]
        context = {
            "webhook": webhook,
            "secret": shown_once(self.request, webhook),
            "latest": latest,
            "all_url": f"{reverse('webhook-deliveries_modeladmin_index')}?webhook={webhook.pk}",
        }
        return super().get_context_data(**context, **kwargs)


#: What a button of the screen does, and what is said afterwards.
VERBS: dict[str, tuple[Callable[..., Any], Any]] = {
    "ping": (actions.send_ping, gettext_lazy("A test message is on its way. See below how it went.")),
    "pause": (actions.pause_webhook, gettext_lazy("The webhook is switched off.")),
    "resume": (actions.resume_webhook, gettext_lazy("The webhook is switched on.")),
    "rotate": (actions.rotate_secret, gettext_lazy("A new secret was made. The old one is valid for a day.")),
}


class WebhookVerbView(View):
    """Does one thing with a receiver; POST only."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        if not user_can_manage_webhooks(request.user):
            raise PermissionDenied
        webhook = get_object_or_404(Webhook, pk=pk)
        act, done = VERBS[verb]
        try:
            result = act(webhook, user=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, done)
            if verb == "rotate":
                show_once(request, webhook, result)
        return redirect("webhooks_modeladmin_inspect", webhook.pk)
