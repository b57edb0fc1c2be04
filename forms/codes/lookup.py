"""Looking choices up, whether they stand in the form or in a code list of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.codes.models import Code
from forms.definitions.choices import Choice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from forms.definitions.document import Document


def choice_of(document: Document, list_name: str, value: str) -> Choice | None:
    """Return the choice with this value; None when the list has none. One query for a code list."""
    chosen = document.lists.get(list_name)
    if chosen is None:
        return None
    if not chosen.codes:
        return chosen.get(value)
    code = Code.objects.filter(codes__name=chosen.codes, value=value).first()
    return _as_choice(code) if code else None


def choices_of(document: Document, list_name: str, *, parent: str | None = None) -> Iterable[Choice]:
    """Return the choices of a list in order; of a code list those in use, below `parent` when it is given."""
    chosen = document.lists.get(list_name)
    if chosen is None:
        return ()
    if not chosen.codes:
        return chosen.choices
    codes = Code.objects.filter(codes__name=chosen.codes, retired=False)
    return [_as_choice(code) for code in (codes if parent is None else codes.filter(parent=parent))]


def label_of(document: Document, list_name: str, value: str) -> str:
    """Return the label of a value, the value itself when nothing is known about it."""
    choice = choice_of(document, list_name, value)
    return choice.label if choice else value


def _as_choice(code: Code) -> Choice:
    extra = {str(key): str(value) for key, value in code.extra.items()}
    return Choice(
        value=code.value, label=code.label, extra=extra | ({"parent": code.parent} if code.parent else {})
    )
