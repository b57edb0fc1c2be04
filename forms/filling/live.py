"""What a page answers at once while somebody types: the logic around it, for the browser's twin of the run.

The server's answer after each saving stays the final word. To the browser go only the expressions that the page needs
and the answers that they look at; never a sensitive one, a hidden value or what is worked out of them. What looks at
something that the browser may not have waits for the server.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from forms.definitions.questions import Calculation, MatrixRow, Question
from forms.filling.logic import Logic
from forms.run.compiled import is_roster

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forms.filling.places import Place
    from forms.run.compiled import CompiledForm
    from forms.run.outcome import Outcome

_KEPT = "_live"


def live_page(outcome: Outcome, place: Place) -> dict[str, Any] | None:
    """Return what the page's script needs; None where nothing on the page depends on anything."""
    if not outcome.places.knows(place.item):
        return None
    logic = logic_of(outcome.form, place)
    if not logic.tree:
        return None
    rosters = [roster.name for roster in place.rosters]
    at = outcome.places.of("", place.item).items
    return {
        **logic.tree,
        "at": [[roster, number] for roster, number in zip(rosters, at, strict=False)],
        "given": _given(logic, outcome.facts.given),
        "now": int(timezone.now().timestamp() * 1000),
    }


def logic_of(form: CompiledForm, place: Place) -> Logic:
    """Return the logic of a page; made once for each page of a version."""
    made: dict[Any, Logic] = form.__dict__.setdefault(_KEPT, {})
    key = (place.step.name, tuple(roster.name for roster in place.rosters))
    if key not in made:
        made[key] = Logic(form, place.parts, *key)
    return made[key]


def _given(logic: Logic, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers that the page's logic looks at, as expressions see them, without those out of reach."""
    sent = {part.name for part in logic.needed if _is_answer(part.item)} - logic.out_of_reach
    rosters = {part.name for part in logic.needed if is_roster(part.item)} - logic.out_of_reach

    def chosen(level: Mapping[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, value in level.items():
            if name in rosters:
                found[name] = [chosen(item) for item in value]
            elif name in sent:
                found[name] = value
        return found

    return chosen(facts)


def _is_answer(item: Any) -> bool:
    """Say whether the part stands for an answer that may be sent: none that is sensitive, none worked out anew."""
    if isinstance(item, MatrixRow):
        return True
    return isinstance(item, Question) and not item.sensitive and not isinstance(item, Calculation)
