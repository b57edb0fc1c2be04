"""Importing plans and taking an import back. Pages are made as drafts: a person submits them later.

Drafts are nobody's business outside, so nothing here writes to the outbox.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.pages.models import PlanIndexPage, PlanPage
from cms.plan_import.models import BatchState, ImportBatch, ImportedPlan, ImportFile
from cms.plan_import.permissions import user_can_change_batch, user_can_import_for
from cms.plan_import.survey import FoundPlan
from cms.schools.models import School


@dataclass
class MakePlanPage:
    """Make the draft page of a plan in the list of its school, or the bureau's. `user=None`: the operator."""

    found: FoundPlan
    user: Any = None

    def check(self) -> None:
        if self.user is not None and not user_can_import_for(self.user, self.found.school):
            raise PermissionDenied

    @transaction.atomic
    def execute(self) -> PlanPage:
        self.check()
        index = PlanIndexPage.objects.get(school=self.found.school)
        page = PlanPage(title=self.found.title, live=False, owner=self.user, **self.found.fields)
        index.add_child(instance=page)
        log(instance=page, action="wagtail.create", user=self.user)
        page.save_revision(user=self.user)
        return page


@dataclass
class StartImport:
    """Keep uploaded files as a batch, for a dry run in the background. Raises PermissionDenied."""

    user: Any
    school: School | None
    files: Iterable[tuple[str, bytes, str]]  # name, content, or the reason why it was refused

    def check(self) -> None:
        if not user_can_import_for(self.user, self.school):
            raise PermissionDenied

    @transaction.atomic
    def execute(self) -> ImportBatch:
        from django.core.files.base import ContentFile

        from cms.plan_import.tasks import enqueue

        self.check()
        batch = ImportBatch.objects.create(school=self.school, user=self.user, dry_run=True)
        for number, (name, content, error) in enumerate(self.files, 1):
            file = ImportFile(batch=batch, name=name[-255:], error=error, done=bool(error))
            if not error:
                file.upload.save(f"{batch.pk}-{number}", ContentFile(content), save=False)
            file.save()
        log(instance=batch, action="wagtail.create", user=self.user)
        enqueue(batch)
        return batch


@dataclass
class ConfirmImport:
    """Make the pages of the chosen plans of a dry run. Raises ValidationError when it is too late."""

    user: Any
    batch: ImportBatch
    chosen: set[int]  # ids of ImportedPlan

    def check(self) -> None:
        if not user_can_change_batch(self.user, self.batch):
            raise PermissionDenied

    @transaction.atomic
    def execute(self) -> ImportBatch:
        from cms.plan_import.tasks import enqueue

        self.check()
        batch = ImportBatch.objects.select_for_update().get(pk=self.batch.pk)
        if not batch.awaits_confirmation:
            raise ValidationError(_("This import was confirmed or dropped already."))
        plans = ImportedPlan.objects.filter(file__batch=batch)
        if not plans.filter(pk__in=self.chosen).exists():
            raise ValidationError(_("Choose at least one plan."))
        plans.update(chosen=False)
        plans.filter(pk__in=self.chosen).update(chosen=True)
        batch.files.filter(error="").update(done=False)
        batch.dry_run, batch.state, batch.user = False, BatchState.WAITING, self.user
        batch.save()
        enqueue(batch)
        return batch


@dataclass
class UndoImport:
    """Delete the pages of a batch, all but those that were edited, submitted or published since.

    Returns (deleted, kept); a kept plan says why in `kept_because`. `user=None` is the operator.
    """

    batch: ImportBatch
    user: Any = None

    def check(self) -> None:
        if self.user is not None and not user_can_change_batch(self.user, self.batch):
            raise PermissionDenied

    @transaction.atomic
    def execute(self) -> tuple[list[ImportedPlan], list[ImportedPlan]]:
        self.check()
        batch = ImportBatch.objects.select_for_update().get(pk=self.batch.pk)
        if not batch.can_be_undone:
            raise ValidationError(_("This import has nothing to undo, or is still running."))
        deleted: list[ImportedPlan] = []
        kept: list[ImportedPlan] = []
        for plan in ImportedPlan.objects.filter(file__batch=batch, page__isnull=False).select_related("page"):
            plan.kept_because = reason_to_keep(plan)
            (kept if plan.kept_because else deleted).append(plan)
        for plan in kept:
            plan.save(update_fields=["kept_because"])
        for plan in deleted:
            PlanPage.objects.get(pk=plan.page_id).delete(user=self.user)
        batch.state, batch.finished_at = BatchState.UNDONE, timezone.now()
        batch.save(update_fields=["state", "finished_at"])
        log(instance=batch, action="wagtail.delete", user=self.user)
        return deleted, kept


def reason_to_keep(plan: ImportedPlan) -> str:
    """Return why undo must leave the page alone, empty when it may go."""
    page = plan.page
    if page is None:
        return ""
    if page.live or page.first_published_at:
        return _("It was published.")
    if page.current_workflow_state is not None:
        return _("It was submitted for approval.")
    if page.latest_revision_id != plan.made_revision:
        return _("It was edited.")
    return ""
