"""The demo's log-ins: one person for each role of the bureau and of each school."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.conf import settings
from django.core.exceptions import PermissionDenied

from cms.demo.records import read
from cms.people.actions import AddMembership, CreateUser
from cms.people.models import BUREAU_ROLES, Membership, Role, User
from cms.schools.models import School

#: Known to everybody who reads this file: production refuses to make or show these accounts.
PASSWORD = "xinqiao-demo-2026"  # noqa: S105
_SHORT = {
    Role.BUREAU_ADMIN: "admin",
    Role.BUREAU_EDITOR: "bureau",
    Role.INSPECTOR: "inspector",
    Role.SCHOOL_HEAD: "head",
    Role.SCHOOL_EDITOR: "editor",
    Role.CLASS_TEACHER: "teacher",
}


@dataclass(frozen=True)
class Account:
    """One log-in. `school` is a school's code, None at the bureau."""

    username: str
    password: str
    role: str
    school: str | None

    def as_dict(self) -> dict[str, str | None]:
        return asdict(self)


def refuse_in_production() -> None:
    """Raise PermissionDenied where the site is in earnest."""
    if settings.PRODUCTION:
        raise PermissionDenied("Demo content and demo accounts do not belong in production.")


def username_of(role: str, school: School | None) -> str:
    """Return the user name of the demo's person in the role, for example xq-05-editor."""
    return f"{school.code}-{_SHORT[Role(role)]}" if school else _SHORT[Role(role)]


def make_people(schools: dict[str, School]) -> dict[str, User]:
    """Make the people of the data file with their roles; return them by user name."""
    people: dict[str, User] = {}
    for record in read("people"):
        for role in Role:
            if name := record.get(role.value):
                school = None if role in BUREAU_ROLES else schools[record.title]
                username = username_of(role, school)
                person = CreateUser(name=name, username=username, password=PASSWORD).execute()
                AddMembership(person, role, school).execute()
                people[username] = person
    return people


def demo_accounts() -> list[Account]:
    """Return the log-ins that exist, the bureau's first. Raises PermissionDenied in production."""
    refuse_in_production()
    found = Membership.objects.select_related("user", "school").order_by("school__code", "pk")
    accounts = [
        Account(member.user.username, PASSWORD, member.role, member.school.code if member.school else None)
        for member in found
        if member.user.username == username_of(member.role, member.school)
    ]
    return sorted(accounts, key=lambda account: account.school or "")
