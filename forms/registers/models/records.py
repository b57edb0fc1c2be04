"""Records, their keepers and their versions."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.service import Role, School, school_ids_of, user_is_bureau
from forms.registers.keeping import pack_facts, unpack_facts
from forms.registers.models.registers import Register
from forms.registers.properties import Schema


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
    #: What it is called in lists: the property whose role is "name", masked when that is sensitive.
    label = models.CharField(_("name"), max_length=120)
    sort_key = models.CharField(max_length=200, editable=False, db_index=True)
    #: First letters of the name's syllables (zxm), and what it sounds like; empty when the name is sensitive.
    initials = models.CharField(max_length=40, blank=True, editable=False, db_index=True)
    sound = models.CharField(max_length=120, blank=True, editable=False)
    #: Empty when the property is sensitive.
    birth_date = models.DateField(_("date of birth"), null=True, blank=True, editable=False)
    gender = models.CharField(_("gender"), max_length=10, blank=True, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=RecordState.choices, default=RecordState.ACTIVE
    )
    version = models.PositiveIntegerField(default=0)
    #: Keyed fingerprint of the id number: finds the same child without opening anything.
    id_blind = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    #: Keyed fingerprint of the name with the date of birth.
    birth_blind = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_from")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    objects: ClassVar = RecordQuerySet.as_manager()

    #: Children's data stays out of the references that Wagtail keeps between all contents.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("record")
        verbose_name_plural = _("records")
        ordering = ["sort_key"]
        indexes = [
            models.Index(fields=["register", "school", "state", "sort_key"], name="record_in_school"),
            models.Index(fields=["register", "sound"], name="record_by_sound"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def newest(self) -> RecordVersion | None:
        """Return the version that holds the record's facts. One query unless versions are prefetched."""
        return next((one for one in self.versions.all() if one.number == self.version), None)


class RecordFact(models.Model):
    """A searchable fact of a record's newest version, as people see it. Sensitive ones are never here."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="searchable_facts")
    property_name = models.CharField(max_length=64)
    value = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("searchable fact")
        verbose_name_plural = _("searchable facts")
        constraints = [
            models.UniqueConstraint(fields=["record", "property_name"], name="fact_once_in_record")
        ]
        indexes = [models.Index(fields=["property_name", "value"], name="record_fact_value")]

    def __str__(self) -> str:
        return f"{self.record_id} {self.property_name}"


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


class Origin(models.TextChoices):
    """What wrote a version of a record."""

    FORM = "form", _("A form")
    HAND = "hand", _("By hand")
    IMPORT = "import", _("An import")
    CONFLICT = "conflict", _("A settled conflict")
    MERGE = "merge", _("A merge")
    UNDO = "undo", _("An undoing")


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
    origin = models.CharField(_("written by"), max_length=10, choices=Origin.choices, default=Origin.FORM)
    source = models.ForeignKey(
        "forms.SubmissionRevision", models.PROTECT, null=True, blank=True, related_name="record_versions"
    )
    batch = models.ForeignKey(
        "forms.RecordImport", models.PROTECT, null=True, blank=True, related_name="record_versions"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(_("written"), auto_now_add=True)

    class Meta:
        verbose_name = _("version of a record")
        verbose_name_plural = _("versions of records")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["record", "number"], name="record_version_once"),
            models.UniqueConstraint(
                fields=["source"], condition=models.Q(source__isnull=False), name="revision_written_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record} v{self.number}"

    @property
    def owner(self) -> str:
        """Return what the sealed facts of this version are tied to."""
        return f"record/{self.record_id}/{self.number}"

    @property
    def facts(self) -> dict[str, Any]:
        """Return the facts, opened. Who shows them masks what the reader may not see."""
        return unpack_facts(self.kept_data, self.owner)

    def keep(self, schema: Schema, facts: dict[str, Any]) -> None:
        """Put the facts into the row, sealed where they are sensitive. Saving is the caller's."""
        self.kept_data = pack_facts(schema, facts, self.owner)
