"""The admin's screens of the delivery log."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail_modeladmin.views import IndexView, InspectView

from cms.webhooks import actions
from cms.webhooks.messages import body_of
from cms.webhooks.models import KINDS, OPEN_STATES, DeliveryState, WebhookDelivery
from cms.webhooks.permissions import user_can_manage_webhooks

#: The filters an address may carry, each with a check of its value: modeladmin itself would take any lookup.
FILTERS: dict[str, Callable[[str], bool]] = {
    "state__exact": DeliveryState.values.__contains__,
    "kind__exact": dict(KINDS).__contains__,
    "webhook": lambda text: text.isascii() and text.isdigit() and len(text) < 19,
}


class DeliveryIndex(IndexView):
    """The log, newest first."""

    def get_filters_params(self, params: Any = None) -> dict[str, list[str]]:
        given = super().get_filters_params(params)
        known = {name: texts for name, texts in given.items() if name in FILTERS}
        return {name: texts for name, texts in known.items() if all(map(FILTERS[name], texts))}


class DeliveryInspect(InspectView):
    """One delivery: how it stands, and the message itself."""

    page_title = gettext_lazy("Delivery")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        delivery = self.instance
        body = json.dumps(json.loads(body_of(delivery)), ensure_ascii=False, indent=2)
        return super().get_context_data(
            delivery=delivery, body=body, may_send=delivery.state not in OPEN_STATES, **kwargs
        )


class SendAgainView(View):
    """Queues a delivery once more; POST only."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not user_can_manage_webhooks(request.user):
            raise PermissionDenied
        delivery = get_object_or_404(WebhookDelivery.objects.select_related("webhook"), pk=pk)
        try:
            actions.send_again(delivery, user=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("The message will be sent again."))
        return redirect("webhook-deliveries_modeladmin_inspect", delivery.pk)
