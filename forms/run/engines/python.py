"""The server's own engine, which counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms.answers.answers import Key
from forms.definitions.document import Document
from forms.definitions.questions import Calculation
from forms.run.compiled import compiled
from forms.run.engine import run
from forms.run.engines.result import read_answers
from forms.run.outcome import Outcome


def results(document: Document, answer_sets: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return what a run makes of each set of answers."""
    form = compiled(document)
    return [_result(run(form, read_answers(document, given))) for given in answer_sets]


def _result(outcome: Outcome) -> dict[str, Any]:
    document = outcome.form.document
    relevant = {key: holds for key, holds in outcome.relevant.items() if key[1] in document.questions}
    worked_out = {name for name, placed in document.questions.items() if isinstance(placed.item, Calculation)}
    given = {
        key: value for key, value in outcome.values.items() if key in relevant and key[1] not in worked_out
    }
    values = given | {key: text for key, text in outcome.calculated.items() if text != ""}
    return {
        "path": list(outcome.path),
        "relevant": {_place(outcome, key): holds for key, holds in relevant.items()},
        "values": {_place(outcome, key): value for key, value in values.items()},
        "errors": {_place(outcome, key): list(found) for key, found in outcome.errors.items()},
    }


def _place(outcome: Outcome, key: Key) -> str:
    """Return `roster[1].question` for a key."""
    item, name = key
    rosters = [roster for roster in outcome.form.outline.rosters(name) if roster != name]
    positions = outcome.places.of(name, item).items
    return "".join(f"{roster}[{at}]." for roster, at in zip(rosters, positions, strict=False)) + name
