"""Plain pages."""

from __future__ import annotations

from django.http import HttpRequest

from cms.pages.models import BasePage, StandardPage
from cms.pages.selectors import published
from cms.web.outline import LONG_ENOUGH, body_outline
from cms.web.registry import Context, context_of


@context_of(StandardPage)
def standard_context(page: StandardPage, request: HttpRequest) -> Context:
    """A text, its table of contents when it is long, and the pages below it."""
    toc = body_outline(page.body)
    return {
        "toc": toc if len(toc) >= LONG_ENOUGH else [],
        "children": list(published(BasePage.objects.child_of(page)).order_by("path")),
    }
