"""Ways on from a search that found little: the question put right, or asked without its filters."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from cms.web.frame import Entry
from cms.web.lists import with_query
from cms.web.search.panel import SearchState
from search.service import FEW, Query, Result, SearchUnavailable, correction, current_engine


@dataclass(frozen=True)
class Hints:
    """What is offered above the results. `meant` is another question, `wider` the same one without filters."""

    meant: Entry | None = None
    wider: Entry | None = None


def hints_for(state: SearchState, query: Query, result: Result, action: str) -> Hints:
    """Return the hints; none where enough was found, nor while the engine is down."""
    if not state.text or (result.total > FEW and not result.relaxed):
        return Hints()
    try:
        return Hints(_meant(state, query, action), _wider(state, query, result, action))
    except SearchUnavailable:
        return Hints()


def _meant(state: SearchState, query: Query, action: str) -> Entry | None:
    better = correction(state.text, query.access, current_engine())
    return Entry(better, with_query(action, replace(state, text=better).pairs)) if better else None


def _wider(state: SearchState, query: Query, result: Result, action: str) -> Entry | None:
    if not state.is_narrowed:
        return None
    bare = replace(query, filters={}, date_from=None, date_to=None, facets=(), offset=0, limit=1)
    found = current_engine().search(bare)
    if found.relaxed or (found.total <= result.total and not result.relaxed):
        return None
    text = _("Without filters: %(n)d found") % {"n": found.total}
    return Entry(text, with_query(action, SearchState(state.text, state.sort).pairs))
