"""The outbox: what others must learn, written in the transaction of the change."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventKind(models.TextChoices):
    """What happened to a thing that the public can see."""

    PUBLISHED = "page.published", _("Published")
    UNPUBLISHED = "page.unpublished", _("Unpublished")
    MOVED = "page.moved", _("Moved")
    DELETED = "page.deleted", _("Deleted")
    SCHOOL_CHANGED = "school.changed", _("School changed")


class Event(models.Model):
    """One change (变更). Rows are only ever added; `payload` holds public facts alone."""

    kind = models.CharField(_("kind"), max_length=40, choices=EventKind.choices)
    object_type = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    school = models.ForeignKey("cms.School", models.SET_NULL, null=True, blank=True, related_name="+")
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.pk} {self.kind} {self.object_type}:{self.object_id}"
