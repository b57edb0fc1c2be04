"""Schools in Excel: the columns, what importing would do, and the import."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.people.permissions import user_can_manage_schools
from cms.schools.actions.create import CreateSchool
from cms.schools.actions.edit import EditSchool
from cms.schools.models import School, SchoolStatus, Stage
from cms.sheets.columns import YES_NO, Column, RowPlan, SheetRow

COLUMNS = [
    Column(
        "code",
        gettext_lazy("code"),
        required=True,
        width=12,
        hint=gettext_lazy("Small letters, digits, hyphens: xq-01. A known code updates that school."),
    ),
    Column("name", gettext_lazy("name"), required=True, width=28),
    Column("stage", gettext_lazy("stage"), Stage.choices, required=True, width=14),
    Column("township", gettext_lazy("township"), required=True),
    Column("boarding", gettext_lazy("boarding"), YES_NO, width=10, hint=gettext_lazy("Empty means no.")),
    Column("address", gettext_lazy("address"), width=36),
    Column("phone", gettext_lazy("phone"), width=18),
    Column("status", gettext_lazy("status"), SchoolStatus.choices, width=12, export_only=True),
]
FIELDS = [column.name for column in COLUMNS if not column.export_only]


def export_rows(schools: Iterable[School]) -> Iterable[dict[str, Any]]:
    """Return the schools as rows of the sheet."""
    for school in schools:
        row = {column.name: getattr(school, column.name) for column in COLUMNS}
        yield {**row, "boarding": str(int(school.boarding))}


def fields_of(row: SheetRow) -> dict[str, Any]:
    """Return the model's values of a row. Columns that the file lacks are left out."""
    fields: dict[str, Any] = {name: row.values[name] for name in FIELDS if name in row.values}
    if "boarding" in fields:
        fields["boarding"] = fields["boarding"] == "1"
    return fields


def plan_schools(rows: list[SheetRow]) -> list[RowPlan]:
    """Say what each row would do: two queries, whatever the number of rows. Faults go into the rows."""
    known = {school.code: school for school in School.objects.all()}
    owner_of_name = {school.name: school.code for school in known.values()}
    seen_codes: set[str] = set()
    seen_names: set[str] = set()
    plans = []
    for row in rows:
        code, name = row.values.get("code", ""), row.values.get("name", "")
        if code and code in seen_codes:
            row.errors.setdefault("code", _("This code stands in the file twice."))
        if name and (name in seen_names or owner_of_name.get(name, code) != code):
            row.errors.setdefault("name", _("Another school has this name."))
        seen_codes.add(code)
        seen_names.add(name)
        plans.append(_plan_row(row, known.get(code)))
    return plans


def _plan_row(row: SheetRow, known: School | None) -> RowPlan:
    fields = fields_of(row)
    try:
        School(**fields).clean_fields(exclude=["sort_key"])
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            row.errors.setdefault(name, " ".join(messages))
    if row.errors:
        return RowPlan(row, "error")
    if known is None:
        return RowPlan(row, "new")
    changed = [name for name, value in fields.items() if getattr(known, name) != value]
    return RowPlan(row, "changed" if changed else "same", changed)


@dataclass
class ImportSchools:
    """Create the new schools of the rows and update the known ones by code (导入学校): all or nothing.

    Raises PermissionDenied, or ValidationError when one row has a fault.
    """

    rows: list[SheetRow]
    user: Any = None
    counts: dict[str, int] = field(init=False)

    @transaction.atomic
    def execute(self) -> dict[str, int]:
        if self.user is not None and not user_can_manage_schools(self.user):
            raise PermissionDenied
        plans = plan_schools(self.rows)
        if any(plan.kind == "error" for plan in plans):
            raise ValidationError(_("Some rows have faults."))
        self.counts = {"new": 0, "changed": 0}
        for plan in plans:
            fields = fields_of(plan.row)
            if plan.kind == "new":
                CreateSchool(fields, user=self.user).execute()
            elif plan.kind == "changed":
                school = School.objects.get(code=fields.pop("code"))
                EditSchool(school, fields, user=self.user).execute()
            if plan.kind in self.counts:
                self.counts[plan.kind] += 1
        return self.counts
