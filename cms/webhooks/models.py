"""Receivers of the site's events, and the log of what was sent to them."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.outbox.models import Event, EventKind

PING = "webhook.ping"
KINDS = [*EventKind.choices, (PING, _("Test message"))]


class WebhookQuerySet(models.QuerySet["Webhook"]):
    """Verbs over receivers."""

    def for_user(self, user: Any) -> WebhookQuerySet:
        """Return all for the bureau's administrator, none for anybody else."""
        from cms.webhooks.permissions import user_can_manage_webhooks

        return self.all() if user_can_manage_webhooks(user) else self.none()

    def listening(self) -> WebhookQuerySet:
        return self.filter(active=True)


class Webhook(models.Model):
    """A receiver (接收方) of signed messages. The secret is sealed: it is shown once, and can only sign."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    url = models.CharField(
        _("address"),
        max_length=500,
        help_text=_("An https:// address on the public internet. Redirects are not followed."),
    )
    kinds = models.JSONField(_("changes to send"), default=list, help_text=_("Which changes are sent."))
    school = models.ForeignKey(
        "cms.School",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("school"),
        help_text=_("Leave empty to send the changes of the bureau and all schools."),
    )
    active = models.BooleanField(_("active"), default=True)
    sealed_secret = models.TextField(editable=False)
    sealed_previous = models.TextField(blank=True, editable=False)
    previous_until = models.DateTimeField(null=True, editable=False)
    after_event = models.BigIntegerField(default=0, editable=False)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0, editable=False)
    failing_since = models.DateTimeField(_("failing since"), null=True, editable=False)
    retry_at = models.DateTimeField(null=True, editable=False)
    stopped_because = models.CharField(_("stopped because"), max_length=200, blank=True, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects: ClassVar = WebhookQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse an address that could never be sent to, at its field."""
        from cms.webhooks.transport import RefusedAddress, check_address

        try:
            check_address(self.url)
        except RefusedAddress as refused:
            raise ValidationError({"url": str(refused)}) from refused

    @property
    def kinds_text(self) -> str:
        """The names of the events, for people."""
        return "、".join(str(EventKind(kind).label) for kind in self.kinds if kind in EventKind.values)

    @property
    def health(self) -> str:
        """How it goes, for people."""
        if not self.active:
            return str(_("Switched off by the system") if self.stopped_because else _("Switched off"))
        return str(_("Failing") if self.failures else _("In order"))

    def wants(self, event: Event) -> bool:
        """Say whether the event is to be sent here."""
        return (
            event.kind in self.kinds
            and event.pk > self.after_event
            and self.school_id in {None, event.school_id}
        )


class DeliveryState(models.TextChoices):
    """Where a delivery stands."""

    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Being sent")
    DELIVERED = "delivered", _("Delivered")
    GIVEN_UP = "given_up", _("Given up")


#: States in which a delivery is still to be done, and holds back later ones of the same thing.
OPEN_STATES = (DeliveryState.WAITING, DeliveryState.SENDING)


class DeliveryQuerySet(models.QuerySet["WebhookDelivery"]):
    """Verbs over deliveries."""

    def open(self) -> DeliveryQuerySet:
        return self.filter(state__in=OPEN_STATES)

    def for_user(self, user: Any) -> DeliveryQuerySet:
        return self.filter(webhook__in=Webhook.objects.for_user(user))


class WebhookDelivery(models.Model):
    """One event for one receiver (投递). `attempts` counts every sending, and is fixed before it begins."""

    message_id = models.UUIDField(_("message"), default=uuid.uuid4, unique=True, editable=False)
    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries", verbose_name=_("webhook"))
    event = models.ForeignKey(Event, models.CASCADE, null=True, related_name="deliveries")
    kind = models.CharField(_("change"), max_length=40, choices=KINDS)
    object_type = models.CharField(max_length=40, blank=True)
    object_id = models.BigIntegerField(default=0)
    state = models.CharField(
        _("state"), max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING
    )
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    retries = models.PositiveIntegerField(default=0)
    status_code = models.PositiveIntegerField(_("answer"), null=True)
    error = models.CharField(_("error"), max_length=300, blank=True)
    duration_ms = models.PositiveIntegerField(_("milliseconds"), null=True)
    next_attempt_at = models.DateTimeField(_("next attempt"), null=True)
    leased_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    last_attempt_at = models.DateTimeField(_("last attempt"), null=True)

    objects: ClassVar = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["webhook", "event"], name="delivery_once")]
        indexes = [
            models.Index(fields=["state", "next_attempt_at"], name="delivery_due"),
            models.Index(fields=["webhook", "object_type", "object_id", "state"], name="delivery_object"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} → {self.webhook}"

    @property
    def thing(self) -> str:
        """What it is about, for people; the title of what is no longer public is not kept."""
        if self.event is None:
            return ""
        model = apps.get_model("cms", self.object_type)
        return self.event.title or f"{model._meta.verbose_name} {self.object_id}"
