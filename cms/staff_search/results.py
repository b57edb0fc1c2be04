"""What staff see of a hit: whether the public sees it, where it is edited, what can be begun from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse

from cms.findable.access import tokens_of_page, tokens_of_reader
from cms.findable.documents import KINDS
from cms.outbox.public import public_path
from cms.pages.models import BasePage, PlanPage
from cms.pages.places import user_can_start_plans
from cms.pages.selectors import published
from cms.people.models import WRITING_ROLES
from cms.people.permissions import school_ids_of, user_can_edit_bureau_content
from cms.text import school_year_label
from search.service import Found, Hit, Query, ask


@dataclass(frozen=True)
class StaffFound:
    """One hit as staff see it. Addresses that lead nowhere for this reader are empty."""

    found: Found
    url: str
    draft: bool = False
    edit_url: str = ""
    similar_url: str = ""
    again_url: str = ""
    fresh: bool = False

    @property
    def years(self) -> list[str]:
        years = self.found.hit.facets.get("school_year", ())
        return [school_year_label(int(year)) if year.isdecimal() else year for year in years]


def staff_found(user: Any, found: Sequence[Found], fresh: frozenset[str] = frozenset()) -> list[StaffFound]:
    """Return the hits with what the database says of them now: three queries.

    A page that is gone, or that the reader may see no more, is left out: the index may be a moment behind.
    """
    ids = [int(one.hit.object_id) for one in found if one.hit.kind in KINDS]
    pages = BasePage.objects.in_bulk(ids)
    public = set(published(BasePage.objects.filter(pk__in=ids)).values_list("pk", flat=True))
    rights = _Rights(user)
    shown = []
    for one in found:
        key = f"{one.hit.kind}:{one.hit.object_id}"
        if one.hit.kind not in KINDS:
            shown.append(StaffFound(one, one.hit.url, fresh=key in fresh))
            continue
        page = pages.get(int(one.hit.object_id))
        if page is None or not rights.may_find(page, public=page.pk in public):
            continue
        shown.append(_of_page(one, page, rights, public=page.pk in public, fresh=key in fresh))
    return shown


def _of_page(found: Found, page: BasePage, rights: _Rights, *, public: bool, fresh: bool) -> StaffFound:
    edit_url = reverse("wagtailadmin_pages:edit", args=[page.pk]) if rights.may_edit(page) else ""
    kind = found.hit.kind
    is_plan = kind == "plan"
    return StaffFound(
        found,
        url=found.hit.url if public else edit_url,
        draft=not public,
        edit_url=edit_url,
        similar_url=reverse("cms_similar", args=[kind, page.pk]) if kind in {"plan", "template"} else "",
        again_url=reverse("cms_plan_again", args=[page.pk]) if is_plan and rights.starts_plans else "",
        fresh=fresh,
    )


class _Rights:
    """What the reader may do, asked once."""

    def __init__(self, user: Any) -> None:
        self.tokens = tokens_of_reader(user)
        self.bureau = user_can_edit_bureau_content(user)
        self.schools = school_ids_of(user, *WRITING_ROLES)
        self.starts_plans = user_can_start_plans(user)

    def may_find(self, page: BasePage, *, public: bool) -> bool:
        return bool(self.tokens & tokens_of_page(page.school_id, public=public))

    def may_edit(self, page: BasePage) -> bool:
        return self.bureau or page.school_id in self.schools


def all_found(user: Any, query: Query, most: int, step: int = 500) -> list[StaffFound]:
    """Return the first `most` hits of a search. Raises SearchUnavailable."""
    shown: list[StaffFound] = []
    for offset in range(0, most, step):
        answer = ask(replace(query, facets=(), offset=offset, limit=min(step, most - offset)))
        shown += staff_found(user, answer.found)
        if offset + step >= answer.result.total:
            break
    return shown


def hits_of(ids: Sequence[int]) -> list[Hit]:
    """Return plans as hits, in the order of the ids, those that are gone left out: two queries."""
    found = PlanPage.objects.select_related("school").defer_streamfields().in_bulk(list(ids))
    return [_hit(found[pk]) for pk in ids if pk in found]


def _hit(plan: PlanPage) -> Hit:
    facets = {"school": [plan.school.name]} if plan.school else {}
    if plan.school_year:
        facets["school_year"] = [str(plan.school_year)]
    return Hit(
        kind="plan",
        object_id=str(plan.pk),
        score=0.0,
        title=plan.title,
        summary=plan.intro,
        body="",
        url=public_path(plan.url_path) or "",
        date=plan.date,
        facets=facets,
    )
