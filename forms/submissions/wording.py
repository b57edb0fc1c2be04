"""Texts of a form with answers in them, for eyes that may not see the sensitive ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.answers.answers import TOP
from forms.run.outcome import REFERENCE

if TYPE_CHECKING:
    from forms.run.outcome import Outcome

#: Stands where a sensitive answer would.
COVERED = "***"


def public_text(outcome: Outcome, label: str, item: str = TOP) -> str:
    """Return the label with `${name}` replaced by the answer as people read it; a sensitive one stays covered."""
    if "${" not in label:
        return label
    questions = outcome.form.document.questions

    def shown(name: str) -> str:
        placed = questions.get(name)
        text = outcome.shown(name, item)
        return COVERED if placed is not None and placed.item.sensitive and text else text

    return REFERENCE.sub(lambda match: shown(match[1]), label)
