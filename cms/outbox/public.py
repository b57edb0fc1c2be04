"""What the public can see of pages right now: live, under a site, and behind no view restriction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from wagtail.models import PageViewRestriction, Site

from cms.pages.models import BasePage

#: The names of `/api/v1/` for page types; the others go by their model's name.
PUBLIC_TYPES = {
    "activitynewspage": "news",
    "policypage": "policies",
    "planpage": "plans",
    "plantemplatepage": "templates",
    "schoolpage": "schools",
}
_FACTS = ("content_type", "pk", "title", "url_path", "school_id", "first_published_at", "last_published_at")
#: A restriction holds below its page, and for the aliases of what stands there.
_PLACES = ("path", "alias_of__path", "alias_of__alias_of__path")


@dataclass(frozen=True)
class PublicPage:
    """The public facts of one page."""

    pk: int
    model: str
    title: str
    url_path: str
    school_id: int | None
    first_published_at: datetime | None
    last_published_at: datetime | None

    @property
    def type(self) -> str:
        return PUBLIC_TYPES.get(self.model, self.model)

    @property
    def url(self) -> str | None:
        return public_path(self.url_path)


def public_path(url_path: str) -> str | None:
    """Return the address on this host for a tree address (/home/news/ -> /news/), None outside all sites."""
    for root in Site.get_site_root_paths():
        if url_path.startswith(root.root_path):
            return reverse("wagtail_serve", args=[url_path[len(root.root_path) :]])
    return None


def public_pages(fences_from: str = "", **where: Any) -> dict[int, PublicPage]:
    """Return the public pages among those that the ORM conditions choose, by id, in two queries.

    `fences_from`: count only view restrictions at and below this tree path.
    """
    rows = list(BasePage.objects.filter(live=True, **where).order_by("path").values(*_PLACES, *_FACTS))
    if not rows:
        return {}
    restrictions = PageViewRestriction.objects.filter(page__path__startswith=fences_from)
    fences = tuple(restrictions.values_list("page__path", flat=True))
    found: dict[int, PublicPage] = {}
    for row in rows:
        model = ContentType.objects.get_for_id(row["content_type"]).model
        page = PublicPage(model=model, **{name: row[name] for name in _FACTS[1:]})
        fenced = any((row[place] or "").startswith(fences) for place in _PLACES)
        if page.url is not None and not fenced:
            found[page.pk] = page
    return found
