"""Two records of one child become one, and two again when that was wrong."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.filling.models import Draft
from forms.findable.notes import note_records, note_submissions
from forms.registers.models import Origin, Record, RecordConflict, RecordKeeper, RecordMerge, RecordState
from forms.registers.permissions import user_can_merge_records
from forms.registers.versions import Written, facts_at, facts_now, log_record, write_version
from forms.submissions.models import Submission


def _lock_both(one: Any, other: Any) -> tuple[Record, Record]:
    """Return both records locked, always in the same order, so that two merges cannot wait for each other."""
    rows = Record.objects.select_for_update(of=("self",)).select_related("register", "school").order_by("pk")
    found = {record.pk: record for record in rows.filter(pk__in=[one, other])}
    return found[one], found[other]


@dataclass
class MergeRecords:
    """Make `merged` part of `survivor` (合并记录).

    The survivor's facts stand; those it lacks, and those named in `take`, come from the other. Submissions, drafts
    and keepers move to it; the versions of the other stay where they are, sealed to it, and are shown with the
    survivor's. Raises ValidationError, PermissionDenied.
    """

    survivor: Record
    merged: Record
    take: Collection[str] = ()
    user: Any = None

    @transaction.atomic
    def execute(self) -> RecordMerge:
        survivor, merged = self._checked()
        before = survivor.version
        mine, theirs = facts_now(survivor), facts_now(merged)
        changes = {name: value for name, value in theirs.items() if name not in mine or name in self.take}
        write_version(survivor, Written(changes, Origin.MERGE, before, user=self.user))
        merge = RecordMerge(
            survivor=survivor,
            merged=merged,
            version_before=before,
            version_after=survivor.version,
            state_before=merged.state,
            moved=_move(merged, survivor),
            made_by=self.user,
        )
        merge.save()
        merged.state, merged.merged_into = RecordState.MERGED, survivor
        merged.save(update_fields=["state", "merged_into", "changed_at"])
        log_record(survivor, "wagtail.edit", self.user, merged=str(merged.pk))
        log_record(merged, "wagtail.edit", self.user, merged_into=str(survivor.pk))
        return merge

    def _checked(self) -> tuple[Record, Record]:
        if self.survivor.pk == self.merged.pk:
            raise ValidationError(_("A record cannot be merged with itself."))
        survivor, merged = _lock_both(self.survivor.pk, self.merged.pk)
        if self.user is not None and not user_can_merge_records(self.user, survivor, merged):
            raise PermissionDenied
        if survivor.register_id != merged.register_id:
            raise ValidationError(_("The records belong to different registers."))
        if RecordState.MERGED in (survivor.state, merged.state):
            raise ValidationError(_("One of the records was merged into another."))
        if survivor.transfers.open().exists() or merged.transfers.open().exists():
            raise ValidationError(_("A transfer of one of the records is not decided yet."))
        return survivor, merged


def _move(merged: Record, survivor: Record) -> dict[str, Any]:
    """Move what belongs to the one to the other, and return what moved."""
    submissions = Submission.objects.filter(subject=merged)
    drafts = Draft.objects.filter(subject=merged)
    keepers = RecordKeeper.objects.filter(record=merged).exclude(
        user__in=RecordKeeper.objects.filter(record=survivor).values("user")
    )
    if merged.school_id != survivor.school_id:
        keepers = keepers.none()
    moved: dict[str, Any] = {
        "submissions": [str(pk) for pk in submissions.values_list("pk", flat=True)],
        "drafts": {str(pk): seen for pk, seen in drafts.values_list("pk", "subject_version")},
        "keepers": list(keepers.values_list("pk", flat=True)),
        "conflicts": list(RecordConflict.objects.filter(record=merged).open().values_list("pk", flat=True)),
    }
    submissions.update(subject=survivor)
    drafts.update(subject=survivor, subject_version=None)
    RecordKeeper.objects.filter(pk__in=moved["keepers"]).update(record=survivor)
    RecordConflict.objects.filter(pk__in=moved["conflicts"]).update(record=survivor)
    note_submissions(moved["submissions"])
    note_records([survivor.pk, merged.pk])
    return moved


@dataclass
class UndoMerge:
    """Make two records of a merge two again (撤销合并).

    What moved goes back. Facts that the merge set and nobody changed since become what they were; others stay.
    Raises ValidationError when a later merge must be undone first, PermissionDenied.
    """

    merge: RecordMerge
    user: Any = None

    @transaction.atomic
    def execute(self) -> RecordMerge:
        merge = RecordMerge.objects.select_for_update().get(pk=self.merge.pk)
        survivor, merged = _lock_both(merge.survivor_id, merge.merged_id)
        if self.user is not None and not user_can_merge_records(self.user, survivor, merged):
            raise PermissionDenied
        if merge.undone_at is not None:
            raise ValidationError(_("The merge was undone already."))
        if survivor.state == RecordState.MERGED:
            raise ValidationError(_("The record was merged into a third one since: undo that merge first."))
        changes = self._changes_back(merge, survivor)
        write_version(survivor, Written(changes, Origin.UNDO, survivor.version, user=self.user))
        _move_back(merge)
        merged.state, merged.merged_into = merge.state_before, None
        merged.save(update_fields=["state", "merged_into", "changed_at"])
        merge.undone_at, merge.undone_by = timezone.now(), self.user
        merge.save(update_fields=["undone_at", "undone_by"])
        log_record(survivor, "wagtail.edit", self.user, unmerged=str(merged.pk))
        log_record(merged, "wagtail.edit", self.user, unmerged_from=str(survivor.pk))
        return merge

    def _changes_back(self, merge: RecordMerge, survivor: Record) -> dict[str, Any]:
        before, after = facts_at(survivor, merge.version_before), facts_at(survivor, merge.version_after)
        now = facts_now(survivor)
        return {
            name: before.get(name)
            for name, value in after.items()
            if before.get(name) != value and now.get(name) == value
        }


def _move_back(merge: RecordMerge) -> None:
    moved = merge.moved
    Submission.objects.filter(pk__in=moved["submissions"], subject=merge.survivor_id).update(
        subject=merge.merged_id
    )
    RecordKeeper.objects.filter(pk__in=moved["keepers"], record=merge.survivor_id).update(
        record=merge.merged_id
    )
    RecordConflict.objects.filter(pk__in=moved["conflicts"]).open().update(record=merge.merged_id)
    note_submissions(moved["submissions"])
    note_records([merge.survivor_id, merge.merged_id])
    for pk, seen in moved["drafts"].items():
        Draft.objects.filter(pk=pk, subject=merge.survivor_id).update(
            subject=merge.merged_id, subject_version=seen
        )
