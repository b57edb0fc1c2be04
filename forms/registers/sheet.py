"""Records in Excel: the columns of a register, what importing would do, the import and its undoing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.service import Column, RowPlan, School, SheetRow
from forms.codes.lookup import choices_of
from forms.registers.describing import id_fingerprint, text_of_role
from forms.registers.duplicates import find_duplicates
from forms.registers.facts import shown_fact
from forms.registers.models import Record, RecordState, RecordVersion, Register
from forms.registers.properties import Property, Schema
from forms.registers.versions import facts_now

#: Names of columns that are no property; a property's name cannot begin with a colon.
SCHOOL, STATE, KEEPERS = ":school", ":state", ":keepers"
#: So many records are read at a time for an export.
BATCH = 500
#: More entries than these are no drop-down.
MOST_OFFERED = 300


def columns_of(register: Register, *, with_school: bool) -> list[Column]:
    """Return the columns of the register's template: the school where it is not given, and the properties."""
    schema = register.schema
    columns = [_column(schema, one) for one in schema.properties.values()]
    if with_school:
        columns.insert(0, Column(SCHOOL, gettext_lazy("school code"), required=True, width=12))
    return columns


def _column(schema: Schema, one: Property) -> Column:
    choices: list[tuple[str, Any]] = []
    hint: Any = one.hint
    if one.type in ("choice", "gender", "yes_no"):
        choices = offered(schema, one)
    elif one.type == "choices":
        labels = "、".join(label for _value, label in offered(schema, one))
        hint = f"{hint} {_('Several, with 、 between: %(labels)s') % {'labels': labels}}".strip()
    elif one.type == "address":
        hint = f"{hint} {_('Division code, a space, detailed address: 430102 Xingfu Road 1')}".strip()
    elif one.type == "date":
        hint = f"{hint} {_('For example 2015-09-01')}".strip()
    return Column(one.name, one.label, choices, required=one.required, hint=hint)


def offered(schema: Schema, one: Property) -> list[tuple[str, str]]:
    """Return what a property may be, with labels; nothing for very long lists."""
    from forms.registers.entry_form import offers_of

    found = offers_of(schema, one)
    return found if len(found) <= MOST_OFFERED else []


def read_cell(schema: Schema, one: Property, text: str) -> Any:
    """Return the property's value of a cell's text."""
    if one.type == "choices":
        by_label = {choice.label: choice.value for choice in choices_of(schema.document, one.name)}
        parts = [part for part in re.split(r"[、,，;；]", text) if part.strip()]
        return schema.parse(one.name, [by_label.get(part.strip(), part.strip()) for part in parts])
    if one.type == "address" and text:
        code, _space, detail = text.partition(" ")
        return schema.parse(one.name, {"code": code, "detail": detail})
    return schema.parse(one.name, text)


@dataclass
class RecordPlan(RowPlan):
    """What a row would do: the values read, the record that it changes, and what it may be a duplicate of."""

    values: dict[str, Any] = field(default_factory=dict)
    school: School | None = None
    record: Record | None = None
    like: list[str] = field(default_factory=list)


