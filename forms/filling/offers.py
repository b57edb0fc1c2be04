"""What a question offers to choose from, as a page shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from forms.codes.lookup import choice_of, choices_of
from forms.codes.models import Code
from forms.definitions.questions import Address, Gender, RecordReference, YesNo
from forms.kinds import kind_of
from forms.kinds.places import DIVISIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from forms.definitions.choices import Choice
    from forms.definitions.document import Document
    from forms.definitions.questions import Question

#: More choices than this are a list to search in, not buttons.
MANY = 7
#: Lists with more rows than these stay on the server.
MOST_ROWS = 300
#: The most records that a list shows at once.
MOST_RECORDS = 500


@dataclass
class Offer:
    """A choice on the page. `place` is its number in a ranking; `gone` is one that the filter takes away at present."""

    value: str
    label: str
    chosen: bool = False
    place: str = ""
    gone: bool = False


@dataclass
class OfferGroup:
    """Choices under a heading."""

    label: str
    offers: list[Offer] = field(default_factory=list)


def offers_of(
    question: Question, document: Document, filtered: Iterable[Choice] | None = None
) -> list[Offer]:
    """Return the choices of a question; `filtered` are those that are left of its list."""
    if isinstance(question, YesNo | Gender):
        return [Offer(value, label) for value, label in kind_of(question).labels().items()]  # type: ignore[attr-defined]
    if filtered is None:
        filtered = choices_of(document, question.list)  # type: ignore[attr-defined]
    return [Offer(choice.value, choice.label) for choice in filtered]


def standing_offers(
    question: Any, document: Document, left: Iterable[Choice] | None, chosen: Iterable[Any]
) -> list[Offer]:
    """Return the choices that a page holds: of a short list all, those marked that a filter takes away.

    `left` is what the filter leaves, None without one. What was chosen before is always among them: a page without
    it would take the answer away unseen.
    """
    if isinstance(question, YesNo | Gender):
        return offers_of(question, document)
    offers = offers_of(question, document, None if is_short(document, question.list) else left)
    wanted = {one for one in chosen if isinstance(one, str) and one}
    missing = sorted(wanted - {offer.value for offer in offers})
    kept = [choice for value in missing if (choice := choice_of(document, question.list, value))]
    offers += [Offer(choice.value, choice.label) for choice in kept]
    values = {offer.value for offer in offers} if left is None else {choice.value for choice in left} | wanted
    for offer in offers:
        offer.gone = offer.value not in values
    return offers


def is_short(document: Document, list_name: str) -> bool:
    """Say whether a list stands in the form and is short enough to go to the browser as a whole."""
    chosen = document.lists.get(list_name)
    return chosen is not None and not chosen.codes and len(chosen.choices) <= MOST_ROWS


def rank(offers: list[Offer], value: Any) -> list[Offer]:
    """Return the choices of a ranking in the person's order, each with its place as far as it has one."""
    if isinstance(value, dict):
        places = {str(key): str(place) for key, place in value.items()}
    else:
        places = {one: str(number) for number, one in enumerate(value or [], 1)}
    for offer in offers:
        offer.place = places.get(offer.value, "")
    return sorted(offers, key=lambda offer: int(offer.place) if offer.place.isdecimal() else len(offers) + 1)


def provinces(chosen: str) -> list[Offer]:
    """Return the provinces. One query."""
    found = Code.objects.filter(codes__name=DIVISIONS, retired=False, value__endswith="0000")
    return [
        Offer(value, label, value[:2] == chosen[:2]) for value, label in found.values_list("value", "label")
    ]


def counties(within: str, chosen: str) -> list[OfferGroup]:
    """Return the divisions within a province, a city or a county (by the digits), grouped by city. One query.

    They are those with nothing below them: counties, but also a city without counties (东莞市) and a province whose
    parts the list does not have (台湾省).
    """
    if not within:
        return []
    found = dict(
        Code.objects.filter(codes__name=DIVISIONS, retired=False, value__startswith=within[:2])
        .order_by("position", "value")
        .values_list("value", "label")
    )
    divided = {above for value in found for above in _above(value)}
    groups: dict[str, OfferGroup] = {}
    for value, label in found.items():
        if value in divided or not value.startswith(within):
            continue
        holder = next((found[above] for above in _above(value) if above in found), label)
        groups.setdefault(holder, OfferGroup(holder)).offers.append(Offer(value, label, value == chosen))
    return list(groups.values())


def _above(value: str) -> list[str]:
    """Return the codes of the city and the province around a division."""
    return [above for above in (f"{value[:4]}00", f"{value[:2]}0000") if above != value]


def address_offers(question: Address, value: dict[str, str]) -> tuple[list[Offer], list[OfferGroup]]:
    """Return the provinces (none when the question is about one part of the country) and the counties."""
    code = value.get("code", "")
    if question.within:
        return [], counties(question.within, code)
    return provinces(code), counties(code[:2], code)


def record_offers(question: RecordReference, user: Any, chosen: str) -> list[Offer]:
    """Return the records that the person may see. One query; nothing for whoever is not logged in."""
    from forms.registers.models import Record

    if user is None:
        return []
    found = Record.objects.for_user(user).active().filter(register__name=question.register_name)
    return [Offer(str(record.pk), record.label, str(record.pk) == chosen) for record in found[:MOST_RECORDS]]
