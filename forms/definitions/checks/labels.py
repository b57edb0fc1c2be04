"""Labels: there, and showing only what exists."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from django.utils.translation import gettext as _

from forms.definitions.checks.examined import Examined, shown_names
from forms.definitions.checks.registry import check
from forms.definitions.document import Note
from forms.definitions.fault import Fault
from forms.definitions.places import label_of


@check
def missing_labels(form: Examined) -> Iterator[Fault]:
    """Yield an error for what people see and that has no text."""
    for number, step in enumerate(form.document.steps):
        if not step.title:
            yield form.error(
                "title-missing", ("steps", number), _("The step has no title."), _("Write one."), "title"
            )
    for spot in form.spots:
        seen = getattr(type(spot.item), "asks", True) or getattr(spot.item, "shown", False)
        if not spot.item.label and seen:
            yield form.error(
                "label-missing",
                spot.path,
                _("It has no text that people could read."),
                _("Write it."),
                "label",
            )
        for row_number, row in enumerate(
            getattr(spot.item, "rows", ()) if spot.item.type == "matrix" else ()
        ):
            if not row.label:
                yield form.error(
                    "label-missing",
                    (*spot.path, "rows", row_number),
                    _("It has no text that people could read."),
                    _("Write it."),
                    "label",
                )


@check
def unknown_names_in_labels(form: Examined) -> Iterator[Fault]:
    """Yield an error for each ${name} in a text that means nothing in this form."""
    for phrase in form.labels:
        for name in dict.fromkeys(shown_names(phrase.text)):
            if name not in form.names:
                yield form.error(
                    "label-unknown-name",
                    phrase.path,
                    _("The text shows ${%(name)s}, and nothing has that name.") % {"name": name},
                    advise_name(form, name),
                    phrase.setting,
                )


@check
def labels_that_show_one_of_many(form: Examined) -> Iterator[Fault]:
    """Yield an error for a text that shows an answer of a roster's items without standing among them."""
    for phrase in form.labels:
        around = {roster.name for roster in phrase.rosters}
        for name in dict.fromkeys(shown_names(phrase.text)):
            spot = form.by_name.get(name)
            outside = [roster for roster in spot.rosters if roster.name not in around] if spot else []
            if outside:
                yield form.error(
                    "label-one-of-many",
                    phrase.path,
                    _("The text shows ${%(name)s}, which is asked for each item of “%(roster)s”.")
                    % {"name": name, "roster": label_of(outside[0])},
                    _("Show it within the roster, or work it out in a calculation first."),
                    phrase.setting,
                )


@check
def rosters_without_words(form: Examined) -> Iterator[Fault]:
    """Yield a warning for a roster whose items all look alike in the list."""
    for spot in form.spots:
        if spot.item.type == "roster" and not spot.item.item_label:
            yield form.warning(
                "item-label-missing",
                spot.path,
                _("Its items have nothing that tells them apart in the list."),
                _("Write how an item shows, for example ${name of a question}."),
                "item_label",
            )


def advise_name(form: Examined, name: str) -> str:
    """Return what to do about a name that nothing has: the nearest one, when one is near."""
    near = get_close_matches(name, sorted(form.names), n=1, cutoff=0.6)
    if near:
        return _("Did you mean ${%(name)s}?") % {"name": near[0]}
    labels = {label_of(spot.item): spot.item.name for spot in form.spots if not isinstance(spot.item, Note)}
    if name in labels:
        return _("Write the question's name instead of its text: ${%(name)s}.") % {"name": labels[name]}
    return _("Write the name of a question of this form.")
