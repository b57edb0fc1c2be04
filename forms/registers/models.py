"""Registers of subjects: forms are verbs, records are nouns."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.service import Role, School, school_ids_of, user_is_bureau


class Register(models.Model):
    """A register (台账) and the properties of its records.

    `properties` is a list of {"name", "label", "type", "sensitive", "searchable", "role"}; `role` is one of "name",
    "id_number", "birth_date", "gender", or empty.
    """

    name = models.SlugField(_("name"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=120)
    #: What one record is called: 儿童.
    record_name = models.CharField(_("one record is called"), max_length=40)
    properties = models.JSONField(_("properties"), default=list)
    pack = models.CharField(max_length=60, blank=True, editable=False)

    class Meta:
        verbose_name = _("register")
        verbose_name_plural = _("registers")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class RecordState(models.TextChoices):
    """Whether a record is in use (记录状态)."""

    ACTIVE = "active", _("Active")
    LEFT = "left", _("Left")
    MERGED = "merged", _("Merged into another")


class RecordQuerySet(models.QuerySet["Record"]):
    """Verbs over records."""

    def active(self) -> RecordQuerySet:
        return self.filter(state=RecordState.ACTIVE)

    def for_user(self, user: Any) -> RecordQuerySet:
        """All for the bureau; the whole school for heads and editors; a class teacher's own (my children)."""
        if user_is_bureau(user):
            return self.all()
        if not user.is_authenticated or not user.is_active:
            return self.none()
        whole = school_ids_of(user, Role.SCHOOL_HEAD, Role.SCHOOL_EDITOR)
        own = models.Q(keepers__user=user, school__in=school_ids_of(user))
        return self.filter(models.Q(school__in=whole) | own).distinct()


class Record(models.Model):
    """A subject of a register (记录), such as a child. Its facts are those of its newest version."""

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    register = models.ForeignKey(Register, models.PROTECT, related_name="records", verbose_name=_("register"))
    school = models.ForeignKey(School, models.PROTECT, related_name="records", verbose_name=_("school"))
    #: What it is called in lists: the property whose role is "name".
    label = models.CharField(_("name"), max_length=120)
    sort_key = models.CharField(max_length=200, editable=False, db_index=True)
    state = models.CharField(
        _("state"), max_length=10, choices=RecordState.choices, default=RecordState.ACTIVE
    )
    version = models.PositiveIntegerField(default=0)
    #: Keyed fingerprint of the id number: finds the same child without opening anything.
    id_blind = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_from")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    objects: ClassVar = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("record")
        verbose_name_plural = _("records")
        ordering = ["sort_key"]
        indexes = [models.Index(fields=["register", "school", "state", "sort_key"], name="record_in_school")]

    def __str__(self) -> str:
        return self.label


class RecordKeeper(models.Model):
    """Who looks after a record (负责人): a class teacher and her children."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="keepers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="kept_records")
    since = models.DateField(auto_now_add=True)

    class Meta:
        verbose_name = _("keeper of a record")
        verbose_name_plural = _("keepers of records")
        constraints = [models.UniqueConstraint(fields=["record", "user"], name="keeper_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.record}"


class RecordVersion(models.Model):
    """The facts of a record after one write (记录版本). It never changes.

    `kept_data` maps property names to values, sensitive ones sealed; `changed` names what this write set;
    `base` is the version that the writer had seen: older than `number - 1` means that another came between.
    """

    record = models.ForeignKey(Record, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    base = models.PositiveIntegerField(default=0)
    kept_data = models.JSONField(default=dict)
    changed = models.JSONField(default=list)
    source = models.ForeignKey(
        "forms.SubmissionRevision", models.PROTECT, null=True, blank=True, related_name="record_versions"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("version of a record")
        verbose_name_plural = _("versions of records")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["record", "number"], name="record_version_once")]

    def __str__(self) -> str:
        return f"{self.record} v{self.number}"
