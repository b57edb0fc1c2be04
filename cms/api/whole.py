"""One page of any type with all its fields, as published or as a draft; the site's pages may use it too."""

from __future__ import annotations

from typing import Any

from cms.api.fields import plan
from cms.api.resources import all_fields, is_shown
from cms.api.serialize.references import References
from cms.pages.models import BasePage
from cms.pages.selectors import published


def public_page_json(model: type[BasePage], pk: int, base: str) -> dict[str, Any] | None:
    """Return the published page as JSON, or None when it is not public. Six queries at most."""
    if not is_shown(model):
        return None
    reading = plan(all_fields(model))
    rows = list(published(model.objects.filter(pk=pk)).values_list(*reading.columns)[:1])
    return reading.items(rows, References(base))[0] if rows else None


def page_json(page: BasePage, base: str) -> dict[str, Any]:
    """Return a page object (of any revision, published or not) in the same shape."""
    return plan(all_fields(type(page))).of_page(page, References(base))
