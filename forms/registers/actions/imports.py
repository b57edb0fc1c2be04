"""Records from Excel, and the way back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.service import School, SheetRow
from forms.registers.models import Origin, Record, RecordImport, RecordVersion, Register
from forms.registers.permissions import user_can_keep_records_of
from forms.registers.sheet import RecordPlan, RecordPlanner
from forms.registers.versions import Written, facts_at, locked, log_record, write_version


@dataclass
class ImportRecords:
    """Make the records of the rows and update the known ones (导入记录): all or nothing, as one batch.

    Raises PermissionDenied, or ValidationError when a row has a fault.
    """

    register: Register
    schools: list[School]
    rows: list[SheetRow]
    user: Any
    file_name: str = ""

    @transaction.atomic
    def execute(self) -> RecordImport:
        if not self.schools or not all(user_can_keep_records_of(self.user, one) for one in self.schools):
            raise PermissionDenied
        plans = RecordPlanner(self.register, self.schools, self.user).plan(self.rows)
        if any(plan.kind == "error" for plan in plans):
            raise ValidationError(_("Some rows have faults."))
        batch = RecordImport.objects.create(
            register=self.register,
            school=self.schools[0] if len(self.schools) == 1 else None,
            file_name=self.file_name[:200],
            created_by=self.user,
        )
        for plan in plans:
            self._write(plan, batch)
        log(
            instance=batch,
            action="wagtail.create",
            user=self.user,
            title=f"#{batch.pk}",
            data={"rows": len(plans)},
        )
        return batch

    def _write(self, plan: RecordPlan, batch: RecordImport) -> None:
        if plan.kind == "new":
            record = Record(register=self.register, school=plan.school)
        elif plan.kind == "changed" and plan.record is not None:
            record = locked(plan.record)
        else:
            return
        write_version(
            record, Written(plan.values, Origin.IMPORT, record.version, user=self.user, batch=batch)
        )


@dataclass
class UndoImport:
    """Take an import back where nothing was written since (撤销导入).

    A record that it made goes when nothing hangs on it; one that it changed gets its facts back in a new version.
    `kept` names the others with the reason. Raises ValidationError, PermissionDenied.
    """

    batch: RecordImport
    user: Any
    kept: list[tuple[Record, str]] = field(default_factory=list)
    undone: int = 0

    @transaction.atomic
    def execute(self) -> RecordImport:
        batch = RecordImport.objects.select_for_update(of=("self",)).get(pk=self.batch.pk)
        if not user_can_keep_records_of(self.user, batch.school_id):
            raise PermissionDenied
        if batch.undone_at is not None:
            raise ValidationError(_("The import was undone already."))
        versions = batch.record_versions.select_related("record__register")
        for version in versions:
            self._undo(version)
        batch.undone_at, batch.undone_by = timezone.now(), self.user
        batch.save(update_fields=["undone_at", "undone_by"])
        log(
            instance=batch, action="wagtail.edit", user=self.user, title=f"#{batch.pk}",
            data={"undone": self.undone, "kept": len(self.kept)},
        )  # fmt: skip
        return batch

    def _undo(self, version: RecordVersion) -> None:
        record = locked(version.record)
        reason = why_kept(version, record)
        if reason:
            self.kept.append((record, reason))
            return
        self.undone += 1
        if version.number == 1:
            log_record(record, "wagtail.delete", self.user, undone_import=version.batch_id)
            record.delete()
            return
        before, now = facts_at(record, version.number - 1), version.facts
        changes = {name: before.get(name) for name in {*before, *now}}
        write_version(record, Written(changes, Origin.UNDO, record.version, user=self.user))


def why_kept(version: RecordVersion, record: Record | None = None) -> str:
    """Return why undoing leaves this row's record alone, empty when it does not."""
    record = record or version.record
    if record.pk != version.record_id or record.merges.exists() or record.merged_into_id:
        return _("It was merged with another record since.")
    if record.version != version.number:
        return _("It was changed since.")
    if version.number == 1:
        if record.submissions.exists() or record.drafts.exists():
            return _("Forms have been filled in about it.")
        if record.transfers.exists():
            return _("A transfer has been asked for.")
        if record.conflicts.exists() or record.merges_into.exists():
            return _("It was changed since.")
    return ""
