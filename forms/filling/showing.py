"""What a page of a form shows besides its questions: menu, progress, cards of rosters, what a script asks for."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from forms.answers.answers import Key
from forms.definitions.document import InnerRoster, Roster
from forms.definitions.questions import Question
from forms.filling.bases import base_of
from forms.filling.live import live_page
from forms.filling.places import place_of, step_in_address
from forms.filling.widgets import html_name
from forms.kinds import kind_of
from forms.sealing.masking import mask
from forms.submissions.trail import AnswerComment

if TYPE_CHECKING:
    from forms.definitions.document import AnyRoster
    from forms.filling.actions import Conflict
    from forms.filling.models import Draft
    from forms.filling.step_form import StepForm
    from forms.filling.views.wizard import FillingWizard
    from forms.run.outcome import Outcome

#: How many facts of an item its card tells besides its name.
FACTS = 2


@dataclass(frozen=True)
class MenuEntry:
    """A step in the menu. `state` is done, wrong, begun or open."""

    name: str
    title: str
    state: str
    is_current: bool


@dataclass(frozen=True)
class Card:
    """An item of a roster. `address` is "roster item", for the verbs."""

    item: str
    title: str
    facts: list[str]
    wrong: int
    address: str


@dataclass(frozen=True)
class Mistake:
    """Something to mend, in the summary above the page."""

    label: str
    message: str
    anchor: str


def page_context(wizard: FillingWizard, form: StepForm) -> dict[str, Any]:
    """Return what the page's template asks for."""
    draft, outcome, place = wizard.draft, wizard.outcome, wizard.place
    query = wizard.request.GET
    path = list(outcome.path)
    number = path.index(place.step.name) + 1
    return {
        "draft": draft,
        "place": place,
        "form": form,
        "writer": secrets.token_hex(6),
        "live": live_page(outcome, place),
        "action": place.url(draft.pk),
        "entries": entries_of(form, draft),
        "item_title": item_title(outcome, place.roster, place.item) if place.roster else "",
        "roster_title": place.roster.label if place.roster else "",
        "menu": menu_of(draft, outcome, place.step.name),
        "number": number,
        "count": len(path),
        "is_last": number == len(path),
        "mistakes": mistakes_of(form),
        "saved_at": saved_at(draft),
        "is_older": draft.version.form.live_id not in (None, draft.version_id),
        "gone": "gone" in query,
        "off_path": "off" in query,
        "more": query.get("more", "") if query.get("more", "").isdecimal() else "",
        "full": "full" in query,
        "refused": refused_files(form, wizard.request),
        "removed": _removed(draft, query.get("removed", "")),
        "page": {"title": draft.version.document.title},
    }


def open_comments(draft: Draft) -> dict[Key, list[Any]]:
    """Return what a reviewer asks to be corrected, by key. One query."""
    return AnswerComment.objects.open().filter(submission=draft.pk).by_answer()


def entries_of(form: StepForm, draft: Draft) -> list[dict[str, Any]]:
    """Return what stands on the page, with the cards of its rosters."""
    entries = form.entries
    for entry in entries:
        if "roster" in entry:
            roster = entry["roster"]
            entry["cards"] = cards_of(form, roster)
            entry["wrong"] = form.problems.get((form.item, roster.name), [])
            entry["comments"] = form.comments.get((form.item, roster.name), [])
            entry["is_full"] = len(entry["cards"]) >= roster.maximum
    return entries


def cards_of(form: StepForm, roster: AnyRoster) -> list[Card]:
    """Return the items of a roster on the page."""
    outcome = form.outcome
    ids = outcome.items(roster.name, form.item) if outcome else form.answers.items(roster.name, form.item)
    within = _items_within(form)
    return [
        Card(
            item=item,
            title=item_title(outcome, roster, item, number),
            facts=facts_of(outcome, roster, item),
            wrong=sum(1 for key in form.problems if key[0] in within.get(item, {item})),
            address=f"{roster.name} {item}",
        )
        for number, item in enumerate(ids, 1)
    ]


def _items_within(form: StepForm) -> dict[str, set[str]]:
    """Return for each item itself and the items inside it."""
    found: dict[str, set[str]] = {}
    for parent, _roster, item in form.answers.walk_items():
        found.setdefault(item, {item})
        found.setdefault(parent, {parent}).add(item)
    return found


def item_title(outcome: Outcome | None, roster: AnyRoster, item: str, number: int = 0) -> str:
    """Return how an item is called: by its label, else by its first text answer, else by its number."""
    if outcome is None:
        return roster.item_name or roster.label
    if roster.item_label and (text := outcome.text(roster.item_label, item).strip()):
        return text
    if not roster.item_label and (facts := _shown(outcome, roster, item)):
        return facts[0]
    number = number or _number(outcome, roster, item)
    return f"{roster.item_name or roster.label} {number}"


