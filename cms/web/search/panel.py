"""What a search is narrowed by: read from the address, and shown with counts beside each value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cms.findable.kinds import kind_label, status_label
from cms.pages.selectors import FacetValue
from cms.text import school_year_label
from cms.web.filters import SHOWN_AT_ONCE, Chip, FilterPanel, Group
from cms.web.lists import Pairs, with_query
from cms.web.search.period import FROM, TO, Period, period_box
from search.service import FACETS, Result, Sort

MAX_LENGTH = 80
MAX_VALUES = 12
LABELS: Mapping[str, Any] = {
    "kind": _("Kind"),
    "school": _("School"),
    "township": _("Township"),
    "school_year": _("School year"),
    "topic": _("Topic"),
    "status": _("Status"),
}
SORTS: Mapping[str, Any] = {
    "relevance": _("Best match"),
    "newest": _("Newest first"),
    "oldest": _("Oldest first"),
}


_WORDS: Mapping[str, Callable[[str], str]] = {
    "kind": kind_label,
    "school_year": lambda year: school_year_label(int(year)) if year.isdecimal() else year,
    "status": status_label,
}


@dataclass(frozen=True)
class SearchState:
    """What the address asks for. Values of filters are what the index holds; others find nothing."""

    text: str = ""
    sort: Sort = "relevance"
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    period: Period = field(default_factory=Period)

    @classmethod
    def of(cls, data: QueryDict) -> SearchState:
        """Read the state from an address's parameters; nonsense is left out."""
        sort = data.get("sort", "")
        filters = {name: _clean(data.getlist(name)) for name in FACETS}
        return cls(
            text=" ".join(data.get("q", "").replace("\x00", " ").split())[:MAX_LENGTH],
            sort=cast("Sort", sort) if sort in SORTS else "relevance",
            filters={name: values for name, values in filters.items() if values},
            period=Period.of(data),
        )

    @property
    def is_empty(self) -> bool:
        return not self.text and not self.is_narrowed

    @property
    def is_narrowed(self) -> bool:
        return bool(self.filters or self.period)

    @property
    def pairs(self) -> Pairs:
        """Return the state as parameters of an address."""
        pairs: Pairs = [("q", self.text)] if self.text else []
        pairs += [(name, value) for name, values in self.filters.items() for value in values]
        pairs += self.period.pairs
        return pairs + ([("sort", self.sort)] if self.sort != "relevance" else [])


def build_search_panel(state: SearchState, result: Result, action: str) -> FilterPanel:
    """Return boxes with counts for every facet that can still narrow, and a chip for each value that is set."""
    groups = [_group(name, state, result.facets.get(name, ())) for name in FACETS]
    chips = [_chip(pair, state, action) for pair in state.pairs if pair[0] in LABELS]
    if state.period:
        rest = [pair for pair in state.pairs if pair[0] not in {FROM, TO}]
        chips.append(Chip(str(_("Date")), state.period.label, with_query(action, rest)))
    return FilterPanel(
        action=action,
        words_label="",
        q=state.text,
        groups=[
            group for group in groups if len(group.first) > 1 or any(one.selected for one in group.first)
        ],
        chips=chips,
        state=state.pairs,
        hidden=[pair for pair in state.pairs if pair[0] == "sort"],
        period=period_box(state.period, state.pairs, action),
    )


def _group(name: str, state: SearchState, counts: Sequence[tuple[str, int]]) -> Group:
    chosen = state.filters.get(name, ())
    write = _WORDS.get(name, str)
    options = [FacetValue(value, write(value), count, selected=value in chosen) for value, count in counts]
    known = {value for value, _count in counts}
    options += [FacetValue(value, write(value), 0, selected=True) for value in chosen if value not in known]
    if len(options) <= SHOWN_AT_ONCE + 1:
        return Group(name, str(LABELS[name]), options)
    return Group(name, str(LABELS[name]), options[:SHOWN_AT_ONCE], options[SHOWN_AT_ONCE:])


def _chip(pair: tuple[str, str], state: SearchState, action: str) -> Chip:
    name, value = pair
    rest = [other for other in state.pairs if other != pair]
    return Chip(str(LABELS[name]), _WORDS.get(name, str)(value), with_query(action, rest))


def _clean(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(v[:MAX_LENGTH] for v in values if v and "\x00" not in v))[:MAX_VALUES]
