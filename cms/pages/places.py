"""Where a user may put pages: asked by forms, buttons and the dashboard."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.pages.models.indexes import NewsIndexPage, PlanIndexPage
from cms.people.models import WRITING_ROLES
from cms.people.permissions import school_ids_of, user_can_edit_bureau_content


def plan_lists_for(user: Any) -> QuerySet[PlanIndexPage]:
    """Return the plan lists that the user may add plans to: the bureau's first, then by the school's name."""
    lists = PlanIndexPage.objects.select_related("school").order_by("school__sort_key", "pk")
    if user_can_edit_bureau_content(user):
        return lists
    return lists.filter(school__in=school_ids_of(user, *WRITING_ROLES))


def user_can_start_plans(user: Any) -> bool:
    """Say whether the user may start a plan anywhere (for the dashboard and the menus)."""
    return plan_lists_for(user).exists()


def writing_links(user: Any) -> list[tuple[str, Any]]:
    """Return where the user begins a plan or news of her schools, as (address, words), for the dashboard."""
    links: list[tuple[str, Any]] = []
    if user_can_start_plans(user):
        links.append((reverse("cms_start_plan"), _("New plan from a template")))
    own = school_ids_of(user, *WRITING_ROLES)
    lists = NewsIndexPage.objects.filter(school__in=own).select_related("school").order_by("school__sort_key")
    for place in lists:
        words = _("Write activity news") if len(own) == 1 else f"{_('Write activity news')}（{place.school}）"
        links.append((reverse("wagtailadmin_pages:add", args=["cms", "activitynewspage", place.pk]), words))
    return links
