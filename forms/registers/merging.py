"""Bringing a writer's values into a record that may have changed since she saw it."""

from __future__ import annotations

from typing import Any

from forms.registers.keeping import is_sensitive
from forms.registers.models import Record, RecordVersion
from forms.registers.versions import Clash, Written, facts_now, record_conflicts, write_version


def changes_of(record: Record, values: dict[str, Any], seen: dict[str, Any]) -> dict[str, Any]:
    """Return the values that differ from what the writer had seen.

    An empty answer to a sensitive question changes nothing: she was not shown what is there.
    """
    schema = record.register.schema
    return {
        name: value
        for name, value in values.items()
        if value != seen.get(name) and not (value is None and is_sensitive(schema, name))
    }


def clashes_of(changes: dict[str, Any], seen: dict[str, Any], now: dict[str, Any]) -> list[Clash]:
    """Return the changes of properties that somebody else gave another value meanwhile."""
    return [
        Clash(name, value, now.get(name), seen.get(name))
        for name, value in changes.items()
        if now.get(name) not in (seen.get(name), value)
    ]


def bring_in(record: Record, write: Written, seen: dict[str, Any]) -> RecordVersion | None:
    """Write what the writer changed to the locked record; the later value stands, and clashes are recorded.

    `write.changes` are all her values. Returns None when nothing would change.
    """
    write.changes = changes_of(record, write.changes, seen)
    clashes = clashes_of(write.changes, seen, facts_now(record))
    version = write_version(record, write)
    record_conflicts(record, record.register.schema, clashes, version=version, source=write.source)
    return version
