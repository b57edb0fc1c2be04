"""Settling conflicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.registers.actions.edits import read_facts
from forms.registers.models import Origin, RecordConflict
from forms.registers.permissions import user_can_edit_record
from forms.registers.versions import Written, locked, log_record, write_version

CHOICES = ("mine", "theirs", "other")


@dataclass
class SettleConflict:
    """Say which value of a property holds (处理冲突): the later writer's, the other's, or one that is typed now.

    Settling twice is refused. Raises ValidationError, PermissionDenied.
    """

    conflict: RecordConflict
    choice: str
    typed: Any = None
    user: Any = None

    @transaction.atomic
    def execute(self) -> RecordConflict:
        conflict = RecordConflict.objects.select_for_update().get(pk=self.conflict.pk)
        record = locked(conflict.record)
        if self.user is not None and not user_can_edit_record(self.user, record):
            raise PermissionDenied
        if conflict.settled_at is not None:
            raise ValidationError(_("Somebody settled this meanwhile."))
        if self.choice not in CHOICES:
            raise ValidationError(_("Please choose which value holds."))
        value = self._value(conflict, record)
        changes = {conflict.property_name: value}
        write_version(record, Written(changes, Origin.CONFLICT, record.version, user=self.user))
        conflict.settled_at, conflict.settled_by, conflict.chosen = timezone.now(), self.user, self.choice
        conflict.save(update_fields=["settled_at", "settled_by", "chosen"])
        log_record(record, "wagtail.edit", self.user, settled=conflict.property_name, chosen=self.choice)
        return conflict

    def _value(self, conflict: RecordConflict, record: Any) -> Any:
        if self.choice != "other":
            return conflict.values[self.choice]
        name, schema = conflict.property_name, record.register.schema
        if name not in schema.properties:
            raise ValidationError(_("The register no longer has this property."))
        return read_facts(schema, {name: self.typed})[name]
