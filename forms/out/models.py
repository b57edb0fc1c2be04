"""Exports that were asked for: how far they are, and the file that came of them."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from forms.definitions.models import Form


class ExportFormat(models.TextChoices):
    """The kinds of files (导出格式)."""

    XLSX = "xlsx", _("Excel workbook (.xlsx)")
    CSV = "csv", _("CSV, for statistics programs (.csv)")
    JSONL = "jsonl", _("JSON Lines, for developers (.jsonl)")


class ExportState(models.TextChoices):
    """How far an export is."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    LAPSED = "lapsed", _("File deleted")


class ExportJobQuerySet(models.QuerySet["ExportJob"]):
    """Verbs over exports."""

    def for_user(self, user: Any) -> ExportJobQuerySet:
        """An export is seen by who asked for it alone: it was made with that person's rights."""
        return self.filter(user=user) if user.is_authenticated and user.is_active else self.none()


class ExportJob(models.Model):
    """An export of a form's submissions (导出). The file lies in the private store and is deleted after some days."""

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    form = models.ForeignKey(Form, models.CASCADE, related_name="exports", verbose_name=_("form"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    format = models.CharField(
        _("format"), max_length=5, choices=ExportFormat.choices, default=ExportFormat.XLSX
    )
    #: {"state", "school", "from", "to"}: ids and ISO days, each may be missing.
    filters = models.JSONField(default=dict, blank=True)
    #: With sensitive answers opened: asked for with a reason, which is logged.
    sensitive = models.BooleanField(default=False)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=ExportState.choices, default=ExportState.WAITING)
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
    created_at = models.DateTimeField(_("asked for"), auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = ExportJobQuerySet.as_manager()

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.form} {self.created_at:%Y-%m-%d %H:%M}"

    @property
    def path(self) -> Path:
        """Return where the file is, or will be."""
        return Path(settings.FORMS_FILES) / "exports" / f"{self.uuid}.{self.suffix}"

    @property
    def suffix(self) -> str:
        """Return the file's extension: several tables as CSV come as a ZIP."""
        return "zip" if self.format == ExportFormat.CSV and self.has_rosters else str(self.format)

    @property
    def has_rosters(self) -> bool:
        """Say whether the form has more than one table."""
        return any(version.document.rosters for version in self.form.versions.all())

    @property
    def is_busy(self) -> bool:
        return self.state in {ExportState.WAITING, ExportState.RUNNING}
