"""What is worked out of a draft before it is handed in: what counts, and what it is called."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from forms.answers.answers import TOP, Answers, Key
from forms.answers.keeping import pack
from forms.filling.models import Draft
from forms.run.compiled import compiled
from forms.run.engine import run
from forms.submissions.wording import public_text

if TYPE_CHECKING:
    from forms.definitions.document import Document
    from forms.run.outcome import Outcome

SUMMARY_LIMIT = 200


@dataclass(frozen=True)
class Prepared:
    """A draft as it would be handed in; made from one state of it (`fits` tells whether it is still that)."""

    revision: int
    version_id: int
    kept: dict[str, Any]
    outcome: Outcome
    document: Document
    digest: str
    summary: str
    #: The answers that count, and what was worked out, in the items that it belongs to: packed for the database.
    packed_answers: dict[str, Any]
    packed_calculated: dict[str, Any]

    def fits(self, draft: Draft) -> bool:
        """Say whether the draft is as it was."""
        now = (draft.revision, draft.version_id, draft.kept_answers)
        return now == (self.revision, self.version_id, self.kept)

    @cached_property
    def values(self) -> dict[Key, Any]:
        """Return the answers that count and what was worked out."""
        return self.outcome.values


def prepare(draft: Draft) -> Prepared:
    """Work the draft out. Its version and form should be at hand."""
    document, answers = draft.version.document, draft.answers
    outcome = run(compiled(document), answers, seed=draft.pk)
    counted = counting(outcome)
    return Prepared(
        revision=draft.revision,
        version_id=draft.version_id,
        kept=draft.kept_answers,
        outcome=outcome,
        document=document,
        digest=digest_of_answers(answers),
        summary=_summary(outcome, draft),
        packed_answers=pack(document, counted, draft.pk),
        packed_calculated=pack(document, _worked_out(outcome, counted), draft.pk),
    )


def counting(outcome: Outcome) -> Answers:
    """Return the answers of the path alone, with the items of the rosters that are asked."""
    document = outcome.form.document
    values = {
        key: value
        for key, value in outcome.answers.values.items()
        if outcome.relevant.get(key) and key not in outcome.calculated and key[1] in document.questions
    }
    rosters = {
        (parent, name): outcome.items(name, parent)
        for parent, name in outcome.answers.rosters
        if outcome.is_relevant(name, parent)
    }
    return Answers(values, rosters)


def _worked_out(outcome: Outcome, counted: Answers) -> Answers:
    values = {key: text for key, text in outcome.calculated.items() if text != ""}
    in_items = any(item != TOP for item, _name in values)
    return Answers(values, counted.rosters if in_items else {})


def digest_of_answers(answers: Answers) -> str:
    """Return the SHA-256 of the plain answers, whatever the order they were given in."""
    text = json.dumps(answers.to_json(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _summary(outcome: Outcome, draft: Draft) -> str:
    """Return what the submission is called in lists: the form's own words for it, else what it is about."""
    label = outcome.form.document.summary
    text = public_text(outcome, label) if label else ""
    if not text.strip() and draft.subject_id:
        text = str(draft.subject)
    return " ".join(text.split())[:SUMMARY_LIMIT]
