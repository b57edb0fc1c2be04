"""A teacher's children (records that she keeps), with what was done last about each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from forms.registers.models import Record, RecordFact
from forms.registers.properties import Schema
from forms.submissions.models import Submission

#: The most records on one desk.
MOST = 200


@dataclass(frozen=True)
class Child:
    """A record on the desk: what tells it apart (班级), and the newest filing about it, if there is one."""

    record: Record
    group: str
    last_title: str
    last_at: datetime | None


def kept_by(user: Any) -> QuerySet[Record]:
    """Return the records in use that the user looks after and may see, by register and name."""
    kept = Record.objects.for_user(user).active().filter(keepers__user=user)
    return kept.select_related("register").order_by("register__title", "sort_key", "pk").distinct()


def children_of(user: Any) -> list[Child]:
    """Return the user's children with their last filings. Two queries, however many there are."""
    last = Submission.objects.counted().filter(subject=OuterRef("pk")).order_by("-submitted_at")
    records = (
        kept_by(user)
        .annotate(
            last_title=Subquery(last.values("form__title")[:1]),
            last_at=Subquery(last.values("submitted_at")[:1]),
        )
        .prefetch_related(
            Prefetch("searchable_facts", RecordFact.objects.only("record", "property_name", "value"))
        )
    )
    return [
        Child(record, group_of(record, record.register.schema), record.last_title or "", record.last_at)
        for record in records[:MOST]
    ]


def group_of(record: Record, schema: Schema) -> str:
    """Return the class of the child: the first text that the register lets people search for."""
    group = next(
        (one.name for one in schema.properties.values() if one.type == "text" and one.searchable), ""
    )
    facts = {fact.property_name: fact.value for fact in record.searchable_facts.all()}
    return facts.get(group, "")
