"""People and schools."""

from itertools import count

from cms.people.groups import sync_groups
from cms.people.models import Membership, Role, User
from cms.schools.actions import CreateSchool
from cms.schools.models import School, Stage

PASSWORD = "xinqiao-test-1"
_numbers = count(1)


def make_user(name: str = "李小兰", **fields) -> User:
    """A person without any role."""
    user = User(username=fields.pop("username", f"user{next(_numbers)}"), **fields)
    user.set_full_name(name)
    user.set_password(PASSWORD)
    user.save()
    return user


def make_school(name: str = "", **fields) -> School:
    """A school with its page, collection and groups."""
    number = next(_numbers)
    values = {
        "code": f"s{number:03}",
        "name": name or f"第{number}小学",
        "stage": Stage.PRIMARY,
        "township": "城关镇",
    }
    return CreateSchool({**values, **fields}).execute()


def make_school_user(school: School, role: str = Role.SCHOOL_EDITOR, **fields) -> User:
    """A person with a role in the school."""
    user = make_user(**fields)
    Membership.objects.create(user=user, school=school, role=role)
    sync_groups(user)
    return user


def make_bureau_user(role: str = Role.BUREAU_EDITOR, **fields) -> User:
    """A person with a role at the bureau."""
    user = make_user(**fields)
    Membership.objects.create(user=user, role=role)
    sync_groups(user)
    return user
