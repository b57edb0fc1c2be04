"""People in Excel: the columns, what importing would do, and the import."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import EmailValidator
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.people.actions import AddMembership, ChangeRole, EditPerson, InvitePerson
from cms.people.forms import PHONE, roles_user_gives, schools_user_gives_roles_in
from cms.people.models import BUREAU_ROLES, AccountLink, Membership, User
from cms.people.permissions import (
    user_can_grant_role,
    user_can_manage_account,
    user_can_manage_membership,
    user_can_see_account_desk,
    user_is_bureau_admin,
)
from cms.people.selectors import people_for
from cms.schools.models import School
from cms.sheets.columns import Column, RowPlan, SheetRow

DETAILS = ("name", "phone", "email")
STATES = (("active", gettext_lazy("Active")), ("closed", gettext_lazy("Deactivated")))


def columns_for(user: Any) -> list[Column]:
    """Return the columns of the list; the roles are those the user may give."""
    return [
        Column("name", gettext_lazy("full name"), required=True, width=12),
        Column("phone", gettext_lazy("phone")),
        Column("email", gettext_lazy("e-mail"), width=26),
        Column("role", gettext_lazy("role"), roles_user_gives(user), required=True, width=14),
        Column(
            "school",
            gettext_lazy("school code"),
            width=12,
            hint=gettext_lazy("Empty for people of the bureau; a head may leave it empty."),
        ),
        Column(
            "username",
            gettext_lazy("user name"),
            hint=gettext_lazy("Empty for new people. A known user name, or else a known phone, updates her."),
        ),
        Column("school_name", gettext_lazy("school"), width=24, export_only=True),
        Column("state", gettext_lazy("status"), STATES, width=10, export_only=True),
    ]


def export_rows(people: Iterable[User]) -> Iterable[dict[str, Any]]:
    """Return one row for each role that the user keeps."""
    for person in people:
        for member in person.kept_roles:  # type: ignore[attr-defined]
            yield {
                "name": person.get_full_name(),
                "phone": person.phone,
                "email": person.email,
                "role": member.role,
                "school": member.school.code if member.school else "",
                "username": person.username,
                "school_name": member.school.name if member.school else "",
                "state": "active" if person.is_active else "closed",
            }


class PeoplePlanner:
    """Says what each row would do, for one user: a fixed number of queries for new people."""

    def __init__(self, user: Any) -> None:
        self.user = user
        self.is_bureau = user_is_bureau_admin(user)
        self.schools = {school.code: school for school in schools_user_gives_roles_in(user)}
        people = list(people_for(user))
        self.by_username = {person.username: person for person in people}
        self.by_phone: dict[str, list[User]] = {}
        for person in people:
            if person.phone and person.is_active:
                self.by_phone.setdefault(person.phone, []).append(person)
        self.seen: set[tuple[Any, ...]] = set()

    def plan(self, rows: list[SheetRow]) -> list[RowPlan]:
        return [self._plan(row) for row in rows]

    def school_of(self, row: SheetRow) -> School | None:
        """Return the school of a row; a head of one school need not name it."""
        code = row.values.get("school", "")
        if not code and not self.is_bureau and len(self.schools) == 1:
            return next(iter(self.schools.values()))
        return self.schools.get(code)

    def person_of(self, row: SheetRow) -> User | None:
        """Return the known person that the row means, by user name or else by phone."""
        username, phone = row.values.get("username", ""), row.values.get("phone", "")
        if username:
            return self.by_username.get(username)
        found = self.by_phone.get(phone, []) if phone else []
        return found[0] if len(found) == 1 else None

    def _plan(self, row: SheetRow) -> RowPlan:
        self._check(row)
        person = None if row.errors else self.person_of(row)
        changed = self._changes(row, person) if person else []
        if row.errors:
            return RowPlan(row, "error")
        if person is None:
            return RowPlan(row, "new")
        return RowPlan(row, "changed" if changed else "same", changed)

    def _check(self, row: SheetRow) -> None:
        """Put the faults of the row into it."""
        values, errors = row.values, row.errors
        school, role = self.school_of(row), values.get("role", "")
        if values.get("school") and school is None:
            errors.setdefault("school", _("There is no open school of yours with this code."))
        elif role and not errors.get("role") and not user_can_grant_role(self.user, role, school):
            at_bureau = role in BUREAU_ROLES
            errors["school"] = (
                _("This is a role at the bureau: leave the school empty.")
                if at_bureau
                else _("Choose the school.")
            )
        for name, check in (("phone", PHONE), ("email", EmailValidator())):
            if values.get(name) and name not in errors:
                try:
                    check(values[name])
                except ValidationError as error:
                    errors[name] = " ".join(error.messages)
        if len(values.get("name", "")) > 30:
            errors.setdefault("name", _("The name is too long."))
        if values.get("username") and values["username"] not in self.by_username:
            errors.setdefault("username", _("Nobody has this user name. Leave it empty for new people."))
        key = (values.get("username") or values.get("phone") or values.get("name"), role, school)
        if key in self.seen:
            errors.setdefault("name", _("This person stands in the file twice."))
        self.seen.add(key)

    def _changes(self, row: SheetRow, person: User) -> list[str]:
        """Return the columns that change for a known person; what the user may not change is a fault."""
        before = {"name": person.get_full_name(), "phone": person.phone, "email": person.email}
        changed = [name for name in DETAILS if name in row.values and row.values[name] != before[name]]
        if changed and not user_can_manage_account(self.user, person):
            row.errors[changed[0]] = _("You may not change this person's account.")
        step = self.role_step(row, person)
        if step == "refused":
            row.errors["role"] = _("You may not change this person's role here.")
        return [*changed, "role"] if step in ("add", "change") else changed

    def here(self, row: SheetRow, person: User) -> list[Membership]:
        """Return the person's roles at the place of the row."""
        school = self.school_of(row)
        kept = person.kept_roles  # type: ignore[attr-defined]
        return [member for member in kept if member.school_id == (school.pk if school else None)]

    def role_step(self, row: SheetRow, person: User) -> str:
        """Return what happens to her role there: same, change (she has one other role), add, or refused."""
        here = self.here(row, person)
        if any(member.role == row.values["role"] for member in here):
            return "same"
        if len(here) == 1:
            allowed = user_can_manage_membership(self.user, here[0]) and person.pk != self.user.pk
            return "change" if allowed else "refused"
        return "add" if self.is_bureau or user_can_manage_account(self.user, person) else "refused"


