"""What both engines do with filters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from search.engine import FACETS


def united(*parts: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return the filters of the page and those typed as field:value together; names that are no facet are dropped."""
    filters: dict[str, list[str]] = {}
    for part in parts:
        for facet, values in part.items():
            if facet in FACETS and values:
                filters.setdefault(facet, []).extend(values)
    return filters
