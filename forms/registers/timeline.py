"""All that happened about a record, newest first: what was filed, written, moved."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from forms.registers.facts import shown_fact
from forms.registers.models import Record, RecordVersion
from forms.registers.properties import Schema
from forms.submissions.models import Submission

#: How many entries a screen shows.
MOST = 200


@dataclass(frozen=True)
class Change:
    """A property that a version set: before and after, masked when it is sensitive."""

    label: str
    before: str
    after: str


@dataclass
class Entry:
    """One thing that happened. `submission` is set when the reader may open it."""

    at: datetime
    kind: str
    title: str
    who: str
    place: str = ""
    state: str = ""
    submission: Submission | None = None
    version: RecordVersion | None = None
    changes: list[Change] = field(default_factory=list)


def timeline_of(record: Record, reader: Any) -> list[Entry]:
    """Return the record's timeline; whether the reader may see the record has been asked before.

    Every submission about the record is named; only one that the reader may see can be opened. A fixed number of
    queries.
    """
    entries = [*_filed(record, reader), *_written(record), *_moved(record)]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)[:MOST]


def _filed(record: Record, reader: Any) -> list[Entry]:
    submissions = (
        Submission.objects.filter(subject=record)
        .select_related("form", "school", "submitted_by")
        .order_by("-submitted_at")[:MOST]
    )
    mine = set(Submission.objects.for_user(reader).filter(subject=record).values_list("pk", flat=True))
    return [
        Entry(
            at=one.submitted_at,
            kind="submission",
            title=one.form.title,
            who=str(one.submitted_by or ""),
            place=one.school.name if one.school else "",
            state=one.get_state_display(),
            submission=one if one.pk in mine else None,
        )
        for one in submissions
    ]


def _written(record: Record) -> list[Entry]:
    """Return the versions of the record, and of those merged into it."""
    records = [record, *record.merged_from.all()]
    versions = (
        RecordVersion.objects.filter(record__in=records)
        .select_related("created_by")
        .order_by("record", "-number")[: MOST + 1]
    )
    before = {(one.record_id, one.number): one for one in versions}
    schema = record.register.schema
    return [
        Entry(
            at=one.created_at,
            kind="version",
            title=one.get_origin_display(),
            who=str(one.created_by or ""),
            version=one,
            changes=changes_in(schema, one, before.get((one.record_id, one.number - 1))),
        )
        for one in versions
    ]


def changes_in(schema: Schema, version: RecordVersion, before: RecordVersion | None) -> list[Change]:
    """Return what a version changed, as people read it."""
    old, new = before.facts if before else {}, version.facts
    changes = []
    for name in version.changed:
        if name in schema.properties:
            was, now = (shown_fact(schema, name, facts.get(name)) for facts in (old, new))
            changes.append(Change(now.property.label, was.shown, now.shown))
    return changes


def _moved(record: Record) -> list[Entry]:
    transfers = record.transfers.select_related("from_school", "to_school", "asked_by")
    return [
        Entry(
            at=one.decided_at or one.asked_at,
            kind="transfer",
            title=f"{one.from_school} → {one.to_school}",
            who=str(one.asked_by or ""),
            state=one.get_state_display(),
        )
        for one in transfers
    ]
