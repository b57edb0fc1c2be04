"""The filter panel of a list: boxes with counts, chips for what is set, the nearest thing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from cms.pages.selectors import FacetValue, PageFilter, facets, matching
from cms.web.frame import Entry
from cms.web.lists import Pairs, with_query

if TYPE_CHECKING:
    from cms.web.search.period import PeriodBox

SHOWN_AT_ONCE = 6
NEAREST = 3


@dataclass(frozen=True)
class Chip:
    """A filter that is set, and the address without it."""

    label: str
    value: str
    url: str


@dataclass(frozen=True)
class Group:
    """One list of boxes, or (`single`) one list to pick from."""

    name: str
    label: str
    first: list[FacetValue]
    rest: list[FacetValue] = field(default_factory=list)
    single: bool = False

    @property
    def rest_open(self) -> bool:
        return any(option.selected for option in self.rest)


@dataclass(frozen=True)
class FilterPanel:
    """Everything `design/filters.html` and `design/results.html` show. `period`: boxes for two days, where asked."""

    action: str
    words_label: str
    q: str
    groups: list[Group]
    chips: list[Chip]
    state: Pairs
    hidden: Pairs
    period: PeriodBox | None = None

    @property
    def clear_url(self) -> str:
        return self.action


@dataclass(frozen=True)
class Layout:
    """How one kind of list shows its filter: labels in order, fields with one value, words for values."""

    labels: Mapping[str, Any]
    words_label: Any
    single: frozenset[str] = frozenset()
    words: Mapping[str, Callable[[str], str]] = field(default_factory=dict)


def filter_state(filters: PageFilter, fixed: Iterable[str] = ()) -> Pairs:
    """Return the filter as parameters of an address, in the order of its fields; `fixed` ones stay out."""
    pairs: Pairs = []
    for item in fields(filters):
        value = getattr(filters, item.name)
        if item.name in fixed or value == item.default:
            continue
        write = item.metadata.get("write", str)
        values = value if isinstance(value, tuple) else (value,)
        pairs += [(item.name, write(one)) for one in values]
    return pairs


def build_panel(filters: PageFilter, layout: Layout, action: str, fixed: Iterable[str] = ()) -> FilterPanel:
    """Build the panel: one query a list of boxes, one more for chosen values that nothing has."""
    fixed = set(fixed)
    state = filter_state(filters, fixed)
    counted = facets(filters)
    groups = [
        _group(filters, layout, name, counted[name])
        for name in layout.labels
        if name in counted and name not in fixed
    ]
    names = {(g.name, o.value): o.label for g in groups for o in (*g.first, *g.rest)}
    shown = {group.name for group in groups}
    return FilterPanel(
        action=action,
        words_label=str(layout.words_label),
        q=filters.q,
        groups=[group for group in groups if group.first],
        chips=[_chip(pair, state, names, layout, action) for pair in state],
        state=state,
        hidden=[pair for pair in state if pair[0] != "q" and pair[0] not in shown],
    )


def nearest(filters: PageFilter, panel: FilterPanel) -> list[Entry]:
    """Return what would be found without one of the filters that are set: at most a count query for each."""
    found = []
    for name in dict.fromkeys(name for name, _value in panel.state):
        without = replace(filters, **{name: _default(filters, name)})
        count = matching(without).count()
        chip = next(chip for chip, pair in zip(panel.chips, panel.state, strict=True) if pair[0] == name)
        if count:
            text = _("Without “%(label)s: %(value)s”: %(count)d") % {
                "label": chip.label,
                "value": chip.value,
                "count": count,
            }
            found.append(Entry(text, with_query(panel.action, [p for p in panel.state if p[0] != name])))
        if len(found) == NEAREST:
            break
    return found


def _default(filters: PageFilter, name: str) -> Any:
    return next(item.default for item in fields(filters) if item.name == name)


def _group(filters: PageFilter, layout: Layout, name: str, counted: list[FacetValue]) -> Group:
    write = layout.words.get(name, str)
    options = [replace(option, label=write(option.label)) for option in counted]
    options += _chosen_but_empty(filters, name, {option.value for option in counted}, write)
    if name in layout.single or len(options) <= SHOWN_AT_ONCE + 1:
        return Group(name, str(layout.labels[name]), options, single=name in layout.single)
    return Group(name, str(layout.labels[name]), options[:SHOWN_AT_ONCE], options[SHOWN_AT_ONCE:])


def _chosen_but_empty(
    filters: PageFilter, name: str, known: set[str], words: Callable[[str], str]
) -> list[FacetValue]:
    """Return values that are chosen while nothing has them: the form must not lose them."""
    metadata = next(item.metadata for item in fields(filters) if item.name == name)
    chosen = getattr(filters, name)
    chosen = chosen if isinstance(chosen, tuple) else (chosen,)
    missing = [one for one in chosen if metadata["write"](one) and metadata["write"](one) not in known]
    if not missing:
        return []
    named: dict[Any, Any] = {}
    if isinstance(getattr(filters, name), tuple) and not metadata.get("choices"):
        value, label = metadata["columns"]
        everything = matching(type(filters)()).annotate(value=value, label=label)
        named = dict(everything.filter(value__in=missing).values_list("value", "label"))
    write, to_words = metadata["write"], metadata["words"]
    return [FacetValue(write(one), words(to_words(named.get(one, one))), 0, selected=True) for one in missing]


def _chip(
    pair: tuple[str, str], state: Pairs, names: Mapping[tuple[str, str], str], layout: Layout, action: str
) -> Chip:
    name, value = pair
    label = str(layout.words_label if name == "q" else layout.labels.get(name, _("Further condition")))
    shown = names.get(pair) or layout.words.get(name, str)(value)
    return Chip(label, shown, with_query(action, [other for other in state if other != pair]))
