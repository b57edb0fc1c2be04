"""What is worked out of a draft before it is handed in: what counts, and what it is called."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from forms.answers.answers import Answers, Key
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

    def fits(self, draft: Draft) -> bool:
        """Say whether the draft is as it was."""
        now = (draft.revision, draft.version_id, draft.kept_answers)
        return now == (self.revision, self.version_id, self.kept)

    @property
    def values(self) -> dict[Key, Any]:
        """Return the answers that count and what was worked out."""
        return self.outcome.values

    def packed_answers(self, owner: object) -> dict[str, Any]:
        """Return the answers that count, for the database."""
        return pack(self.document, counting(self.outcome), owner)

    def packed_calculated(self, owner: object) -> dict[str, Any]:
        """Return what was worked out, for the database, in the items that it belongs to."""
        values = {key: text for key, text in self.outcome.calculated.items() if text != ""}
        holding = {item for item, _name in values}
        rosters = counting(self.outcome).rosters if holding - {""} else {}
        return pack(self.document, Answers(values, rosters), owner)


def prepare(draft: Draft) -> Prepared:
    """Work the draft out. Its version and form should be at hand."""
    document, answers = draft.version.document, draft.answers
    outcome = run(compiled(document), answers, seed=draft.pk)
    return Prepared(
        revision=draft.revision,
        version_id=draft.version_id,
        kept=draft.kept_answers,
        outcome=outcome,
        document=document,
        digest=digest_of_answers(answers),
        summary=_summary(outcome, draft),
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
