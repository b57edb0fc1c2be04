"""A batch of imported plans, kept so that it can be watched, read and undone."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class BatchState(models.TextChoices):
    """Where a batch is."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    UNDONE = "undone", _("Undone")


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


class ImportFile(models.Model):
    """One file of a batch: read, or refused with the reason."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="files")
    name = models.CharField(_("file name"), max_length=255)
    upload = models.FileField(upload_to="plan-import/", blank=True)
    done = models.BooleanField(default=False)
    error = models.TextField(_("error"), blank=True)

    def __str__(self) -> str:
        return self.name


class ImportedPlan(models.Model):
    """One plan found in a file, and the page made from it."""

    file = models.ForeignKey(ImportFile, models.CASCADE, related_name="plans")
    page = models.ForeignKey("cms.PlanPage", models.SET_NULL, null=True, blank=True, related_name="+")
    title = models.CharField(_("title"), max_length=255)
    report = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.title
