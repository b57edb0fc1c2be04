"""A revision as people read it: by step, as the form asked, sensitive answers masked."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from forms.answers.answers import TOP, Key
from forms.codes.lookup import remembered_choices
from forms.definitions.document import InnerRoster, Note, Roster
from forms.definitions.questions import Calculation, Hidden, Question
from forms.files.models import AnswerFile
from forms.kinds import kind_of
from forms.run.compiled import compiled
from forms.run.engine import run
from forms.sealing.masking import mask
from forms.submissions.wording import public_text

if TYPE_CHECKING:
    from forms.run.outcome import Outcome
    from forms.submissions.models import SubmissionRevision
    from forms.submissions.trail import AnswerComment


@dataclass(frozen=True)
class ShownAnswer:
    """One question with its answer: `text` is empty for none; `masked` when the answer itself is not shown."""

    key: Key
    label: str
    text: str
    masked: bool = False
    files: tuple[AnswerFile, ...] = ()
    comments: tuple[AnswerComment, ...] = ()
    changed: bool = False
    #: A comment that is being typed.
    typed: str = ""

    kind = "answer"

    @property
    def field(self) -> str:
        """Return the name of the field for a comment on it."""
        return field_of(self.key)


@dataclass(frozen=True)
class ShownHeading:
    """A heading within a step."""

    text: str

    kind = "heading"


@dataclass(frozen=True)
class ShownItem:
    """One item of a roster."""

    id: str
    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class ShownRoster:
    """A roster with its items."""

    key: Key
    label: str
    items: tuple[ShownItem, ...]
    comments: tuple[AnswerComment, ...] = ()
    typed: str = ""

    kind = "roster"

    @property
    def field(self) -> str:
        """Return the name of the field for a comment on it."""
        return field_of(self.key)

    @property
    def columns(self) -> list[str] | None:
        """Return the labels of the questions when every item asks the same, so that a table can hold them."""
        heads = [
            [line.label for line in item.lines if isinstance(line, ShownAnswer)]
            for item in self.items
            if all(isinstance(line, ShownAnswer) for line in item.lines)
        ]
        same = len(heads) == len(self.items) and bool(heads) and all(head == heads[0] for head in heads)
        return heads[0] if same and len(heads[0]) <= MOST_COLUMNS else None


Line = ShownAnswer | ShownHeading | ShownRoster
MOST_COLUMNS = 6


@dataclass(frozen=True)
class ShownStep:
    """One step of the path."""

    name: str
    title: str
    lines: tuple[Line, ...]


def field_of(key: Key) -> str:
    """Return a name for the field of a comment on the answer; items and names are in it, never used as code."""
    return f"comment:{key[0]}:{key[1]}"


@dataclass
class Reading:
    """Reads one revision. `opened` shows the sensitive answers: the caller has checked the right and logged it."""

    revision: SubmissionRevision
    opened: bool = False
    comments: Mapping[Key, Sequence[AnswerComment]] = field(default_factory=dict)
    changed: frozenset[Key] = frozenset()
    typed: Mapping[Key, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        document = self.revision.version.document
        moment = self.revision.created_at
        self.outcome: Outcome = run(
            compiled(document), self.revision.answers, moment, seed=self.revision.submission_id
        )
        self._files = _files_of(self.revision)

    @property
    def steps(self) -> list[ShownStep]:
        """Return the steps of the path with what they asked."""
        with remembered_choices():
            document = self.outcome.form.document
            found = [step for step in document.steps if step.name in self.outcome.path]
            return [ShownStep(one.name, one.title, tuple(self._lines(one.items, TOP))) for one in found]

    @property
    def has_masked(self) -> bool:
        """Say whether there is a sensitive answer."""
        questions = self.outcome.form.document.questions
        return any(questions[name].item.sensitive for _item, name in self.outcome.values if name in questions)

    @property
    def scores(self) -> list[tuple[str, str]]:
        """Return (label, points) of each score, with its band."""
        return [(score.label, self._score_text(score)) for score in self.outcome.form.document.scores]

    def _score_text(self, score: Any) -> str:
        points = self.outcome.scores.get(score.name)
        if points is None:
            return ""
        bands = [band.label for band in score.bands if band.at_least <= points]
        number = format(points.normalize(), "f") if points else "0"
        return f"{number}（{bands[-1]}）" if bands else number

    def _lines(self, items: Iterable[Any], item: str) -> Iterator[Line]:
        for part in items:
            if not self.outcome.is_relevant(part.name, item):
                continue
            if isinstance(part, Note):
                if part.appearance == "heading":
                    yield ShownHeading(self._text(part.label, item))
            elif isinstance(part, Roster | InnerRoster):
                yield self._roster(part, item)
            elif not isinstance(part, Hidden) and (not isinstance(part, Calculation) or part.shown):
                yield self._answer(part, item)

    def _text(self, label: str, item: str) -> str:
        return self.outcome.text(label, item) if self.opened else public_text(self.outcome, label, item)

    def _roster(self, roster: Any, item: str) -> ShownRoster:
        items = tuple(
            ShownItem(child, self._item_label(roster, child, number), tuple(self._lines(roster.items, child)))
            for number, child in enumerate(self.outcome.items(roster.name, item), 1)
        )
        key = (item, roster.name)
        comments = tuple(self.comments.get(key, ()))
        return ShownRoster(key, self._text(roster.label, item), items, comments, self.typed.get(key, ""))

    def _item_label(self, roster: Any, child: str, number: int) -> str:
        own = self._text(roster.item_label, child).strip() if roster.item_label else ""
        name = roster.item_name or _("Entry")
        return f"{name} {number}" + (f" · {own}" if own else "")

    def _answer(self, question: Question, item: str) -> ShownAnswer:
        key = (item, question.name)
        value = self.value(key)
        covered = question.sensitive and not self.opened and value not in (None, "")
        return ShownAnswer(
            key=key,
            label=self._text(question.label, item) or question.name,
            text=mask(question, value) if covered else self._display(question, value),
            masked=covered,
            files=() if covered else tuple(self._files[one] for one in _ids(value) if one in self._files),
            comments=tuple(self.comments.get(key, ())),
            changed=key in self.changed,
            typed=self.typed.get(key, ""),
        )

    def value(self, key: Key) -> Any:
        """Return what counts at the key."""
        if key in self.outcome.calculated:
            return self.outcome.calculated[key]
        return self.outcome.answers.values.get(key)

    def _display(self, question: Question, value: Any) -> str:
        if kind_of(question).files and isinstance(value, list):
            return "、".join(self._files[one].name for one in value if one in self._files)
        return kind_of(question).display(question, value, self.outcome.form.document)


def _ids(value: Any) -> list[str]:
    """Return the ids of the files that an answer names."""
    if isinstance(value, dict):
        value = [value.get("file")]
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _files_of(revision: SubmissionRevision) -> dict[str, AnswerFile]:
    """Return the submission's files by id: one query, none when the form has no such question."""
    questions = revision.version.document.questions.values()
    if not any(kind_of(placed.item).files for placed in questions):
        return {}
    found = AnswerFile.objects.filter(draft=uuid.UUID(str(revision.submission_id)))
    return {str(one.pk): one for one in found}
