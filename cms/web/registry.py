"""Which builder makes the context of which page type. Page classes stay free of presentation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from cms.pages.models import BasePage
from cms.web.frame import Entry

Context = dict[str, Any]
Builder = Callable[[Any, HttpRequest], Context]
_builders: dict[type[BasePage], Builder] = {}


def context_of(*models: type[BasePage]) -> Callable[[Builder], Builder]:
    """Register the decorated function as the builder of these page types."""

    def register(builder: Builder) -> Builder:
        for model in models:
            _builders[model] = builder
        return builder

    return register


def page_context(page: BasePage, request: HttpRequest) -> Context:
    """Return what the page's template needs beyond the page itself."""
    from cms.web import contexts  # noqa: F401 - importing registers the builders

    url = page.get_url(request) or ""
    context: Context = {
        "canonical": request.build_absolute_uri(url) if url else "",
        "crumbs": crumbs_of(page, request),
    }
    builder = _builders.get(type(page))
    return {**context, **(builder(page, request) if builder else {})}


def crumbs_of(page: BasePage, request: HttpRequest) -> list[Entry]:
    """Return the way from the home page to the page, without the page itself."""
    above = page.get_ancestors().filter(depth__gt=1).only("title", "path", "depth", "url_path", "locale")
    return [Entry(ancestor.title, ancestor.get_url(request) or "/") for ancestor in above]
