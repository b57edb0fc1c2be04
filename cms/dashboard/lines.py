"""One line of a dashboard list, and the lists. Each list takes a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision, TaskState, WorkflowState

from cms.moderation.selectors import returned_to, waiting_for
from cms.pages.models import ActivityNewsPage, BasePage, PlanPage
from cms.pages.models.base import BasePageQuerySet
from cms.people.models import WRITING_ROLES
from cms.people.permissions import school_ids_of

#: Lines of a list; the count above it says how many there are in all.
SHOWN = 10


@dataclass(frozen=True)
class Line:
    """What a list shows of one page: `when` and `who` mean what the list's headings say."""

    title: str
    kind: str
    school: str
    url: str
    when: datetime | None = None
    who: str = ""
    comment: str = ""

    @property
    def days(self) -> int:
        """Whole days since `when`."""
        return (timezone.now() - self.when).days if self.when else 0


@dataclass(frozen=True)
class Lines:
    """The first lines of a list and how many there are."""

    lines: list[Line]
    total: int

    def __bool__(self) -> bool:
        return bool(self.lines)


def kind_of(page: BasePage) -> str:
    """Return the page type's name: 活动新闻, 工作计划."""
    model = ContentType.objects.get_for_id(page.content_type_id).model_class()
    return str(model._meta.verbose_name) if model else ""


def line_of(page: BasePage, when: datetime | None = None, who: Any = None, comment: str = "") -> Line:
    """Return the line of a page; it leads to the page's form."""
    return Line(
        title=page.draft_title or page.title,
        kind=kind_of(page),
        school=page.school.name if page.school else "",
        url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
        when=when,
        who=str(who) if who else "",
        comment=comment,
    )


def _pages(ids: Iterable[Any]) -> dict[int, BasePage]:
    """Return the pages by id: one query."""
    return BasePage.objects.select_related("school").in_bulk([int(pk) for pk in ids])


def _of_states(states: QuerySet[TaskState], when: str, who: str, total: int | None = None) -> Lines:
    """Return the lines of steps in the workflow; `when` and `who` name the step's facts to show."""
    shown = list(states[:SHOWN])
    pages = _pages(state.workflow_state.object_id for state in shown)
    lines = []
    for state in shown:
        page = pages.get(int(state.workflow_state.object_id))
        if page is not None:
            person = state.workflow_state.requested_by if who == "requested_by" else state.finished_by
            lines.append(line_of(page, getattr(state, when), person, state.comment))
    return Lines(lines, states.count() if total is None else total)


def waiting_for_me(user: Any) -> Lines:
    """Return what the user may approve, oldest first: who submitted it, since when it waits."""
    return _of_states(
        waiting_for(user).select_related("workflow_state__requested_by"), "started_at", "requested_by"
    )


def recently_approved() -> Lines:
    """Return what the bureau approved last."""
    states = TaskState.objects.filter(status=TaskState.STATUS_APPROVED, finished_at__isnull=False)
    states = states.select_related("workflow_state__requested_by", "finished_by").order_by("-finished_at")
    return _of_states(states, "finished_at", "finished_by", total=0)


def returned_to_me(user: Any) -> Lines:
    """Return what the bureau sent back and still waits to be mended: why, by whom, when."""
    states = returned_to(user).select_related("workflow_state__requested_by", "finished_by")
    return _of_states(states, "finished_at", "finished_by")


def my_schools(user: Any) -> BasePageQuerySet:
    """Return the pages of the schools for which the user writes."""
    return BasePage.objects.filter(school__in=school_ids_of(user, *WRITING_ROLES))


def submitted_by_my_school(user: Any) -> Lines:
    """Return what the user's schools submitted and the bureau has not decided."""
    keys = my_schools(user).annotate(key=Cast("pk", CharField())).values("key")
    states = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
        workflow_state__object_id__in=keys,
    )
    states = states.select_related("workflow_state__requested_by").order_by("started_at")
    return _of_states(states, "started_at", "requested_by")


def my_drafts(user: Any) -> Lines:
    """Return what the user wrote last and nobody has seen: not published, not submitted, not sent back."""
    in_workflow = WorkflowState.objects.filter(
        object_id=Cast(OuterRef("pk"), CharField()),
        base_content_type=_page_type(),
        status__in=[WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES],
    )
    mine = Q(latest_revision__user=user) | Q(latest_revision__isnull=True, owner=user)
    pages = BasePage.objects.filter(mine, ~Exists(in_workflow), has_unpublished_changes=True)
    pages = pages.filter(~_is_scheduled()).select_related("school")
    shown = pages.order_by("-latest_revision_created_at", "-pk")[:SHOWN]
    return Lines([line_of(page, page.latest_revision_created_at) for page in shown], pages.count())


def _page_type() -> ContentType:
    return ContentType.objects.get_for_model(BasePage, for_concrete_model=False)


def _is_scheduled() -> Exists:
    """Match pages that an approved revision will publish."""
    return Exists(
        Revision.objects.filter(
            object_id=Cast(OuterRef("pk"), CharField()),
            base_content_type=_page_type(),
            approved_go_live_at__isnull=False,
        )
    )


def scheduled() -> Lines:
    """Return what is approved and goes out later, the next first."""
    revisions = Revision.objects.filter(
        approved_go_live_at__gt=timezone.now(), base_content_type=_page_type()
    )
    shown = list(revisions.order_by("approved_go_live_at")[:SHOWN].select_related("user"))
    pages = _pages(revision.object_id for revision in shown)
    found = [(pages.get(int(revision.object_id)), revision) for revision in shown]
    lines = [line_of(page, rev.approved_go_live_at, rev.user) for page, rev in found if page is not None]
    return Lines(lines, revisions.count())


def published_by_my_school(user: Any) -> Lines:
    """Return the school's news and plans that went out last."""
    pages = my_schools(user).live().type(ActivityNewsPage, PlanPage).select_related("school")
    shown = pages.order_by("-last_published_at", "-pk")[:SHOWN]
    return Lines([line_of(page, page.last_published_at) for page in shown], 0)
