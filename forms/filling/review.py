"""All answers of a filling on one page, as they count, each with the address where it is changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from forms.definitions.document import InnerRoster, Roster
from forms.definitions.questions import Question
from forms.filling.places import Place
from forms.filling.showing import item_title
from forms.filling.widgets import html_name
from forms.kinds import kind_of
from forms.sealing.masking import mask

if TYPE_CHECKING:
    from forms.definitions.document import AnyRoster
    from forms.filling.models import Draft
    from forms.run.outcome import Outcome


@dataclass(frozen=True)
class Row:
    """An answer: its label, what was answered (empty for nothing), what is wrong, and where it is changed."""

    label: str
    value: str
    wrong: list[str]
    url: str
    is_calculated: bool = False


@dataclass
class Group:
    """The answers of a step or of an item, and the rosters in it."""

    title: str
    url: str
    rows: list[Row] = field(default_factory=list)
    rosters: list[RosterGroup] = field(default_factory=list)


@dataclass
class RosterGroup:
    """A roster and its items."""

    label: str
    wrong: list[str]
    url: str
    items: list[Group] = field(default_factory=list)


def review(draft: Draft, outcome: Outcome) -> list[Group]:
    """Return the steps on the path with their answers; sensitive ones masked."""
    document = draft.version.document
    steps = {step.name: step for step in document.steps}
    return [_group(draft, outcome, Place(document, steps[name]), steps[name].title) for name in outcome.path]


def _group(draft: Draft, outcome: Outcome, place: Place, title: str) -> Group:
    url = place.url(draft.pk)
    group = Group(title, url)
    for part in place.parts:
        if not outcome.is_relevant(part.name, place.item):
            continue
        if isinstance(part, Roster | InnerRoster):
            group.rosters.append(_roster(draft, outcome, place, part))
        elif isinstance(part, Question) and (part.asks or getattr(part, "shown", False)):
            group.rows.append(_row(outcome, place, part, url))
    return group


def _roster(draft: Draft, outcome: Outcome, place: Place, roster: AnyRoster) -> RosterGroup:
    wrong = outcome.errors.get((place.item, roster.name), [])
    group = RosterGroup(roster.label, wrong, f"{place.url(draft.pk)}#{html_name(roster.name)}")
    for number, item in enumerate(outcome.items(roster.name, place.item), 1):
        inside = place.within(roster, item)
        group.items.append(_group(draft, outcome, inside, item_title(outcome, roster, item, number)))
    return group


def _row(outcome: Outcome, place: Place, question: Any, url: str) -> Row:
    label = outcome.text(question.label, place.item)
    if not question.asks:
        return Row(label, outcome.calculated.get((place.item, question.name), ""), [], "", is_calculated=True)
    value = outcome.answers.get(question.name, place.item)
    wrong = outcome.errors.get((place.item, question.name), [])
    shown = (
        mask(question, value)
        if question.sensitive
        else kind_of(question).display(question, value, outcome.form.document)
    )
    check = "?check=1" if wrong else ""
    return Row(label, shown, wrong, f"{url}{check}#{html_name(question.name)}")
