"""Asking for an export, making it, and forgetting it."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from forms.definitions.models import Form
from forms.out.models import ExportFormat, ExportJob, ExportState
from forms.out.permissions import user_can_export, user_can_export_sensitive
from forms.out.rows import Rows, read
from forms.out.tables import tables_of
from forms.out.writers import WRITERS
from forms.submissions.models import Submission

logger = logging.getLogger(__name__)
#: How long a finished file waits to be fetched.
KEEP_FILES = timedelta(days=7)


@dataclass
class AskForExport:
    """Have the worker write a file of a form's submissions (导出). `filters` as in `ExportJob`.

    Raises PermissionDenied, ValidationError when sensitive answers are asked for without a reason.
    """

    form: Form
    user: Any
    format: str = ExportFormat.XLSX
    filters: dict[str, str] = field(default_factory=dict)
    sensitive: bool = False
    reason: str = ""

    @transaction.atomic
    def execute(self) -> ExportJob:
        if (
            not user_can_export(self.user)
            or not Form.objects.for_user(self.user).filter(pk=self.form.pk).exists()
        ):
            raise PermissionDenied
        if self.sensitive and not user_can_export_sensitive(self.user):
            raise PermissionDenied
        if self.sensitive and not self.reason.strip():
            raise ValidationError(
                {"reason": _("Please say what the sensitive answers are needed for. It is logged.")}
            )
        job = ExportJob.objects.create(
            form=self.form,
            user=self.user,
            format=ExportFormat(self.format),
            filters={key: value for key, value in self.filters.items() if value},
            sensitive=self.sensitive,
            reason=self.reason.strip(),
        )
        data = {
            "format": job.format,
            "filters": job.filters,
            "sensitive": job.sensitive,
            "reason": job.reason,
        }
        log(instance=self.form, action="forms.export", user=self.user, data=data)

        from forms.out.tasks import run_export

        transaction.on_commit(partial(run_export.enqueue, str(job.pk)))
        return job


def submissions_of(job: ExportJob) -> QuerySet[Submission]:
    """Return what the export holds: what its person may see now, cut down by its filters."""
    found = Submission.objects.for_user(job.user).filter(form=job.form)
    filters = job.filters
    state = filters.get("state")
    found = found.filter(state=state) if state else found.counted()
    if (school := filters.get("school", "")).isdecimal():
        found = found.filter(school=int(school))
    if day := _day(filters.get("from")):
        found = found.filter(submitted_at__gte=_midnight(day))
    if day := _day(filters.get("to")):
        found = found.filter(submitted_at__lt=_midnight(day + timedelta(days=1)))
    return found


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


@dataclass
class RunExport:
    """Write the file of an export. A file that is half written is begun anew; the old one is never served."""

    job: ExportJob

    def execute(self) -> None:
        found = submissions_of(self.job)
        self._mark(ExportState.RUNNING, rows_total=found.count(), rows_done=0)
        try:
            self._write(found)
        except Exception:
            logger.exception("Export %s failed", self.job.pk)
            self._mark(ExportState.FAILED, finished_at=timezone.now())
            return
        size = self.job.path.stat().st_size
        done = self.job.rows_total
        self._mark(ExportState.DONE, finished_at=timezone.now(), size=size, rows_done=done)

    def _write(self, found: QuerySet[Submission]) -> None:
        tables = tables_of(self.job.form, sensitive=self.job.sensitive)
        rows = Rows(tables, {version.pk: version for version in self.job.form.versions.all()})
        path = self.job.path
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        with part.open("wb") as out:
            WRITERS[self.job.format](out, read(found, sensitive=self.job.sensitive), rows, self._progress)
        part.replace(path)

    def _progress(self, count: int) -> None:
        if count % 1000 == 0:
            self._mark(ExportState.RUNNING, rows_done=count)

    def _mark(self, state: str, **values: Any) -> None:
        ExportJob.objects.filter(pk=self.job.pk).update(state=state, **values)
        for name, value in {"state": state, **values}.items():
            setattr(self.job, name, value)


def clean_exports() -> None:
    """Delete the files that have waited long enough; what was exported stays on record. Run once a day."""
    late = ExportJob.objects.filter(created_at__lt=timezone.now() - KEEP_FILES).exclude(
        state=ExportState.LAPSED
    )
    for job in late.select_related("form"):
        job.path.unlink(missing_ok=True)
        job.path.with_suffix(".part").unlink(missing_ok=True)
        job.state = ExportState.LAPSED
        job.save(update_fields=["state"])
