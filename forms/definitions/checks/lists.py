"""Lists of choices: there, filled, used, without doubles; points where they are counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from forms.codes.models import CodeList
from forms.definitions.checks.examined import Examined
from forms.definitions.checks.registry import check
from forms.definitions.fault import Fault
from forms.definitions.questions import Ranking, Scored

FEW = 2
MANY_TO_RANK = 30


@check
def unknown_lists(form: Examined) -> Iterator[Fault]:
    """Yield an error for each question whose list is not in the form."""
    for spot in form.questions:
        wanted = getattr(spot.item, "list", None)
        if wanted is not None and wanted not in form.document.lists:
            yield form.error(
                "list-unknown",
                spot.path,
                _("There is no list of choices “%(list)s”.") % {"list": wanted},
                _("Write the choices into the question, or choose one of the form's lists."),
                "list",
            )


@check
def unused_lists(form: Examined) -> Iterator[Fault]:
    """Yield a warning for each list that no question offers."""
    used = {spot.item.list for spot in form.questions if hasattr(spot.item, "list")}
    spoken = " ".join(phrase.text for phrase in form.expressions)
    for name in form.document.lists:
        if name not in used and f"'{name}'" not in spoken and f'"{name}"' not in spoken:
            yield form.warning(
                "list-unused",
                ("lists", name),
                _("No question uses this list."),
                _("Take it out, or choose it in a question."),
            )


@check
def empty_lists(form: Examined) -> Iterator[Fault]:
    """Yield an error for a list without choices, and for a code list that the site does not have."""
    wanted = {chosen.codes for chosen in form.document.lists.values() if chosen.codes}
    there = set(CodeList.objects.filter(name__in=wanted).values_list("name", flat=True)) if wanted else set()
    for name, chosen in form.document.lists.items():
        if chosen.codes and chosen.codes not in there:
            yield form.error(
                "codes-unknown",
                ("lists", name),
                _("The site has no code list “%(codes)s”.") % {"codes": chosen.codes},
                _("Choose a code list of the site, or write the choices down."),
                "codes",
            )
        elif not chosen.codes and not chosen.choices:
            yield form.error(
                "list-empty",
                ("lists", name),
                _("The list has no choices."),
                _("Write one choice a line."),
                "choices",
            )


@check
def short_lists(form: Examined) -> Iterator[Fault]:
    """Yield a warning for a question with a single choice to make: there is nothing to choose."""
    for spot in form.questions:
        chosen = form.document.lists.get(getattr(spot.item, "list", ""))
        if chosen and not chosen.codes and 0 < len(chosen.choices) < FEW and spot.item.type != "choices":
            yield form.warning(
                "list-short",
                spot.path,
                _("There is only one choice."),
                _("Add the others, or ask for agreement instead."),
                "list",
            )


@check
def choices_given_twice(form: Examined) -> Iterator[Fault]:
    """Yield an error for a value that two choices have, a warning for a label that two choices have."""
    for name, chosen in form.document.lists.items():
        values = Counter(choice.value for choice in chosen.choices)
        labels = Counter(choice.label for choice in chosen.choices)
        for value in (value for value, count in values.items() if count > 1):
            yield form.error(
                "choice-twice",
                ("lists", name),
                _("Two choices have the value “%(value)s”.") % {"value": value},
                _("Give each choice a value of its own."),
                "choices",
            )
        for label in (label for label, count in labels.items() if count > 1 and label):
            yield form.warning(
                "choice-label-twice",
                ("lists", name),
                _("Two choices read “%(label)s”.") % {"label": label},
                _("Nobody can tell them apart: word them differently."),
                "choices",
            )


@check
def choices_without_label(form: Examined) -> Iterator[Fault]:
    """Yield an error for a choice that nobody could read."""
    for name, chosen in form.document.lists.items():
        for number, choice in enumerate(chosen.choices):
            if not choice.label:
                yield form.error(
                    "choice-unlabelled",
                    ("lists", name, "choices", number),
                    _("The choice has no text."),
                    _("Write what people should read."),
                    "label",
                )


@check
def scored_without_points(form: Examined) -> Iterator[Fault]:
    """Yield an error for a scored question whose list has no points, a warning where some are missing."""
    for spot in form.questions:
        chosen = form.document.lists.get(spot.item.list) if isinstance(spot.item, Scored) else None
        if chosen is None or not chosen.choices:
            continue
        missing = [choice.label for choice in chosen.choices if choice.score is None]
        if len(missing) == len(chosen.choices):
            yield form.error(
                "points-missing",
                spot.path,
                _("No choice brings points."),
                _("Write the points behind each choice: very good | | 5."),
                "list",
            )
        elif missing:
            yield form.warning(
                "points-missing",
                spot.path,
                _("Some choices bring no points: %(choices)s.") % {"choices": "、".join(missing)},
                _("They count as 0. Write the points behind them if they should count."),
                "list",
            )


@check
def rankings_that_nobody_can_do(form: Examined) -> Iterator[Fault]:
    """Yield an error for ranking a code list, a warning for ranking very many choices."""
    for spot in form.questions:
        chosen = form.document.lists.get(spot.item.list) if isinstance(spot.item, Ranking) else None
        if chosen is None:
            continue
        if chosen.codes:
            yield form.error(
                "ranking-codes",
                spot.path,
                _("A code list cannot be put into an order."),
                _("Write the choices down in the question."),
                "list",
            )
        elif len(chosen.choices) > MANY_TO_RANK:
            yield form.warning(
                "ranking-long",
                spot.path,
                _("There are %(count)d choices to put into an order.") % {"count": len(chosen.choices)},
                _("Few people can do that: offer fewer."),
                "list",
            )
