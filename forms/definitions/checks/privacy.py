"""Sensitive answers: asked for a purpose, never shown where others read (个人信息保护法 第六条、第十七条)."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from forms.definitions.checks.examined import Examined, Phrase, shown_names
from forms.definitions.checks.registry import check
from forms.definitions.fault import Fault
from forms.definitions.places import label_of

#: Types of questions whose answers single a person out: sensitive unless somebody has decided otherwise.
PERSONAL = frozenset({"id_number", "location", "signature"})


@check
def sensitive_without_purpose(form: Examined) -> Iterator[Fault]:
    """Yield an error for a sensitive question that does not say why it is asked."""
    for spot in form.questions:
        if spot.item.sensitive and not spot.item.purpose:
            yield form.error(
                "purpose-missing",
                spot.path,
                _("It is sensitive and does not say why it is asked."),
                _("Write the purpose; people read it before they answer."),
                "purpose",
            )


@check
def personal_but_open(form: Examined) -> Iterator[Fault]:
    """Yield a warning for an id number and the like that is not marked as sensitive."""
    for spot in form.questions:
        if spot.item.type in PERSONAL and not spot.item.sensitive:
            yield form.warning(
                "not-sensitive",
                spot.path,
                _("Such an answer is personal, and it is not marked as sensitive."),
                _("Mark it, so that it is sealed and masked."),
                "sensitive",
            )


@check
def sensitive_and_searchable(form: Examined) -> Iterator[Fault]:
    """Yield an error for an answer that should be both hidden and found."""
    for spot in form.questions:
        if spot.item.sensitive and spot.item.searchable:
            yield form.error(
                "sensitive-searchable",
                spot.path,
                _("A sensitive answer cannot be searched for."),
                _("Take one of the two marks out."),
                "searchable",
            )


@check
def sensitive_shown(form: Examined) -> Iterator[Fault]:
    """Yield an error for a text that shows a sensitive answer where others read it.

    Others read what a submission is called, how a roster's items show in lists, and every text of a public form.
    """
    sensitive = {spot.item.name: spot for spot in form.questions if spot.item.sensitive}
    rows = {row: matrix for row, matrix in form.document.matrix_rows.items() if matrix in sensitive}
    for phrase in form.labels:
        if not _is_public(form, phrase):
            continue
        for name in dict.fromkeys(shown_names(phrase.text)):
            spot = sensitive.get(name) or sensitive.get(rows.get(name, ""))
            if spot:
                yield form.error(
                    "sensitive-shown",
                    phrase.path,
                    _("The text shows the sensitive answer “%(question)s” where others read it.")
                    % {"question": label_of(spot.item)},
                    _("Take ${%(name)s} out of the text.") % {"name": name},
                    phrase.setting,
                )


def _is_public(form: Examined, phrase: Phrase) -> bool:
    return phrase.setting in {"summary", "item_label", "thanks"} or form.public