class RecordPlanner:
    """Says what each row would do, for one user and register."""

    def __init__(self, register: Register, schools: list[School], user: Any) -> None:
        self.register, self.user = register, user
        self.schema = register.schema
        self.schools = {school.code: school for school in schools}
        self.only = schools[0] if len(schools) == 1 else None
        self.seen: dict[str, int] = {}

    def plan(self, rows: list[SheetRow]) -> list[RecordPlan]:
        """Return a plan a row. Two queries for all known records, two a row that has no id number known."""
        plans = [self._read(row) for row in rows]
        prints = [id_fingerprint(self._id_number(one)) for one in plans]
        known = {one.id_blind: one for one in self._known(filter(None, prints))}
        for plan, mark in zip(plans, prints, strict=True):
            self._twice(plan, mark)
            if plan.kind != "error":
                self._place(plan, known.get(mark) if mark else None)
        return plans

    def _id_number(self, plan: RecordPlan) -> str:
        return text_of_role(self.schema, plan.values, "id_number")

    def _known(self, prints: Iterable[str]) -> list[Record]:
        records = Record.objects.exclude(state=RecordState.MERGED).filter(register=self.register)
        return list(records.filter(id_blind__in=set(prints)).select_related("register", "school"))

    def _read(self, row: SheetRow) -> RecordPlan:
        plan = RecordPlan(row, "new")
        plan.school = self.only or self.schools.get(row.values.get(SCHOOL, ""))
        if plan.school is None:
            row.errors.setdefault(SCHOOL, _("There is no open school of yours with this code."))
        for one in self.schema.properties.values():
            if one.name not in row.values or one.name in row.errors:
                continue
            value = read_cell(self.schema, one, row.values[one.name])
            faults = self.schema.problems(one.name, value)
            if faults:
                row.errors[one.name] = " ".join(faults)
            elif value is not None:
                plan.values[one.name] = value
        if row.errors:
            plan.kind = "error"
        return plan

    def _twice(self, plan: RecordPlan, mark: str) -> None:
        """Refuse the same id number twice in one file."""
        if mark and mark in self.seen:
            name = self.schema.of_role("id_number")
            text = _("The same number stands in row %(row)d.") % {"row": self.seen[mark]}
            plan.row.errors.setdefault(name.name if name else SCHOOL, text)
            plan.kind = "error"
        elif mark:
            self.seen[mark] = plan.row.number

    def _place(self, plan: RecordPlan, record: Record | None) -> None:
        """Say whether the row makes a record, changes one, or asks for another school's."""
        if record is None:
            plan.like = self._likenesses(plan)
            return
        if plan.school is None or record.school_id != plan.school.pk:
            name = self.schema.of_role("id_number")
            text = _("Another school keeps this child: ask for a transfer.")
            plan.row.errors[name.name if name else SCHOOL] = text
            plan.kind = "error"
            return
        now = facts_now(record)
        plan.record = record
        plan.changed = [name for name, value in plan.values.items() if now.get(name) != value]
        plan.kind = "changed" if plan.changed else "same"

    def _likenesses(self, plan: RecordPlan) -> list[str]:
        found = find_duplicates(self.register, plan.school, plan.values, self.user)
        return [told(one) for one in found]


def told(duplicate: Any) -> str:
    """Return what the person may know of a possible duplicate, in a line."""
    how = {
        "id_number": _("same id number"),
        "name_birth": _("same name and date of birth"),
        "sound": _("name sounds alike"),
    }[duplicate.how]
    if duplicate.where == "seen":
        born = duplicate.record.birth_date
        name = f"{duplicate.record.label} {born:%Y-%m-%d}" if born else duplicate.record.label
        return f"{name}（{duplicate.record.school}，{how}）"
    where = (
        _("Your school keeps this child")
        if duplicate.where == "school"
        else _("Another school keeps this child")
    )
    return f"{where}（{how}）"


def export_columns(register: Register) -> list[Column]:
    """Return the columns of an exported list."""
    return [
        Column(SCHOOL, gettext_lazy("school"), export_only=True, width=20),
        *columns_of(register, with_school=False),
        Column(KEEPERS, gettext_lazy("keepers"), export_only=True),
        Column(STATE, gettext_lazy("state"), RecordState.choices, export_only=True, width=10),
    ]


def export_rows(register: Register, records: Any, *, open_sensitive: bool) -> Iterator[dict[str, Any]]:
    """Give a row a record, with facts as people read them; sensitive ones masked unless `open_sensitive`.

    Four queries for each batch of records; memory does not grow with their number.
    """
    schema = register.schema
    for batch in _batches(records):
        facts = _facts_of(batch)
        for record in batch:
            values = facts.get(record.pk, {})
            shown = {
                name: schema.show(name, value) if open_sensitive else shown_fact(schema, name, value).shown
                for name, value in values.items()
                if name in schema.properties
            }
            keepers = "、".join(str(keeper.user) for keeper in record.keepers.all())
            yield {**shown, SCHOOL: record.school.name, KEEPERS: keepers, STATE: record.state}


def _batches(records: Any) -> Iterator[list[Record]]:
    left = records.iterator(BATCH)
    while batch := list(islice(left, BATCH)):
        yield batch


def _facts_of(records: list[Record]) -> dict[Any, dict[str, Any]]:
    newest = RecordVersion.objects.filter(record__in=records, number=F("record__version"))
    return {one.record_id: one.facts for one in newest.select_related(None)}
