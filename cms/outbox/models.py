"""The outbox: what others must learn, written in the transaction of the change; how far its readers are."""

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


#: After these the thing is no longer public, so no event may go on telling its title.
GONE = frozenset({EventKind.UNPUBLISHED, EventKind.DELETED})


class Event(models.Model):
    """One change (变更), added by `cms.outbox.actions.record_event` and in the order of commit.

    `payload` holds public facts alone. `title` stands only on the newest event of a thing: a title that was
    corrected or withdrawn is kept nowhere.
    """

    kind = models.CharField(_("kind"), max_length=40, choices=EventKind.choices)
    object_type = models.CharField(_("type"), max_length=40)
    object_id = models.BigIntegerField()
    school = models.ForeignKey(
        "cms.School", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("school")
    )
    title = models.CharField(_("title"), max_length=255, blank=True)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField(_("time"), auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["pk"]
        indexes = [models.Index(fields=["object_type", "object_id"], name="event_object")]

    def __str__(self) -> str:
        return f"{self.pk} {self.kind} {self.object_type}:{self.object_id}"


class Bookmark(models.Model):
    """How far a reader of the outbox has come (书签): the id of the last event it has dealt with."""

    name = models.CharField(max_length=40, primary_key=True)
    position = models.BigIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.name} {self.position}"


class JobRun(models.Model):
    """When a job of the worker last ran and how it ended; the row is also the lease that keeps it single."""

    name = models.CharField(max_length=60, primary_key=True)
    done_for = models.DateField(null=True)
    leased_until = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name


class WorkerBeat(models.Model):
    """The sign of life of one worker process."""

    worker_id = models.CharField(max_length=64, primary_key=True)
    host = models.CharField(max_length=120)
    pid = models.PositiveIntegerField()
    started_at = models.DateTimeField(auto_now_add=True)
    beat_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.host}:{self.pid}"
