"""Saving answers. What two tabs or devices changed apart is merged; nothing is overwritten unseen."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from forms.answers.answers import TOP, Answers, Key
from forms.definitions.questions import RecordReference
from forms.files.models import AnswerFile
from forms.filling.actions.locking import keep, lock, run_draft
from forms.filling.actions.rosters import put_back
from forms.filling.bases import base_of
from forms.filling.models import Draft
from forms.kinds import kind_of
from forms.kinds.base import raw_answer

if TYPE_CHECKING:
    from forms.run.outcome import Outcome


@dataclass(frozen=True)
class Conflict:
    """One answer that was changed in two places."""

    mine: Any
    theirs: Any


class LostRaceError(Exception):
    """The same answers were changed elsewhere meanwhile. Nothing was saved; `conflicts` holds both, by key."""

    def __init__(self, conflicts: dict[Key, Conflict], revision: int) -> None:
        super().__init__(f"{len(conflicts)} answers were changed elsewhere")
        self.conflicts, self.revision = conflicts, revision


@dataclass
class SaveAnswers:
    """Put changed answers into a draft (保存草稿). None takes an answer away.

    `revision_seen` is the revision that the writer had read. `bases`, by key, are fingerprints (`base_of`) of the
    answers that the writer started from: with them an answer that was sent back as it was counts as not changed.
    `forced` are keys whose conflict the person has decided for her own answer. `step` is one she has finished with.
    Raises LostRaceError, DraftClosedError, ValidationError for a question that the form does not ask there.
    """

    draft: Draft
    revision_seen: int
    changes: Mapping[Key, Any]
    user: Any = None
    bases: Mapping[Key, str] = field(default_factory=dict)
    forced: AbstractSet[Key] = frozenset()
    step: str = ""
    #: The page that writes. What it wrote itself it has seen, though the answer may have been lost on the way.
    writer: str = ""
    outcome: Outcome = field(init=False)

    @transaction.atomic
    def execute(self) -> Draft:
        draft = lock(self.draft.pk, self.user)
        answers = draft.answers
        restored = self._restore(draft, answers)
        self._check_places(draft, answers)
        changed = self._changed(draft, answers)
        for (item, name), value in self._allowed(draft, changed).items():
            answers.put(name, value, item)
        visits = bool(self.step) and self.step not in draft.visited
        if visits:
            draft.visited = [*draft.visited, self.step]
        self.outcome = (
            keep(draft, answers, changed, self.writer)
            if changed or restored or visits
            else run_draft(draft, answers)
        )
        return draft

    def _changed(self, draft: Draft, answers: Answers) -> dict[Key, Any]:
        """Return what is to be written. Raises LostRaceError."""
        changed: dict[Key, Any] = {}
        conflicts: dict[Key, Conflict] = {}
        for key, mine in self.changes.items():
            theirs = answers.values.get(key)
            if mine == theirs or (self._was_left_alone(key, mine) and key not in self.forced):
                continue
            if key not in self.forced and self._was_changed_elsewhere(draft, key, theirs):
                conflicts[key] = Conflict(mine, theirs)
            changed[key] = mine
        if conflicts:
            raise LostRaceError(conflicts, draft.revision)
        return changed

    def _was_left_alone(self, key: Key, mine: Any) -> bool:
        return key in self.bases and self.bases[key] == base_of(mine)

    def _was_changed_elsewhere(self, draft: Draft, key: Key, theirs: Any) -> bool:
        revision, writer = draft.answered_at.get("/".join(key), (0, ""))
        if self.writer and writer == self.writer:
            return False
        if key in self.bases:
            return self.bases[key] != base_of(theirs)
        return revision > self.revision_seen

    def _restore(self, draft: Draft, answers: Answers) -> bool:
        """Put back the items that somebody removed meanwhile and this writer has changed something in."""
        known = {item for _parent, _roster, item in answers.walk_items()} | {TOP}
        touched = {
            key[0]
            for key, mine in self.changes.items()
            if key[0] not in known and not self._was_left_alone(key, mine)
        }
        restored = [put_back(draft, answers, item) for item in sorted(touched)]
        return any(restored)

    def _check_places(self, draft: Draft, answers: Answers) -> None:
        """Raise ValidationError for an answer to what is not asked, or not there."""
        rosters = {item: roster for _parent, roster, item in answers.walk_items()} | {TOP: ""}
        for item, name in self.changes:
            placed = draft.version.document.questions.get(name)
            around = placed.rosters[-1].name if placed and placed.rosters else ""
            if placed is None or not placed.item.asks or placed.item.read_only or rosters.get(item) != around:
                raise ValidationError(
                    _("The form does not ask for %(name)s here.") % {"name": name}, code="unknown"
                )

    def _allowed(self, draft: Draft, changed: dict[Key, Any]) -> dict[Key, Any]:
        """Return the changes without files of other drafts and records that the person may not see."""
        questions = draft.version.document.questions
        for key, value in changed.items():
            question = questions[key[1]].item
            if kind_of(question).files and value is not None:
                changed[key] = _own_files(draft, key, value)
            elif isinstance(question, RecordReference) and isinstance(value, str):
                changed[key] = value if self._sees_record(draft, question, value) else raw_answer(value)
        return changed

    def _sees_record(self, draft: Draft, question: RecordReference, value: str) -> bool:
        from forms.registers.models import Record

        reader = self.user or draft.owner
        found = Record.objects.for_user(reader) if reader else Record.objects.none()
        try:
            return found.filter(pk=value, register__name=question.register_name).exists()
        except (ValueError, ValidationError):
            return False


def _own_files(draft: Draft, key: Key, value: Any) -> Any:
    """Return the answer with those files alone that were uploaded to this question of this draft."""
    ids = (
        value
        if isinstance(value, list)
        else [value["file"]]
        if isinstance(value, dict) and "file" in value
        else []
    )
    found = AnswerFile.objects.filter(draft=draft, question=key[1])
    own = {str(pk) for pk in found.values_list("pk", flat=True)} if ids else set()
    if isinstance(value, list):
        return [one for one in value if one in own] or None
    return value if not ids or ids[0] in own else None
