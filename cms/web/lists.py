"""Lists in pages: which page, which links below. The address carries everything."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

PAGE_SIZE = 20
Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class PageLink:
    """A number below a list; without a number it is a gap."""

    number: int = 0
    url: str = ""
    current: bool = False


@dataclass(frozen=True)
class Pages:
    """One page of a list, and the way to the others."""

    items: list[Any]
    total: int
    number: int = 1
    count: int = 1
    previous_url: str = ""
    next_url: str = ""
    links: list[PageLink] = field(default_factory=list)


def with_query(path: str, pairs: Pairs) -> str:
    """Return the address with these parameters."""
    return f"{path}?{urlencode(pairs)}" if pairs else path


def paginate(
    request: HttpRequest, rows: QuerySet[Any], path: str, state: Pairs, size: int = PAGE_SIZE
) -> Pages:
    """Return the page that `?page=` asks for; nonsense is the first page, too much is the last."""
    paginator = Paginator(rows, size)
    page = paginator.get_page(request.GET.get("page", "1"))
    return page_links(paginator, page, path, state, list(page.object_list))


def page_links(
    paginator: Paginator[Any], page: Page[Any], path: str, state: Pairs, items: list[Any] | None = None
) -> Pages:
    """Return a page of a list with the addresses of the others."""

    def url(number: int) -> str:
        return with_query(path, [*state, ("page", str(number))] if number > 1 else state)

    shown = paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return Pages(
        items=items or [],
        total=paginator.count,
        number=page.number,
        count=paginator.num_pages,
        previous_url=url(page.number - 1) if page.has_previous() else "",
        next_url=url(page.number + 1) if page.has_next() else "",
        links=[PageLink(n, url(n), n == page.number) if isinstance(n, int) else PageLink() for n in shown],
    )
