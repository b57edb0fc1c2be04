"""What the search page says about a hit, and where its other orders are."""

from __future__ import annotations

from django import template
from django.urls import reverse

from cms.web.lists import Pairs, with_query
from cms.web.search.panel import kind_label

register = template.Library()
register.simple_tag(kind_label)


@register.simple_tag
def sorted_url(state: Pairs, sort: str, path: str = "") -> str:
    """Return the address of the same search in another order."""
    pairs = [pair for pair in state if pair[0] != "sort"]
    return with_query(
        path or reverse("site_search"), pairs + ([("sort", sort)] if sort != "relevance" else [])
    )
