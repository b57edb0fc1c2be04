"""Where a button of a page leads, after what was typed has been saved."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.urls import reverse

from forms.definitions.document import InnerRoster, Roster
from forms.filling.actions import AddItem, MoveItem, RemoveItem, RestoreItem
from forms.filling.places import Place
from forms.filling.views.access import actor
from forms.filling.widgets import html_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from forms.filling.views.wizard import FillingWizard


def do_verb(wizard: FillingWizard, go: str, file_problems: dict[str, list[str]]) -> str:
    """Do what the button says and return the address to go to. An unknown word stays on the page."""
    for name, told in file_problems.items():
        for text in told:
            messages.error(wizard.request, f"{html_name(name)}|{text}", extra_tags="file")
    verb, _space, rest = go.partition(" ")
    if file_problems and verb == "next":
        return here(wizard)
    return _VERBS.get(verb, stay)(wizard, rest)


def here(wizard: FillingWizard, anchor: str = "", **query: str) -> str:
    """Return the address of the page itself."""
    return _address(wizard.place.url(wizard.draft.pk), anchor, **query)


def _address(url: str, anchor: str = "", **query: str) -> str:
    asked = f"?{urlencode(query)}" if query else ""
    return f"{url}{asked}{f'#{anchor}' if anchor else ''}"


def stay(wizard: FillingWizard, rest: str = "") -> str:
    """Show the same page again."""
    return here(wizard)


def go_on(wizard: FillingWizard, rest: str = "") -> str:
    """Lead to the next page, unless something here is wrong or has only now turned out to be asked."""
    wrong = _wrong_here(wizard)
    if wrong:
        return here(wizard, check="1")
    unseen = _not_seen_yet(wizard)
    if unseen:
        return here(wizard, html_name(unseen[0]), more=str(len(unseen)))
    if wizard.place.roster is not None:
        return _above(wizard)
    following = wizard.get_next_step()
    if following is None:
        return reverse("forms_check", kwargs={"uuid": wizard.draft.pk})
    return wizard.get_step_url(following)


def _wrong_here(wizard: FillingWizard) -> bool:
    outcome, place = wizard.outcome, wizard.place
    if place.step.name not in outcome.path:
        return False
    if place.roster is None:
        return bool(outcome.errors_of_step(place.step.name))
    inside = {place.item} | {
        child for parent, _roster, child in outcome.answers.walk_items() if parent == place.item
    }
    return any(item in inside for item, _name in outcome.errors)


def _not_seen_yet(wizard: FillingWizard) -> list[str]:
    """Return the questions that are asked only since this answer, which a browser without scripts did not show."""
    if "visible" not in wizard.request.POST:
        return []
    seen = set(wizard.request.POST["visible"].split())
    questions = [question for question in wizard.place.questions if question.asks]
    return [
        q.name
        for q in questions
        if q.name not in seen and wizard.outcome.is_relevant(q.name, wizard.place.item)
    ]


def _above(wizard: FillingWizard, **query: str) -> str:
    """Return the address of the list that the item stands in."""
    place = wizard.place
    return _address(place.above.url(wizard.draft.pk), f"item-{place.item}", **query)


def go_back(wizard: FillingWizard, rest: str = "") -> str:
    """Lead to the page before; nothing is checked."""
    if wizard.place.roster is not None:
        return _above(wizard)
    before = wizard.get_prev_step()
    if before is None:
        return reverse("forms_start", kwargs={"slug": wizard.draft.version.form.slug})
    return wizard.get_step_url(before)


def go_to(wizard: FillingWizard, rest: str) -> str:
    """Lead to a step of the menu, or to the check."""
    if rest == "check":
        return reverse("forms_check", kwargs={"uuid": wizard.draft.pk})
    return reverse("forms_fill", kwargs={"uuid": wizard.draft.pk, "step": rest}) if rest else here(wizard)


def go_later(wizard: FillingWizard, rest: str = "") -> str:
    """Lead to the page that says how to come back."""
    return reverse("forms_later", kwargs={"uuid": wizard.draft.pk})


def add(wizard: FillingWizard, rest: str) -> str:
    """Add an item to a roster of the page and open it."""
    roster = _roster(wizard, rest)
    if roster is None:
        return here(wizard)
    try:
        item = AddItem(wizard.draft, roster.name, wizard.place.item, actor(wizard.request)).execute()
    except ValidationError:
        return here(wizard, html_name(roster.name), full="1")
    return wizard.place.within(roster, item).url(wizard.draft.pk)


def open_item(wizard: FillingWizard, rest: str) -> str:
    """Open the page of an item."""
    place = _item_place(wizard, rest)
    if place is None:
        return here(wizard)
    wrong = any(key[0] == place.item for key in wizard.outcome.errors)
    seen = wizard.place.step.name in wizard.draft.visited
    return _address(place.url(wizard.draft.pk), **({"check": "1"} if wrong and seen else {}))


def remove(wizard: FillingWizard, rest: str) -> str:
    """Take an item out; the page offers to put it back."""
    place = _item_place(wizard, rest)
    if place is None or place.roster is None:
        return here(wizard)
    RemoveItem(wizard.draft, place.item, actor(wizard.request)).execute()
    return here(wizard, html_name(place.roster.name), removed=place.item)


def restore(wizard: FillingWizard, rest: str) -> str:
    """Put an item back that was removed."""
    RestoreItem(wizard.draft, rest, actor(wizard.request)).execute()
    return here(wizard, f"item-{rest}")


def _move(by: int) -> Callable[[FillingWizard, str], str]:
    def move(wizard: FillingWizard, rest: str) -> str:
        place = _item_place(wizard, rest)
        if place is None:
            return here(wizard)
        MoveItem(wizard.draft, place.item, by, actor(wizard.request)).execute()
        return here(wizard, f"item-{place.item}")

    return move


def _roster(wizard: FillingWizard, name: str) -> Roster | InnerRoster | None:
    parts = wizard.place.parts
    return next((p for p in parts if isinstance(p, Roster | InnerRoster) and p.name == name), None)


def _item_place(wizard: FillingWizard, rest: str) -> Place | None:
    """Return the page of the item that "roster item" names, when it is on this page."""
    name, _space, item = rest.partition(" ")
    roster = _roster(wizard, name)
    if roster is None or item not in wizard.outcome.answers.items(name, wizard.place.item):
        return None
    return wizard.place.within(roster, item)


_VERBS: dict[str, Callable[[FillingWizard, str], str]] = {
    "next": go_on,
    "back": go_back,
    "later": go_later,
    "to": go_to,
    "add": add,
    "open": open_item,
    "remove": remove,
    "restore": restore,
    "up": _move(-1),
    "down": _move(1),
}