def facts_of(outcome: Outcome | None, roster: AnyRoster, item: str) -> list[str]:
    """Return a few answers of an item, in the order of its questions, without its title."""
    if outcome is None:
        return []
    title = item_title(outcome, roster, item)
    return [fact for fact in _shown(outcome, roster, item) if fact not in title][:FACTS]


def _shown(outcome: Outcome, roster: AnyRoster, item: str) -> list[str]:
    """Return the answers of an item that may be shown and are short."""
    found = []
    for part in roster.items:
        if isinstance(part, Question) and part.asks and outcome.is_relevant(part.name, item):
            value = outcome.answers.get(part.name, item)
            if value is not None:
                kind = kind_of(part)
                text = (
                    mask(part, value) if part.sensitive else kind.display(part, value, outcome.form.document)
                )
                if text and len(text) <= 40 and "\n" not in text:
                    found.append(text)
        if len(found) > FACTS:
            break
    return found


def _number(outcome: Outcome, roster: AnyRoster, item: str) -> int:
    for (_parent, name), ids in outcome.answers.rosters.items():
        if name == roster.name and item in ids:
            return ids.index(item) + 1
    return 1


def menu_of(draft: Draft, outcome: Outcome, current: str) -> list[MenuEntry]:
    """Return the steps on the path, with how far each is."""
    titles = {step.name: step.title for step in draft.version.document.steps}
    return [
        MenuEntry(step_in_address(name), titles[name], _state(draft, outcome, name), name == current)
        for name in outcome.path
    ]


def _state(draft: Draft, outcome: Outcome, step: str) -> str:
    if step in draft.visited:
        return "wrong" if outcome.errors_of_step(step) else "done"
    names = outcome.form.names_of_step(step)
    return "begun" if any(name in names for _item, name in outcome.answers.values) else "open"


def mistakes_of(form: StepForm) -> list[Mistake]:
    """Return what is wrong on the page, in its order, each with the place to go to."""
    found = []
    for part in form.place.parts:
        told = form.problems.get((form.item, part.name), [])
        found += [Mistake(form.text(part.label), message, html_name(part.name)) for message in told]
        if isinstance(part, Roster | InnerRoster):
            found += [
                Mistake(card.title, _("Answers are missing or wrong here."), f"item-{card.item}")
                for card in cards_of(form, part)
                if card.wrong
            ]
    return found


def saved_at(draft: Draft) -> str:
    """Return the time of the last saving, with the day when it was not today; empty when nothing was saved."""
    if not draft.revision:
        return ""
    moment = timezone.localtime(draft.updated_at)
    same_day = moment.date() == timezone.localdate()
    return f"{moment:%H:%M}" if same_day else f"{moment.month}月{moment.day}日 {moment:%H:%M}"


def _removed(draft: Draft, item: str) -> dict[str, str] | None:
    """Return the item that was just removed and can be put back."""
    kept = next((one for one in draft.removed if one["item"] == item), None)
    placed = draft.version.document.rosters.get(kept["roster"]) if kept else None
    return {"item": item, "name": placed.item.item_name or placed.item.label} if placed else None


def refused_files(form: StepForm, request: Any) -> list[Mistake]:
    """Return what the last request said about files that were not taken; told once."""
    from django.contrib.messages import get_messages

    names = {html_name(question.name): question.label for question in form.place.questions}
    told = [message for message in get_messages(request) if message.extra_tags == "file"]
    found = []
    for message in told:
        name, _mark, text = str(message).partition("|")
        if name in names:
            found.append(Mistake(names[name], text, name))
    return found


def conflict_rows(wizard: FillingWizard, conflicts: dict[Key, Conflict]) -> list[dict[str, Any]]:
    """Return both answers of each conflict for people; her own sensitive answer is shown, the other one masked."""
    document = wizard.draft.version.document
    rows = []
    for (_item, name), conflict in conflicts.items():
        question = document.questions[name].item
        kind = kind_of(question)
        theirs = kind.display(question, conflict.theirs, document)
        rows.append(
            {
                "name": html_name(name),
                "label": question.label,
                "mine": kind.display(question, conflict.mine, document),
                "theirs": mask(question, conflict.theirs) if question.sensitive else theirs,
                "base": base_of(conflict.theirs),
            }
        )
    return rows


def address_of_question(draft: Draft, outcome: Outcome, key: Key) -> str:
    """Return the address of a question or roster, for a link that leads to it."""
    place = place_of(draft.version.document, outcome.answers, key[1], key[0])
    return f"{place.url(draft.pk)}#{html_name(key[1])}" if place else ""
