"""Whether a child is in the register already: by id number, by name and birth, by what the name sounds like.

What is told depends on who asks. A record that she may see is shown, masked; of one that she may not see she learns
that it is there, and only where the id number or the name with the date of birth says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.db.models import Q

from cms.service import School
from forms.registers.describing import birth_fingerprint, id_fingerprint, text_of_role
from forms.registers.models import Record, RecordState, Register
from forms.registers.names import sounds_of

How = Literal["id_number", "name_birth", "sound"]
Where = Literal["seen", "school", "elsewhere"]
#: More than these are no help to anybody.
MOST = 10
_RANK: dict[How, int] = {"id_number": 0, "name_birth": 1, "sound": 2}


@dataclass(frozen=True)
class Duplicate:
    """A record that may be of the same child: how it was found, and how much of it the person may know.

    `record` is for showing only when `where` is "seen"; "school" is a colleague's child, "elsewhere" another school's.
    """

    record: Record
    how: How
    where: Where


@dataclass(frozen=True)
class Likeness:
    """What of a child's facts finds it again."""

    id_blind: str
    birth_blind: str
    sounds: frozenset[str]
    born: date | None

    @classmethod
    def of(cls, register: Register, facts: dict[str, Any]) -> Likeness:
        """Return the likeness of a child with these facts. Sounds are left out when the register hides names."""
        schema = register.schema
        name, born = text_of_role(schema, facts, "name"), text_of_role(schema, facts, "birth_date")
        naming = schema.of_role("name")
        heard = bool(name) and naming is not None and not naming.sensitive
        return cls(
            id_fingerprint(text_of_role(schema, facts, "id_number")),
            birth_fingerprint(name, born),
            frozenset(sounds_of(name)) if heard else frozenset(),
            _day(born),
        )

    @property
    def finders(self) -> Q | None:
        """Return what finds records like it, None when nothing is known."""
        found = Q()
        if self.id_blind:
            found |= Q(id_blind=self.id_blind)
        if self.birth_blind:
            found |= Q(birth_blind=self.birth_blind)
        if self.sounds:
            found |= Q(sound__in=self.sounds)
        return found or None

    def how_like(self, record: Record) -> How | None:
        """Say by what the record is like it, None when it only seemed so."""
        if self.id_blind and record.id_blind == self.id_blind:
            return "id_number"
        if self.birth_blind and record.birth_blind == self.birth_blind:
            return "name_birth"
        different_ids = self.id_blind and record.id_blind
        return None if different_ids or not self._ages_fit(record) else "sound"

    def _ages_fit(self, record: Record) -> bool:
        return not self.born or not record.birth_date or abs(self.born.year - record.birth_date.year) <= 1


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def find_duplicates(
    register: Register,
    school: School | None,
    facts: dict[str, Any],
    user: Any,
    exclude: Iterable[Any] = (),
) -> list[Duplicate]:
    """Return records of the register that may be of the same child, the likeliest first; at most MOST.

    Names that sound alike are looked for in the school's township. Two queries, whatever the register's size.
    """
    like = Likeness.of(register, facts)
    if like.finders is None:
        return []
    near = Q(sound__in=like.sounds) & ~Q(school__township=school.township) if school else Q(pk__in=[])
    candidates = (
        Record.objects.filter(like.finders, register=register)
        .exclude(state=RecordState.MERGED)
        .exclude(pk__in=list(exclude))
        .exclude(near & ~_certain(like))
        .select_related("school", "register")
        .order_by("-changed_at")[: MOST * 5]
    )
    return _told(like, list(candidates), school, user)


def _certain(like: Likeness) -> Q:
    """Return what holds for records found by more than a sound."""
    found = Q(pk__in=[])
    if like.id_blind:
        found |= Q(id_blind=like.id_blind)
    return found | Q(birth_blind=like.birth_blind) if like.birth_blind else found


def _told(like: Likeness, records: list[Record], school: School | None, user: Any) -> list[Duplicate]:
    pks = [record.pk for record in records]
    seen = (
        set(Record.objects.for_user(user).filter(pk__in=pks).values_list("pk", flat=True)) if pks else set()
    )
    found = []
    for record in records:
        how = like.how_like(record)
        if how is None or (how == "sound" and record.pk not in seen):
            continue
        here = school is not None and record.school_id == school.pk
        where: Where = "seen" if record.pk in seen else "school" if here else "elsewhere"
        found.append(Duplicate(record, how, where))
    return sorted(found, key=lambda one: _RANK[one.how])[:MOST]
