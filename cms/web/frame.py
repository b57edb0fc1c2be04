"""What stands around every page: the bureau's name, the menu, the foot. Asked once a request."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpRequest
from wagtail.models import Site

from cms.pages.models import BasePage, BureauSettings, StandardPage
from cms.pages.selectors import published

_KEPT = "_xinqiao_frame"


@dataclass(frozen=True)
class Entry:
    """A link of the menu or the foot. `current` is what aria-current says: page, true or nothing."""

    title: str
    url: str
    current: str = ""


@dataclass(frozen=True)
class Frame:
    """The frame of a page. `sections` maps a page class's name to the address of its first page."""

    site_name: str
    home_url: str = "/"
    menu: list[Entry] = field(default_factory=list)
    foot_pages: list[Entry] = field(default_factory=list)
    sections: dict[str, Entry] = field(default_factory=dict)
    bureau_name: str = ""
    tagline: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    icp_number: str = ""
    police_number: str = ""


def frame_for(request: HttpRequest | None) -> Frame:
    """Return the frame, kept on the request: three queries the first time."""
    if request is None:
        return Frame(site_name=settings.WAGTAIL_SITE_NAME)
    if not hasattr(request, _KEPT):
        setattr(request, _KEPT, _build(request))
    return getattr(request, _KEPT)


def _build(request: HttpRequest) -> Frame:
    site = Site.find_for_request(request)
    if site is None:
        return Frame(site_name=settings.WAGTAIL_SITE_NAME)
    bureau = BureauSettings.for_site(site)
    top = _top_pages(site)
    entries = {page.pk: _entry(page, request) for page in top}
    return Frame(
        site_name=settings.WAGTAIL_SITE_NAME,
        menu=[entries[page.pk] for page in top if page.show_in_menus],
        foot_pages=[
            entries[page.pk] for page in top if page.cached_content_type.model_class() is StandardPage
        ],
        sections={
            page.cached_content_type.model_class().__name__: entries[page.pk] for page in reversed(top)
        },
        **{name: getattr(bureau, name) for name in _BUREAU_FIELDS},
    )


_BUREAU_FIELDS = ("bureau_name", "tagline", "address", "phone", "email", "icp_number", "police_number")


def _top_pages(site: Site) -> list[BasePage]:
    """Return the published pages right below the home page, in the order of the tree."""
    home = BasePage.objects.filter(pk=site.root_page_id).only("pk", "path", "depth").first()
    return list(published(BasePage.objects.child_of(home)).order_by("path")) if home else []


def _entry(page: BasePage, request: HttpRequest) -> Entry:
    url = page.get_url(request) or "/"
    current = "page" if request.path == url else "true" if request.path.startswith(url) else ""
    return Entry(page.title, url, current)
