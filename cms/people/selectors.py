"""Which people a user of the account desk sees, and the filters over them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from cms.findable.lists import written_ways
from cms.people.models import BUREAU_ROLES, AccountLink, Membership, Role, User
from cms.people.permissions import school_ids_of, user_is_bureau_admin

STATES = ("active", "invited", "closed")


def memberships_for(user: Any) -> QuerySet[Membership]:
    """Return the roles the user keeps: the administrator's all, a head's those in her schools."""
    found = Membership.objects.select_related("school", "user").order_by("school__sort_key", "role", "pk")
    if user_is_bureau_admin(user):
        return found
    return found.filter(school__in=school_ids_of(user, Role.SCHOOL_HEAD))


def people_for(user: Any) -> QuerySet[User]:
    """Return the people of those roles, each with `kept_roles`; the administrator sees everybody."""
    roles = memberships_for(user)
    people = User.objects.prefetch_related(Prefetch("memberships", roles, to_attr="kept_roles"))
    if not user_is_bureau_admin(user):
        people = people.filter(memberships__in=roles.values("pk")).distinct()
    return people.order_by("-is_active", "last_name", "first_name", "pk")


@dataclass(frozen=True)
class PeopleFilter:
    """What the list is narrowed to. Values that do not exist are dropped, never errors."""

    q: str = ""
    role: str = ""
    school: str = ""
    state: str = ""

    @classmethod
    def from_query(cls, query: Any) -> PeopleFilter:
        """Read the filter from a request's query."""
        role, state = query.get("role", ""), query.get("state", "")
        return cls(
            q=" ".join(query.get("q", "").split())[:40],
            role=role if role in Role.values else "",
            school=query.get("school", "")[:20],
            state=state if state in STATES else "",
        )

    def apply(self, people: QuerySet[User], user: Any) -> QuerySet[User]:
        """Narrow the people. Role and school are looked for among the roles the user keeps."""
        roles = memberships_for(user)
        if self.role:
            roles = roles.filter(role=self.role)
        if self.school == "bureau":
            roles = roles.filter(role__in=BUREAU_ROLES)
        elif self.school:
            roles = roles.filter(school__code=self.school)
        if self.role or self.school:
            people = people.filter(pk__in=roles.values("user"))
        if self.q:
            people = people.filter(reduce(or_, map(_matches, written_ways(self.q))))
        return _in_state(people, self.state)

    @property
    def is_set(self) -> bool:
        return bool(self.q or self.role or self.school or self.state)


def _matches(text: str) -> Q:
    """Match the name as it is written, the user name, phone or e-mail."""
    parts = Q(username__icontains=text) | Q(phone__contains=text) | Q(email__icontains=text)
    whole = Q(last_name__icontains=text) | Q(first_name__icontains=text)
    for size in (1, 2):
        if len(text) > size:
            whole |= Q(last_name=text[:size], first_name__startswith=text[size:])
    return parts | whole


def _in_state(people: QuerySet[User], state: str) -> QuerySet[User]:
    if state == "closed":
        return people.filter(is_active=False)
    if state == "invited":
        return people.filter(is_active=True, last_login__isnull=True)
    if state == "active":
        return people.filter(is_active=True, last_login__isnull=False)
    return people


def open_link_of(person: User) -> AccountLink | None:
    """Return the link that the person has not used yet."""
    return AccountLink.objects.filter(user=person).usable().first()
