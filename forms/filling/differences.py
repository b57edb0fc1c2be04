"""What has changed between two versions of a form, as far as it concerns whoever is filling in the older one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forms.definitions.questions import Question

if TYPE_CHECKING:
    from forms.definitions.document import Document, Placed

NEW, GONE, OTHER_TYPE, OTHER_TEXT, MOVED = "new", "gone", "other_type", "other_text", "moved"


@dataclass(frozen=True)
class Difference:
    """One question or roster that changed. `before` and `after` are its labels; `step` is where it stands now."""

    kind: str
    name: str
    before: str
    after: str
    step: str


def differences(old: Document, new: Document) -> list[Difference]:
    """Return what changed, in the order of the new form; what is gone comes last."""
    before, after = _asked(old), _asked(new)
    found = [one for name, placed in after.items() if (one := _compare(name, before.get(name), placed))]
    gone = [
        Difference(GONE, name, placed.item.label, "", placed.step.title)
        for name, placed in before.items()
        if name not in after
    ]
    return found + gone


def _asked(document: Document) -> dict[str, Placed]:
    questions = {name: p for name, p in document.questions.items() if p.item.asks}
    return {**questions, **document.rosters}


def _compare(name: str, old: Placed | None, new: Placed) -> Difference | None:
    label, step = new.item.label, new.step.title
    if old is None:
        return Difference(NEW, name, "", label, step)
    if type(old.item) is not type(new.item):
        return Difference(OTHER_TYPE, name, old.item.label, label, step)
    if _holders(old) != _holders(new):
        return Difference(MOVED, name, old.item.label, label, step)
    said = (old.item.label, old.item.hint), (label, new.item.hint)
    return Difference(OTHER_TEXT, name, old.item.label, label, step) if said[0] != said[1] else None


def _holders(placed: Placed) -> list[str]:
    return [roster.name for roster in placed.rosters]


def takes_answer(name: str, old: Document, new: Document) -> bool:
    """Say whether an answer to the old question has a place in the new form: the same name in the same roster."""
    before, after = old.questions.get(name), new.questions.get(name)
    if before is None or after is None or not isinstance(after.item, Question):
        return False
    return _holders(before) == _holders(after)