@dataclass
class ImportPeople:
    """Invite the new people of the rows and update the known ones (导入人员): all or nothing.

    Returns the links of the new people. Raises PermissionDenied, or ValidationError when one row has a fault.
    """

    rows: list[SheetRow]
    user: Any

    @transaction.atomic
    def execute(self) -> list[AccountLink]:
        if not user_can_see_account_desk(self.user):
            raise PermissionDenied
        planner = PeoplePlanner(self.user)
        plans = planner.plan(self.rows)
        if any(plan.kind == "error" for plan in plans):
            raise ValidationError(_("Some rows have faults."))
        links = []
        for plan in plans:
            if plan.kind == "new":
                links.append(self._invite(plan.row, planner))
            elif plan.kind == "changed":
                self._update(plan, planner)
        return links

    def _invite(self, row: SheetRow, planner: PeoplePlanner) -> AccountLink:
        details = {name: row.values.get(name, "") for name in DETAILS}
        school = planner.school_of(row)
        return InvitePerson(role=row.values["role"], school=school, user=self.user, **details).execute()

    def _update(self, plan: RowPlan, planner: PeoplePlanner) -> None:
        row = plan.row
        person = cast("User", planner.person_of(row))
        if set(plan.changed) & set(DETAILS):
            before = {"name": person.get_full_name(), "phone": person.phone, "email": person.email}
            details = {name: row.values.get(name, before[name]) for name in DETAILS}
            EditPerson(person, user=self.user, **details).execute()
        step = planner.role_step(row, person)
        if step == "change":
            ChangeRole(planner.here(row, person)[0], row.values["role"], user=self.user).execute()
        elif step == "add":
            AddMembership(person, row.values["role"], planner.school_of(row), user=self.user).execute()
