"""Looking choices up, whether they stand in the form or in a code list of the site."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from forms.codes.models import Code
from forms.definitions.choices import Choice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from forms.definitions.document import Document

_remembered: ContextVar[dict[tuple[str, str], Choice | None] | None] = ContextVar("remembered", default=None)


@contextmanager
def remembered_choices() -> Iterator[None]:
    """Ask the database only once for each code within this block."""
    token = _remembered.set({} if _remembered.get() is None else _remembered.get())
    try:
        yield
    finally:
        _remembered.reset(token)


def choice_of(document: Document, list_name: str, value: str) -> Choice | None:
    """Return the choice with this value; None when the list has none. One query for a code list."""
    chosen = document.lists.get(list_name)
    if chosen is None:
        return None
    if not chosen.codes:
        return chosen.get(value)
    return code_of(chosen.codes, value)


def code_of(codes: str, value: str) -> Choice | None:
    """Return the code of a code list as a choice; None when the list has none such."""
    known = _remembered.get()
    if known is not None and (codes, value) in known:
        return known[codes, value]
    code = Code.objects.filter(codes__name=codes, value=value).first()
    found = _as_choice(code) if code else None
    if known is not None:
        known[codes, value] = found
    return found


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
