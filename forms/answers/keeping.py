"""Answers on their way to and from the database: the sensitive ones are sealed, each in its own place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from forms.answers.answers import Answers
from forms.sealing.seal import is_sealed, seal, unseal

if TYPE_CHECKING:
    from forms.definitions.document import Document


def pack(document: Document, answers: Answers, owner: object) -> dict[str, Any]:
    """Return the answers as JSON for the database; `owner` is the id of the draft and submission they belong to."""
    sealed = {
        (item, name): seal(value, place_of(owner, item, name))
        for (item, name), value in answers.values.items()
        if name in document.sensitive
    }
    return Answers({**answers.values, **sealed}, answers.rosters).to_json()


def unpack(data: dict[str, Any], owner: object) -> Answers:
    """Return the answers, all opened. Raises BrokenSealError. Who shows them must mask what the reader may not see."""
    answers = Answers.from_json(data)
    for (item, name), value in answers.values.items():
        if is_sealed(value):
            answers.values[item, name] = unseal(value, place_of(owner, item, name))
    return answers


def place_of(owner: object, item: str, name: str) -> str:
    """Return the place that an answer is sealed to."""
    return f"{owner}/{item}/{name}"
