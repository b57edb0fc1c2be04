"""What a list of records is cut down to. Every part is a value; none is ever a name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict

from cms.service import written_ways
from forms.registers.models import Record, RecordFact, RecordKeeper, RecordQuerySet, RecordState


@dataclass(frozen=True)
class RecordFilter:
    """The filters of the list (筛选), as they stand in its address. Unknown values filter nothing.

    `text` is part of a name or of its initials; `fact` and `value` ask for a searchable fact.
    """

    register: int | None = None
    school: int | None = None
    state: str = RecordState.ACTIVE
    keeper: str = ""
    text: str = ""
    fact: str = ""
    value: str = ""

    @classmethod
    def from_query(cls, query: QueryDict) -> RecordFilter:
        """Read an address."""
        state = query.get("state", RecordState.ACTIVE)
        return cls(
            register=_number(query.get("register")),
            school=_number(query.get("school")),
            state=state if state in (*RecordState.values, "all") else RecordState.ACTIVE,
            keeper=query.get("keeper", "")[:20],
            text=query.get("q", "").replace("\x00", "").strip()[:60],
            fact=query.get("property", "").replace("\x00", "")[:64],
            value=query.get("value", "").replace("\x00", "").strip()[:200],
        )

    def apply(self, records: RecordQuerySet) -> RecordQuerySet:
        """Return the records that pass."""
        if self.register:
            records = records.filter(register=self.register)
        if self.school:
            records = records.filter(school=self.school)
        if self.state != "all":
            records = records.filter(state=self.state)
        records = self._by_keeper(records)
        if self.text:
            ways = written_ways(self.text)
            named = [Q(label__icontains=way) | Q(initials__startswith=way.lower()) for way in ways]
            records = records.filter(reduce(or_, named))
        if self.fact and self.value:
            told = reduce(or_, (Q(value__icontains=way) for way in written_ways(self.value)))
            facts = RecordFact.objects.filter(record=OuterRef("pk"), property_name=self.fact)
            records = records.filter(Exists(facts.filter(told)))
        return records

    def _by_keeper(self, records: RecordQuerySet) -> RecordQuerySet:
        keepers = RecordKeeper.objects.filter(record=OuterRef("pk"))
        if self.keeper == "none":
            return records.filter(~Exists(keepers))
        number = _number(self.keeper)
        return records.filter(Exists(keepers.filter(user=number))) if number else records

    @property
    def is_narrow(self) -> bool:
        """Say whether anything is filtered besides the state."""
        return self != RecordFilter(state=self.state) or self.state != RecordState.ACTIVE


def _number(text: Any) -> int | None:
    return (
        int(text) if isinstance(text, str) and text.isascii() and text.isdigit() and len(text) < 10 else None
    )


def visible_records(user: Any) -> RecordQuerySet:
    """Return the records of the admin's lists: what the user may see."""
    return Record.objects.for_user(user)
