"""The numbers of the dashboard: schools, people, plans of this school year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, Count, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import WorkflowState

from cms.pages.models import ActivityNewsPage, PlanPage
from cms.people.models import Membership, Role
from cms.people.permissions import school_ids_of
from cms.schools.models import School, SchoolStatus
from cms.text import SCHOOL_YEAR_STARTS, school_year_of


@dataclass(frozen=True)
class SchoolProgress:
    """What one school did in the school year."""

    school: School
    published: int
    waiting: int
    returned: int
    news: int


@dataclass(frozen=True)
class Overview:
    """All schools in a school year, with sums."""

    year: int
    rows: list[SchoolProgress]

    def total(self, name: str) -> int:
        return sum(getattr(row, name) for row in self.rows)

    @property
    def published(self) -> int:
        return self.total("published")

    @property
    def waiting(self) -> int:
        return self.total("waiting")

    @property
    def returned(self) -> int:
        return self.total("returned")

    @property
    def news(self) -> int:
        return self.total("news")

    @property
    def without_plan(self) -> int:
        return sum(not (row.published or row.waiting or row.returned) for row in self.rows)


def _by_school(pages: QuerySet[Any]) -> dict[int, int]:
    return dict(pages.filter(school__isnull=False).values_list("school").annotate(n=Count("pk")).order_by())


def _in_state(plans: QuerySet[PlanPage], status: str) -> QuerySet[PlanPage]:
    """Narrow to plans whose submission stands so."""
    states = WorkflowState.objects.filter(status=status).values("object_id")
    return plans.annotate(key=Cast("pk", CharField())).filter(key__in=states)


def overview() -> Overview:
    """Return schools x plans of this school year and news since it began: five queries."""
    year = school_year_of(timezone.localdate())
    plans = PlanPage.objects.filter(school_year=year)
    news = ActivityNewsPage.objects.live().filter(date__gte=date(year, SCHOOL_YEAR_STARTS, 1))
    published = _by_school(plans.live())
    waiting = _by_school(_in_state(plans, WorkflowState.STATUS_IN_PROGRESS))
    returned = _by_school(_in_state(plans, WorkflowState.STATUS_NEEDS_CHANGES))
    written = _by_school(news)
    rows = [
        SchoolProgress(
            school,
            published.get(school.pk, 0),
            waiting.get(school.pk, 0),
            returned.get(school.pk, 0),
            written.get(school.pk, 0),
        )
        for school in School.objects.open()
    ]
    return Overview(year, rows)


def school_counts() -> list[tuple[str, int]]:
    """Return (status, number of schools) of every status there is: one query."""
    found = dict(School.objects.values_list("status").annotate(n=Count("pk")).order_by())
    return [(str(status.label), found.get(status.value, 0)) for status in SchoolStatus]


def people_counts(user: Any) -> list[tuple[str, int]]:
    """Return (role, number of people) in the schools the user heads: one query."""
    held = Membership.objects.filter(school__in=school_ids_of(user, Role.SCHOOL_HEAD), user__is_active=True)
    found = dict(held.values_list("role").annotate(n=Count("user", distinct=True)).order_by())
    return [(str(role.label), found[role.value]) for role in Role if role.value in found]
