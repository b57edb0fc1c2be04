"""RSS and Atom: activity news of everybody and of each school, and policies."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import feedgenerator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.pages.models import BasePage, SchoolPage
from cms.pages.selectors import NewsFilter, PolicyFilter, public_news, public_policies, public_schools
from cms.web.frame import frame_for

LENGTH = 30
_FORMATS = {"rss": feedgenerator.Rss201rev2Feed, "atom": feedgenerator.Atom1Feed}
_TYPES = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
}
_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


@require_safe
def news_feed(request: HttpRequest, kind: str) -> HttpResponse:
    """The latest activity news of all schools."""
    title = _("Activity news")
    return _feed(request, kind, title, "/news/", list(public_news(NewsFilter())[:LENGTH]))


@require_safe
def policy_feed(request: HttpRequest, kind: str) -> HttpResponse:
    """The latest policies."""
    return _feed(request, kind, _("Policies"), "/policies/", list(public_policies(PolicyFilter())[:LENGTH]))


@require_safe
def school_feed(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The latest activity news of one school; 404 when its page is not public."""
    page: SchoolPage | None = public_schools().filter(owning_school__code=code).first()
    if page is None:
        raise Http404
    items = list(public_news(NewsFilter(school=(code,)))[:LENGTH])
    return _feed(request, kind, page.title, page.get_url(request) or "/", items)


def _feed(request: HttpRequest, kind: str, title: str, path: str, items: list[Any]) -> HttpResponse:
    """Write the feed. Nothing in it depends on the clock: the same pages give the same bytes."""
    frame = frame_for(request)
    name = frame.bureau_name or frame.site_name
    feed = _Dated(
        _FORMATS[kind],
        title=f"{title} - {name}",
        link=request.build_absolute_uri(path),
        description=frame.tagline or title,
        language="zh-Hans",
        feed_url=request.build_absolute_uri(request.path),
        author_name=name,
    )
    for item in items:
        feed.add(item, request)
    return HttpResponse(feed.text(), content_type=_TYPES[kind])


class _Dated:
    """A feed whose date is that of its newest item; Django would take the present moment for an empty one."""

    def __init__(self, generator: type[feedgenerator.SyndicationFeed], **fields: Any) -> None:
        class Feed(generator):  # type: ignore[misc, valid-type]
            def latest_post_date(self) -> datetime:
                dates = [i["updateddate"] for i in self.items if i["updateddate"]]
                return max(dates, default=_BEGINNING)

        self._feed = Feed(**fields)

    def add(self, item: BasePage, request: HttpRequest) -> None:
        address = request.build_absolute_uri(item.get_url(request) or "/")
        self._feed.add_item(
            title=item.title,
            link=address,
            description=item.intro,
            unique_id=address,
            pubdate=item.first_published_at,
            updateddate=item.last_published_at,
            author_name=item.school.name if item.school else None,
        )

    def text(self) -> str:
        return self._feed.writeString("utf-8")
