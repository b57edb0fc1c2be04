"""Records by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms.service import School
from forms.registers.merging import bring_in
from forms.registers.models import Origin, Record, RecordState, RecordVersion, Register
from forms.registers.permissions import user_can_edit_record, user_can_keep_records_of
from forms.registers.properties import Schema
from forms.registers.versions import Written, facts_at, locked, log_record, write_version


def read_facts(schema: Schema, typed: dict[str, Any], *, whole: bool = False) -> dict[str, Any]:
    """Return the values of what was typed, by property; keys that are no property are left out.

    `whole` asks for required properties that were not typed too. Raises ValidationError by property.
    """
    values = {name: schema.parse(name, text) for name, text in typed.items() if name in schema.properties}
    names = list(schema.properties) if whole else list(values)
    errors = {name: found for name in names if (found := schema.problems(name, values.get(name)))}
    if errors:
        raise ValidationError(errors)
    return values


@dataclass
class CreateRecord:
    """Enter a record by hand (新建记录). Raises ValidationError by property, PermissionDenied."""

    register: Register
    school: School
    typed: dict[str, Any]
    user: Any = None
    record: Record = field(init=False)

    @transaction.atomic
    def execute(self) -> Record:
        if self.user is not None and not user_can_keep_records_of(self.user, self.school):
            raise PermissionDenied
        values = read_facts(self.register.schema, self.typed, whole=True)
        self.record = Record(register=self.register, school=self.school)
        write_version(self.record, Written(values, Origin.HAND, 0, user=self.user))
        return self.record


@dataclass
class EditRecord:
    """Change facts of a record by hand (修改记录). `seen` is the version that the screen showed.

    A sensitive property left empty keeps its value. Returns None when nothing changed.
    Raises ValidationError by property, PermissionDenied.
    """

    record: Record
    typed: dict[str, Any]
    seen: int
    user: Any = None

    @transaction.atomic
    def execute(self) -> RecordVersion | None:
        record = locked(self.record)
        if self.user is not None and not user_can_edit_record(self.user, record):
            raise PermissionDenied
        if record.pk != self.record.pk:
            raise ValidationError(_("The record was merged into another meanwhile."))
        schema = record.register.schema
        kept = {one.name for one in schema.properties.values() if one.sensitive}
        typed = {
            name: text for name, text in self.typed.items() if text not in ("", None) or name not in kept
        }
        values = read_facts(schema, typed)
        base = min(self.seen, record.version)
        return bring_in(record, Written(values, Origin.HAND, base, user=self.user), facts_at(record, base))


@dataclass
class SetRecordState:
    """Say that a record's subject left, or is back (离开、恢复). Raises ValidationError, PermissionDenied."""

    record: Record
    state: str
    user: Any = None

    @transaction.atomic
    def execute(self) -> Record:
        record = locked(self.record)
        if self.user is not None and not user_can_edit_record(self.user, record):
            raise PermissionDenied
        if record.pk != self.record.pk or self.state not in (RecordState.ACTIVE, RecordState.LEFT):
            raise ValidationError(_("The record was merged into another meanwhile."))
        record.state = self.state
        record.save(update_fields=["state", "changed_at"])
        log_record(record, "wagtail.edit", self.user, state=self.state)
        return record
