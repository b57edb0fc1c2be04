"""What all filtered lists have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from cms.pages.models import BasePage
from cms.pages.selectors import PageFilter
from cms.web.filters import Layout, build_panel, nearest
from cms.web.lists import paginate, with_query
from cms.web.registry import Context


def listing(
    page: BasePage,
    request: HttpRequest,
    filters: PageFilter,
    rows: Callable[[Any], QuerySet[Any]],
    layout: Layout,
    fixed: Iterable[str] = (),
) -> Context:
    """Return panel, page of the list, and for an empty one the nearest thing.

    `fixed` are fields that the place decides (the school of a school's list): they stay out of the address.
    """
    path = page.get_url(request) or request.path
    panel = build_panel(filters, layout, path, fixed)
    pages = paginate(request, rows(filters), path, panel.state)
    query = [*panel.state, ("page", str(pages.number))] if pages.number > 1 else panel.state
    return {
        "panel": panel,
        "pages": pages,
        "nearest": nearest(filters, panel) if not pages.total else [],
        "narrowed": bool(panel.state),
        "canonical": request.build_absolute_uri(with_query(path, query)),
    }
