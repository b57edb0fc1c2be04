"""What happens to records besides being written: conflicts, imports, merges, duplicates, transfers."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.service import Role, School, school_ids_of, user_is_bureau, user_is_bureau_admin
from forms.registers.keeping import unpack_facts
from forms.registers.models.records import Record, RecordState, RecordVersion
from forms.registers.models.registers import Register


class RecordConflictQuerySet(models.QuerySet["RecordConflict"]):
    """Verbs over conflicts."""

    def open(self) -> RecordConflictQuerySet:
        return self.filter(settled_at__isnull=True)


class RecordConflict(models.Model):
    """Two writers gave a property different values, neither seeing the other's (冲突). A person settles it.

    `kept_values` maps "mine" (of the later writer), "theirs" (what was there) and "base" (what she had seen) to the
    values, sealed when the property is sensitive. `written` tells whether mine stands in the record meanwhile.
    """

    record = models.ForeignKey(Record, models.CASCADE, related_name="conflicts")
    #: The version that the later writer made; empty when she wrote nothing at all.
    version = models.ForeignKey(
        RecordVersion, models.CASCADE, null=True, blank=True, related_name="conflicts"
    )
    source = models.ForeignKey(
        "forms.SubmissionRevision", models.PROTECT, null=True, blank=True, related_name="record_conflicts"
    )
    property_name = models.CharField(max_length=64)
    kept_values = models.JSONField(default=dict)
    written = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    #: "mine", "theirs", or "other" for a value of its own.
    chosen = models.CharField(max_length=10, blank=True)
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects: ClassVar = RecordConflictQuerySet.as_manager()

    class Meta:
        verbose_name = _("conflict")
        verbose_name_plural = _("conflicts")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"{self.record_id} {self.property_name}"

    @property
    def owner(self) -> str:
        """Return what the sealed values are tied to."""
        return f"conflict/{self.uuid}"

    @property
    def values(self) -> dict[str, Any]:
        """Return the values, opened."""
        return unpack_facts(self.kept_values, self.owner)


class RecordImport(models.Model):
    """A file of records that was brought in (导入批次)."""

    register = models.ForeignKey(Register, models.PROTECT, related_name="imports", verbose_name=_("register"))
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="+")
    file_name = models.CharField(_("file"), max_length=200, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(_("imported"), auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("import of records")
        verbose_name_plural = _("imports of records")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.register} {self.created_at:%Y-%m-%d %H:%M}"


class RecordMerge(models.Model):
    """Two records of one child made one (合并), with all that undoing needs.

    `moved` maps "submissions", "keepers" and "conflicts" to the ids that moved, and "drafts" to {id: the version of
    the merged record that the draft had seen}.
    """

    survivor = models.ForeignKey(Record, models.PROTECT, related_name="merges")
    merged = models.ForeignKey(Record, models.PROTECT, related_name="merges_into")
    #: The survivor's version before, and the one that the merge wrote (the same when nothing changed).
    version_before = models.PositiveIntegerField()
    version_after = models.PositiveIntegerField()
    state_before = models.CharField(max_length=10, choices=RecordState.choices)
    moved = models.JSONField(default=dict)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("merge of records")
        verbose_name_plural = _("merges of records")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.merged_id} → {self.survivor_id}"


class DuplicateAnswer(models.Model):
    """What a person said about a possible duplicate when she filled in a form: another child (不是同一人)."""

    draft = models.ForeignKey("forms.Draft", models.CASCADE, related_name="duplicate_answers")
    record = models.ForeignKey(Record, models.CASCADE, related_name="+")
    #: Why the person thinks so; must be given where id number, or name and birth, are the same.
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    said_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("answer about a duplicate")
        verbose_name_plural = _("answers about duplicates")
        constraints = [models.UniqueConstraint(fields=["draft", "record"], name="duplicate_answered_once")]

    def __str__(self) -> str:
        return f"{self.draft_id} ≠ {self.record_id}"


class TransferState(models.TextChoices):
    """Where a transfer stands."""

    ASKED = "asked", _("Asked for")
    AGREED = "agreed", _("Agreed")
    DECLINED = "declined", _("Declined")
    CANCELLED = "cancelled", _("Cancelled")


class TransferQuerySet(models.QuerySet["Transfer"]):
    """Verbs over transfers."""

    def open(self) -> TransferQuerySet:
        return self.filter(state=TransferState.ASKED)

    def for_user(self, user: Any) -> TransferQuerySet:
        """All for the bureau; those from and to her school for heads and editors."""
        if user_is_bureau(user):
            return self.all()
        if not user.is_authenticated or not user.is_active:
            return self.none()
        schools = school_ids_of(user, Role.SCHOOL_HEAD, Role.SCHOOL_EDITOR)
        return self.filter(models.Q(from_school__in=schools) | models.Q(to_school__in=schools))

    def to_decide_by(self, user: Any) -> TransferQuerySet:
        """Those that wait for this person's word: the head's of the school that was asked.

        The bureau's administrator speaks for a school that is closed.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        headed = school_ids_of(user, Role.SCHOOL_HEAD)
        mine = models.Q(asked_by_receiver=True, from_school__in=headed)
        mine |= models.Q(asked_by_receiver=False, to_school__in=headed)
        if user_is_bureau_admin(user):
            mine |= models.Q(asked_by_receiver=True) & ~models.Q(from_school__status="open")
            mine |= models.Q(asked_by_receiver=False) & ~models.Q(to_school__status="open")
        return self.open().filter(mine)


class Transfer(models.Model):
    """A record goes from one school to another (转学), once both have said yes.

    One side asks, the head of the other agrees. Until then the receiving school learns nothing but `asked_as`: what
    it typed itself when it asked, masked.
    """

    record = models.ForeignKey(Record, models.PROTECT, related_name="transfers")
    from_school = models.ForeignKey(
        School, models.PROTECT, related_name="transfers_out", verbose_name=_("from school")
    )
    to_school = models.ForeignKey(
        School, models.PROTECT, related_name="transfers_in", verbose_name=_("to school")
    )
    asked_by_receiver = models.BooleanField(default=False)
    asked_as = models.CharField(max_length=60, blank=True)
    reason = models.CharField(_("reason"), max_length=500)
    state = models.CharField(
        _("state"), max_length=10, choices=TransferState.choices, default=TransferState.ASKED
    )
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=500, blank=True)

    objects: ClassVar = TransferQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["record"], condition=models.Q(state="asked"), name="one_open_transfer"
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_school} → {self.to_school}"

    @property
    def asked_school(self) -> School:
        """Return the school that is to agree."""
        return self.from_school if self.asked_by_receiver else self.to_school
