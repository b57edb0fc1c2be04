"""Receivers and deliveries in Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, re_path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail_modeladmin.options import ModelAdmin, ModelAdminGroup

from cms.modeladmin_history import RecordHistory
from cms.webhooks.models import Webhook, WebhookDelivery
from cms.webhooks.permission_helper import DeliveryPermissionHelper, WebhookPermissionHelper
from cms.webhooks.views.deliveries import DeliveryIndex, DeliveryInspect, SendAgainView
from cms.webhooks.views.receivers import (
    VERBS,
    WebhookCreate,
    WebhookDelete,
    WebhookEdit,
    WebhookInspect,
    WebhookVerbView,
)


class FencedAdmin(ModelAdmin):
    """Base: rows come from `for_user`, and rights from roles alone."""

    list_per_page = 50
    history_view_class = RecordHistory

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return self.model.objects.for_user(request.user)

    def get_permissions_for_registration(self) -> Any:
        """Offer none in Wagtail's group form."""
        return Permission.objects.none()


class WebhookAdmin(FencedAdmin):
    """List, form and record of receivers."""

    model = Webhook
    base_url_path = "webhooks"
    menu_label = gettext_lazy("Webhooks")
    menu_icon = "link-external"
    permission_helper_class = WebhookPermissionHelper
    list_display = ("name", "url", "events", "school", "health")
    list_select_related = ("school",)
    inspect_view_enabled = True
    create_view_class = WebhookCreate
    edit_view_class = WebhookEdit
    delete_view_class = WebhookDelete
    inspect_view_class = WebhookInspect
    inspect_template_name = "cms/admin/webhooks/webhook.html"

    @admin.display(description=gettext_lazy("changes to send"))
    def events(self, webhook: Webhook) -> str:
        return webhook.kinds_text

    @admin.display(description=gettext_lazy("state"))
    def health(self, webhook: Webhook) -> str:
        return webhook.health


class ReceiverFilter(admin.SimpleListFilter):
    """Deliveries of one receiver. Django's own filter over a relation wants its admin site installed."""

    title = gettext_lazy("webhook")
    parameter_name = "webhook"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(pk), name) for pk, name in Webhook.objects.values_list("pk", "name")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(webhook=self.value()) if self.value() else queryset


class DeliveryAdmin(FencedAdmin):
    """The log of deliveries."""

    model = WebhookDelivery
    base_url_path = "webhook-deliveries"
    menu_label = gettext_lazy("Deliveries")
    menu_icon = "list-ul"
    permission_helper_class = DeliveryPermissionHelper
    list_display = ("kind", "thing", "webhook", "state", "attempts", "outcome", "last_attempt_at")
    list_filter = ("state", "kind", ReceiverFilter)
    list_select_related = ("webhook", "event")
    ordering = ("-pk",)
    inspect_view_enabled = True
    history_view_enabled = False
    index_view_class = DeliveryIndex
    inspect_view_class = DeliveryInspect
    inspect_template_name = "cms/admin/webhooks/delivery.html"

    @admin.display(description=gettext_lazy("title"))
    def thing(self, delivery: WebhookDelivery) -> str:
        return delivery.thing

    @admin.display(description=gettext_lazy("answer"))
    def outcome(self, delivery: WebhookDelivery) -> str:
        return str(delivery.status_code or delivery.error or _("none yet"))


class WebhooksGroup(ModelAdminGroup):
    """Both under one entry of the menu."""

    menu_label = gettext_lazy("Webhooks")
    menu_icon = "link-external"
    menu_order = 900
    items = (WebhookAdmin, DeliveryAdmin)


def webhook_urls() -> list[URLPattern]:
    """Return the addresses of the buttons that modeladmin does not have."""
    verbs = "|".join(VERBS)
    return [
        re_path(
            rf"^webhooks/(?P<pk>\d{{1,18}})/(?P<verb>{verbs})/$",
            WebhookVerbView.as_view(),
            name="webhook_verb",
        ),
        path("webhook-deliveries/<int:pk>/again/", SendAgainView.as_view(), name="webhook_send_again"),
    ]
