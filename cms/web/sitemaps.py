"""sitemap.xml: an index, and one file a section, with the day each page last changed."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as sitemap_views
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from cms.pages.models import (
    ActivityNewsPage,
    BasePage,
    PlanPage,
    PlanTemplatePage,
    PolicyPage,
    SchoolPage,
)
from cms.pages.selectors import published

_COLUMNS = ("title", "path", "depth", "url_path", "locale", "last_published_at")
_LEAVES = (ActivityNewsPage, PlanPage, PlanTemplatePage, PolicyPage, SchoolPage)


class PageSitemap(Sitemap):
    """Published pages of one type; `None` is every page that has no section of its own."""

    limit = 5000

    def __init__(self, request: HttpRequest, model: type[BasePage] | None) -> None:
        self.request = request
        self.model = model

    def items(self) -> QuerySet[Any]:
        pages = BasePage.objects.filter(depth__gt=1)
        pages = pages.type(self.model) if self.model else pages.not_exact_type(*_LEAVES)
        return published(pages).only(*_COLUMNS).order_by("path")

    def location(self, item: BasePage) -> str:
        return item.get_url(self.request) or "/"

    def lastmod(self, item: BasePage) -> Any:
        return item.last_published_at

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: str | None = None) -> Any:
        """Name the host that was asked: Django would ask the sites framework, which is not here."""
        here = urlsplit(self.request.build_absolute_uri("/"))
        return self._urls(page, here.scheme, here.netloc)  # type: ignore[attr-defined]


def _sections(request: HttpRequest) -> dict[str, type[Sitemap[Any]] | Sitemap[Any]]:
    return {
        "pages": PageSitemap(request, None),
        "policies": PageSitemap(request, PolicyPage),
        "news": PageSitemap(request, ActivityNewsPage),
        "plans": PageSitemap(request, PlanPage),
        "templates": PageSitemap(request, PlanTemplatePage),
        "schools": PageSitemap(request, SchoolPage),
    }


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponseBase:
    """List the sections' files."""
    return sitemap_views.index(request, sitemaps=_sections(request), sitemap_url_name="sitemap_section")


@require_safe
def sitemap_section(request: HttpRequest, section: str) -> HttpResponseBase:
    """List the pages of a section; 404 for an unknown one."""
    return sitemap_views.sitemap(request, sitemaps=_sections(request), section=section)
