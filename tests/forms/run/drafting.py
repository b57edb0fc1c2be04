"""A random walk through a real draft: step by step, back and forth, a change of mind and back, and handed in.

What was typed is also noted beside the draft. After each saving the draft must hold just that, whatever the path.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from forms.answers.answers import TOP, Answers, Key
from forms.definitions.models import FormVersion
from forms.filling.actions import AddItem, RemoveItem, SaveAnswers, StartDraft
from forms.filling.actions.locking import run_draft
from forms.filling.models import Draft, DraftState
from forms.kinds import kind_of
from forms.kinds.base import is_raw
from forms.run.compiled import compiled
from forms.run.engine import run
from forms.run.outcome import Outcome
from forms.submissions.actions import SubmitDraft
from forms.submissions.errors import IncompleteError
from forms.submissions.models import SubmissionRevision
from tests.forms.run.walks import RIGHT, VALUES

#: Saving a step may show more questions of it, which are then answered too.
LOOKS = 3
#: Putting a refused answer right may show questions that are to be answered.
REPAIRS = 60
MINDS_CHANGED = 3


class DraftWalk:
    """One draft of the version, and what its owner has typed into it."""

    def __init__(self, version: FormVersion, owner: Any) -> None:
        self.owner = owner
        self.draft: Draft = StartDraft(version, owner).execute()
        self.document = self.draft.version.document
        self.typed: dict[Key, Any] = {}
        #: Every roster item that was there once and that nobody took out.
        self.items: dict[Key, list[str]] = {}

    def go(self, first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
        """Fill in, change some answers and change them back, fill in anew, hand in; return what was handed in.

        It is given as an engine gives its `values`. Raises AssertionError when something is lost.
        """
        self.fill_in(first)
        self.change_mind()
        self.go_back()
        self.fill_in(second)
        return self.hand_in()

    def fill_in(self, given: Mapping[str, Any]) -> None:
        """Answer the steps of the path in their order, and in each what is asked; the path moves meanwhile."""
        for step in self.document.steps:
            for _look in range(LOOKS):
                outcome = self.outcome()
                if step.name not in outcome.path:
                    break
                changes = dict(self._answers(step.items, given, TOP))
                if not self._save(changes, step.name):
                    break

    def change_mind(self) -> None:
        """Give answers that hide others, then the old ones again: all is as it was, though it was not asked between."""
        for key in self._hiding():
            before, old = self.outcome(), self.typed[key[0]]
            self._save({key[0]: key[1]})
            self._save({key[0]: old})
            after = self.outcome()
            assert (after.path, after.values) == (before.path, before.values)

    def go_back(self) -> None:
        """Save the pages once more as they stand, the last first: nothing changes, the revision neither."""
        revision = self.draft.revision
        for step in reversed(self.draft.visited):
            names = compiled(self.document).names_of_step(step)
            self._save({key: value for key, value in self.typed.items() if key[1] in names}, step)
        assert self.draft.revision == revision

    def hand_in(self) -> dict[str, Any]:
        """Hand in, first with what is wrong, which is refused and changes nothing, then put right."""
        for _try in range(REPAIRS):
            wrong = self.outcome().errors
            if not wrong:
                break
            self._is_refused()
            self._save({key: self._right(key[1]) for key in wrong})
        submission = SubmitDraft(self.draft, self.owner, self.draft.revision).execute()
        self._look(DraftState.SUBMITTED)
        assert SubmitDraft(self.draft, self.owner, self.draft.revision).execute() == submission
        revision = submission.revisions.get()
        assert (submission.pk, revision.number) == (self.draft.pk, 1)
        return self._handed_in(revision)

    def plain(self) -> dict[str, Any]:
        """Return all that the draft holds, on the path or not, as one would give it to an engine."""
        kept = self.draft.answers
        shown = {key: value["raw"] if is_raw(value) else value for key, value in kept.values.items()}
        return Answers(shown, kept.rosters).to_plain()

    def outcome(self) -> Outcome:
        """Return the outcome of the draft as it stands in the database."""
        self.draft = Draft.objects.with_form().get(pk=self.draft.pk)
        return run_draft(self.draft)

    def _answers(self, asked: Any, given: Mapping[str, Any], item: str) -> Iterator[tuple[Key, Any]]:
        """Give the answers to what is asked among these questions, in the items that stand or are added."""
        outcome = self.outcome()
        for one in asked:
            if not outcome.is_relevant(one.name, item):
                continue
            if one.type == "roster":
                for child, inner in self._stand(one, given.get(one.name, []), item):
                    yield from self._answers(one.items, inner, child)
            elif one.type in VALUES or one.type == "matrix":
                yield (item, one.name), kind_of(one).parse(one, given.get(one.name))

    def _stand(
        self, roster: Any, given: list[dict[str, Any]], parent: str
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        """Bring the roster to as many items as are given, where its items are not counted by an answer."""
        ids = list(self.draft.answers.items(roster.name, parent))
        if not roster.count:
            for gone in ids[len(given) :]:
                self._forget(gone)
                RemoveItem(self.draft, gone, self.owner).execute()
            for _number in range(len(ids), len(given)):
                AddItem(self.draft, roster.name, parent, self.owner).execute()
            self._look()
        standing = self.outcome().items(roster.name, parent)
        return zip(standing, given, strict=False)

    def _forget(self, item: str) -> None:
        """Take out of the notes what its owner takes out of the draft: an item with all that it holds."""
        for (parent, roster), ids in list(self.items.items()):
            if item in ids:
                ids.remove(item)
            if parent == item:
                for child in list(ids):
                    self._forget(child)
                del self.items[parent, roster]
        self.typed = {key: value for key, value in self.typed.items() if key[0] != item}

    def _save(self, changes: dict[Key, Any], step: str = "") -> bool:
        """Save, as the page of the step does, and look; say whether anything was changed by it."""
        before = dict(self.typed)
        SaveAnswers(self.draft, self.draft.revision, changes, user=self.owner, step=step).execute()
        self.typed |= changes
        self.typed = {key: value for key, value in self.typed.items() if value not in (None, "", [])}
        self._look()
        return self.typed != before

    def _look(self, state: DraftState = DraftState.OPEN) -> None:
        """Compare the draft in the database with the notes."""
        self.outcome()
        kept = self.draft.answers
        assert self.draft.state == state
        assert kept.values == self.typed
        for place, ids in self.items.items():
            assert [one for one in kept.rosters.get(place, []) if one in ids] == ids
        self.items = {place: list(ids) for place, ids in kept.rosters.items()}

    def _hiding(self) -> list[tuple[Key, Any]]:
        """Return answers with what to answer instead: those that hide most of what is answered come first."""
        form, kept, before = compiled(self.document), self.draft.answers, len(self.outcome().values)
        found: list[tuple[int, Key, Any]] = []
        for key in sorted(self.typed):
            question = self.document.questions[key[1]].item
            for typed in VALUES.get(question.type, []):
                value, other = kind_of(question).parse(question, typed), kept.copy()
                other.put(key[1], value, key[0])
                found.append((before - len(run(form, other).values), key, value))
        best = {key: (lost, key, value) for lost, key, value in sorted(found, key=lambda one: one[0])}
        ranked = sorted(best.values(), key=lambda one: -one[0])
        return [(key, value) for _lost, key, value in ranked[:MINDS_CHANGED]]

    def _is_refused(self) -> None:
        revision = self.draft.revision
        try:
            SubmitDraft(self.draft, self.owner, revision).execute()
        except IncompleteError:
            self._look()
            assert self.draft.revision == revision
        else:
            raise AssertionError("A draft with errors was handed in.")

    def _right(self, name: str) -> Any:
        question: Any = self.document.questions[name].item
        if question.type == "matrix":
            return {row.name: "red" for row in question.rows}
        return kind_of(question).parse(question, RIGHT[question.type])

    def _handed_in(self, revision: SubmissionRevision) -> dict[str, Any]:
        """Return what the submission holds by place, answers and calculated values."""
        found: dict[str, Any] = {}
        for answers in (revision.answers, revision.calculated):
            found |= dict(_by_place(answers, revision.answers, TOP, ""))
        return found


def _by_place(answers: Answers, shape: Answers, item: str, prefix: str) -> Iterator[tuple[str, Any]]:
    """Give the answers as `roster[1].question`, the items numbered as in `shape`."""
    for (holder, name), value in answers.values.items():
        if holder == item:
            yield prefix + name, value
    for (parent, roster), ids in shape.rosters.items():
        if parent == item:
            for number, child in enumerate(ids, 1):
                yield from _by_place(answers, shape, child, f"{prefix}{roster}[{number}].")
