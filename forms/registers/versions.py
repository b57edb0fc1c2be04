"""Writing a version of a record: the one place where facts change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from forms.registers.describing import describe, keep_searchable
from forms.registers.keeping import is_sensitive, place_of_fact
from forms.registers.models import Record, RecordConflict, RecordState, RecordVersion
from forms.registers.properties import Schema
from forms.sealing.seal import seal


def locked(record: Record) -> Record:
    """Return the record, its row locked until the transaction ends; of a merged one that which it went into."""
    found = (
        Record.objects.select_for_update(of=("self",)).select_related("register", "school").get(pk=record.pk)
    )
    while found.state == RecordState.MERGED and found.merged_into_id:
        found = (
            Record.objects.select_for_update(of=("self",))
            .select_related("register", "school")
            .get(pk=found.merged_into_id)
        )
    return found


def facts_at(record: Record, number: int) -> dict[str, Any]:
    """Return the record's facts, opened, as they were at a version; none before the first. One query."""
    version = RecordVersion.objects.filter(record=record, number=number).first() if number else None
    return version.facts if version else {}


def facts_now(record: Record) -> dict[str, Any]:
    """Return the record's facts, opened. Who shows them masks what the reader may not see. One query."""
    return facts_at(record, record.version)


@dataclass
class Written:
    """What a write sets: properties to their values, None to take one away, and where it comes from."""

    changes: dict[str, Any]
    origin: str
    base: int
    user: Any = None
    source: Any = None
    batch: Any = None


def write_version(record: Record, write: Written) -> RecordVersion | None:
    """Write the next version of the record, whose row the caller has locked or is about to make.

    Returns None, and writes nothing, when nothing would change. The caller has checked permission and values.
    """
    schema = record.register.schema
    facts = facts_now(record) if record.version else {}
    changes = {name: value for name, value in write.changes.items() if facts.get(name) != value}
    if not changes and record.version:
        return None
    facts = {name: value for name, value in {**facts, **changes}.items() if value is not None}
    with transaction.atomic():
        record.version += 1
        describe(record, schema, facts)
        record.save()
        version = RecordVersion(
            record=record,
            number=record.version,
            base=write.base,
            origin=write.origin,
            changed=sorted(changes),
            source=write.source,
            batch=write.batch,
            created_by=write.user,
        )
        version.keep(schema, facts)
        version.save()
        keep_searchable(record, schema, facts)
        action = "wagtail.create" if record.version == 1 else "wagtail.edit"
        log_record(record, action, write.user, version=version.number, changed=version.changed)
    return version


def log_record(record: Record, action: str, user: Any, **data: Any) -> None:
    """Log what happened to a record. The log names it by its id alone, since names of children stay out of logs."""
    title = f"{record.register.record_name} {str(record.pk)[:8]}"
    log(instance=record, action=action, user=user, title=title, data=data)


@dataclass
class Clash:
    """A property that two writers gave different values."""

    name: str
    mine: Any
    theirs: Any
    base: Any = None
    written: bool = True


def record_conflicts(
    record: Record, schema: Schema, clashes: list[Clash], *, version: RecordVersion | None, source: Any
) -> None:
    """Keep the clashes for a person to settle."""
    for clash in clashes:
        conflict = RecordConflict(
            record=record, version=version, source=source, property_name=clash.name, written=clash.written
        )
        values = {"mine": clash.mine, "theirs": clash.theirs, "base": clash.base}
        conflict.kept_values = _pack_values(schema, clash.name, values, conflict.owner)
        conflict.save()


def _pack_values(schema: Schema, name: str, values: dict[str, Any], owner: str) -> dict[str, Any]:
    """Return the values by role, each sealed when the property is sensitive."""
    if not is_sensitive(schema, name):
        return values
    return {
        key: value if value is None else seal(value, place_of_fact(owner, key))
        for key, value in values.items()
    }
