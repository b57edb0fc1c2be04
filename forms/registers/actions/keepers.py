"""Who looks after which record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms.service import Membership
from forms.findable.notes import note_records
from forms.registers.models import Record, RecordKeeper, RecordState
from forms.registers.permissions import user_can_assign_keepers
from forms.registers.versions import log_record


@dataclass
class AssignKeepers:
    """Give records to a keeper (分配负责人), or take them away from her; `keeper=None` takes them from everybody.

    `alone` takes them from the others. All records or none: raises ValidationError when the keeper does not work in
    a record's school, PermissionDenied when one is not the user's to assign. Returns how many changed.
    """

    records: Iterable[Record]
    keeper: Any
    user: Any = None
    alone: bool = False

    @transaction.atomic
    def execute(self) -> int:
        pks = [record.pk for record in self.records]
        records = list(
            Record.objects.select_for_update(of=("self",)).filter(pk__in=pks).select_related("register")
        )
        self._check(records)
        before = self._keepers(pks)
        held = RecordKeeper.objects.filter(record__in=pks)
        if self.keeper is None:
            held.delete()
        elif self.alone:
            held.exclude(user=self.keeper).delete()
        if self.keeper is not None:
            rows = [RecordKeeper(record=record, user=self.keeper) for record in records]
            RecordKeeper.objects.bulk_create(rows, ignore_conflicts=True)
        after = self._keepers(pks)
        changed = [record for record in records if before.get(record.pk) != after.get(record.pk)]
        note_records(record.pk for record in changed)
        for record in changed:
            log_record(record, "wagtail.edit", self.user, keepers=sorted(after.get(record.pk, set())))
        return len(changed)

    def _check(self, records: list[Record]) -> None:
        schools = {record.school_id for record in records}
        if self.user is not None and not all(user_can_assign_keepers(self.user, pk) for pk in schools):
            raise PermissionDenied
        if any(record.state == RecordState.MERGED for record in records):
            raise ValidationError(_("One of the records was merged into another."))
        if self.keeper is not None:
            works_in = (
                Membership.objects.in_force().filter(user=self.keeper).values_list("school_id", flat=True)
            )
            if not schools <= set(works_in):
                raise ValidationError(_("The keeper does not work in the school of every record."))

    def _keepers(self, pks: list[Any]) -> dict[Any, set[int]]:
        found: dict[Any, set[int]] = {}
        for record, user in RecordKeeper.objects.filter(record__in=pks).values_list("record", "user"):
            found.setdefault(record, set()).add(user)
        return found
