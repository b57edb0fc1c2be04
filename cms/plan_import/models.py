"""A batch of imported plans, kept so that it can be watched, read and undone."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.utils.translation import gettext_lazy as _

#: The folder of uploads inside the private storage.
UPLOADS = "plan-import"


class PrivateStorage(FileSystemStorage):
    """Where uploads wait: beside the media folder, so that no address leads there. Asks the settings each time."""

    @property
    def base_location(self) -> str:
        return str(Path(settings.MEDIA_ROOT).parent / "private")

    @property
    def location(self) -> str:
        return str(Path(self.base_location).absolute())


def private_storage() -> FileSystemStorage:
    """Return the storage of uploads; migrations name this function."""
    return PrivateStorage()


class BatchState(models.TextChoices):
    """Where a batch is."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    UNDONE = "undone", _("Undone")
    LAPSED = "lapsed", _("Lapsed")


#: A batch in one of these is not touched: the worker has it, or will have it.
BUSY_STATES = frozenset({BatchState.WAITING, BatchState.RUNNING})


class ImportBatchQuerySet(models.QuerySet["ImportBatch"]):
    """Verbs over batches."""

    def for_user(self, user: Any) -> ImportBatchQuerySet:
        from cms.people.permissions import WRITING_ROLES, school_ids_of, user_is_bureau

        return (
            self.all()
            if user_is_bureau(user)
            else self.filter(school__in=school_ids_of(user, *WRITING_ROLES))
        )


class ImportBatch(models.Model):
    """One run of the plan import (计划导入批次) for one school, or for the bureau when `school` is empty."""

    school = models.ForeignKey(
        "cms.School",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="import_batches",
        verbose_name=_("school"),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("started by")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=BatchState.choices, default=BatchState.WAITING
    )
    dry_run = models.BooleanField(_("dry run"), default=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)

    objects: ClassVar = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("import batch")
        verbose_name_plural = _("import batches")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def is_busy(self) -> bool:
        return self.state in BUSY_STATES

    @property
    def awaits_confirmation(self) -> bool:
        """Say whether the dry run is over and nothing was made yet."""
        return self.dry_run and self.state == BatchState.DONE

    @property
    def can_be_undone(self) -> bool:
        return not self.dry_run and self.state in (BatchState.DONE, BatchState.FAILED)


class ImportFile(models.Model):
    """One file of a batch: read, or refused with the reason."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="files")
    name = models.CharField(_("file name"), max_length=255)
    upload = models.FileField(upload_to=f"{UPLOADS}/%Y/%m/", storage=private_storage, blank=True)
    done = models.BooleanField(default=False)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        verbose_name = _("imported file")
        verbose_name_plural = _("imported files")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class ImportedPlan(models.Model):
    """One plan found in a file, and the page made from it.

    `report` is what the command prints for it (docs/features/plan-import.md names its keys); `chosen` says
    whether a page is wanted; `made_revision` is the page as it was made, to see later edits by.
    """

    file = models.ForeignKey(ImportFile, models.CASCADE, related_name="plans")
    page = models.ForeignKey("cms.PlanPage", models.SET_NULL, null=True, blank=True, related_name="+")
    title = models.CharField(_("title"), max_length=255)
    chosen = models.BooleanField(default=True)
    made_revision = models.BigIntegerField(null=True)
    kept_because = models.TextField(blank=True)
    report = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("imported plan")
        verbose_name_plural = _("imported plans")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title
