"""Running a batch: each file by itself, so that a bad one costs nothing but its own result."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.plan_import.actions import MakePlanPage
from cms.plan_import.models import BatchState, ImportBatch, ImportedPlan, ImportFile
from cms.plan_import.readers import ReadError, SourceFile
from cms.plan_import.survey import FoundPlan, Survey

logger = logging.getLogger(__name__)


@dataclass
class RunBatch:
    """Read the files of a batch, and make their pages unless it is a dry run.

    Files that are done are left alone, so that a batch that was interrupted can be taken up again.
    """

    batch: ImportBatch
    again: bool = False  # make plans whose title is there already, too
    survey: Survey = field(init=False)

    def __post_init__(self) -> None:
        self.survey = Survey(self.batch.school, self.batch.user)

    def execute(self) -> None:
        """Run the uploaded files in the background."""
        self._mark(BatchState.RUNNING)
        for file in self.batch.files.filter(done=False):
            with file.upload.open("rb") as upload:
                source = SourceFile(file.name, upload.read())
            list(self.run_file(file, source))
        self.finish()

    def run_file(self, file: ImportFile, source: SourceFile) -> Iterator[dict[str, Any]]:
        """Read one file, keep the results, yield the report of each plan; a refused file yields none."""
        try:
            with transaction.atomic():
                found = self.survey.plans_in(source)
                reports = [self._keep(file, plan, place) for place, plan in enumerate(found)]
        except (ReadError, PermissionDenied, ValidationError) as error:
            self._refuse(file, _reason(error))
            return
        except Exception:  # one bad file never stops the batch; the log has the trace
            logger.exception("Plan import: file %s of batch %s failed", file.pk, self.batch.pk)
            self._refuse(file, _("The file could not be imported because of an error in the system."))
            return
        file.done = True
        file.save(update_fields=["done"])
        self._drop_upload(file)
        yield from reports

    def finish(self) -> None:
        """Close the batch: failed when no file could be read."""
        files = list(self.batch.files.values_list("error", flat=True))
        failed = bool(files) and all(files)
        self.batch.finished_at = timezone.now()
        self._mark(BatchState.FAILED if failed else BatchState.DONE)

    def _keep(self, file: ImportFile, found: FoundPlan, place: int) -> dict[str, Any]:
        """Keep the report of a plan and make its page; the second run finds the rows of the dry run."""
        row = self._row(file, found, place)
        report = found.report()
        if not self.batch.dry_run and row.chosen:
            page = MakePlanPage(found, self.batch.user).execute()
            row.page, row.made_revision = page, page.latest_revision_id
            report["page"] = page.pk
        row.title, row.report = found.title, report
        row.save()
        return report

    def _row(self, file: ImportFile, found: FoundPlan, place: int) -> ImportedPlan:
        rows = list(file.plans.all()[place : place + 1])
        return (
            rows[0]
            if rows
            else ImportedPlan(file=file, chosen=found.is_new or (self.again and not found.repeats))
        )

    def _refuse(self, file: ImportFile, reason: str) -> None:
        file.done, file.error = True, reason
        file.save(update_fields=["done", "error"])
        self._drop_upload(file)

    def _drop_upload(self, file: ImportFile) -> None:
        """Uploads are needed until the pages are made."""
        if file.upload and (file.error or not self.batch.dry_run):
            file.upload.delete(save=True)

    def _mark(self, state: str) -> None:
        self.batch.state = state
        self.batch.save(update_fields=["state", "finished_at"])


def _reason(error: Exception) -> str:
    if isinstance(error, PermissionDenied):
        return _("You may not import plans for the school that this file names.")
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
