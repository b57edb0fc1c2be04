"""A page of a form as a Django form, made from the document. Its field names are `q:` and the question's name."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.forms import Form
from django.utils.functional import cached_property

from forms.answers.answers import Answers, Key
from forms.definitions.document import Document, InnerRoster, Note, Roster
from forms.definitions.questions import File, Photo, Question
from forms.filling.bases import base_of, write_bases
from forms.filling.fields import QuestionBoundField, QuestionField
from forms.filling.places import Place
from forms.filling.widgets import html_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from forms.definitions.choices import Choice


class StepForm(Form):
    """The questions of a page, with what a person has answered so far.

    `outcome` is the run of the answers; without one (in a preview) everything is relevant and nothing is wrong.
    `comments` are what a reviewer said, by key. `checked` shows what is wrong; before a page was handed in nobody
    wants to read that it is empty.
    """

    bound_field_class = QuestionBoundField

    def __init__(
        self,
        place: Place,
        answers: Answers | None = None,
        outcome: Any = None,
        *,
        data: Any = None,
        user: Any = None,
        files: dict[str, Any] | None = None,
        comments: dict[Key, list[Any]] | None = None,
        checked: bool = False,
        about_oneself: bool = False,
    ) -> None:
        super().__init__(data=data, auto_id="%s")
        self.place, self.answers, self.outcome = place, answers or Answers(), outcome
        self.user, self.stored = user, files or {}
        self.comments = comments or {}
        self.checked, self.about_oneself = checked, about_oneself
        self.questions = _fields_of(place)
        self.fields = dict(self.questions)

    @property
    def document(self) -> Document:
        return self.place.document

    @property
    def item(self) -> str:
        return self.place.item

    @cached_property
    def problems(self) -> dict[Key, list[str]]:
        """Return what is wrong, by key, when it is to be said."""
        return self.outcome.errors if self.outcome and self.checked else {}

    def is_relevant(self, name: str) -> bool:
        return self.outcome is None or self.outcome.is_relevant(name, self.item)

    def text(self, label: str) -> str:
        """Return a label with `${name}` replaced by the answer."""
        return self.outcome.text(label, self.item) if self.outcome and "${" in label else label

    def choices(self, question: Question) -> Iterable[Choice] | None:
        """Return what the choice filter leaves of a list; None when the list stands as it is."""
        if self.outcome is None or not getattr(question, "choice_filter", ""):
            return None
        return self.outcome.choices(question, self.item)

    @property
    def entries(self) -> list[dict[str, Any]]:
        """Return what stands on the page, in order: {"field"}, {"note"}, {"roster"} or {"calculation"}."""
        return [entry for part in self.place.parts if (entry := self._entry(part))]

    def _entry(self, part: Any) -> dict[str, Any] | None:
        if isinstance(part, Roster | InnerRoster):
            return {"roster": part, "is_relevant": self.is_relevant(part.name)}
        if isinstance(part, Note):
            return {"note": part, "text": self.text(part.label), "is_relevant": self.is_relevant(part.name)}
        if part.asks:
            return {"field": self[html_name(part.name)]}
        if getattr(part, "shown", False):
            return {"field": self[html_name(part.name)]}
        return None

    @property
    def names(self) -> str:
        """Return the names of the questions on the page, with spaces between: what a silent browser was asked."""
        return " ".join(field.question.name for field in self.questions.values() if _is_asked(field.question))

    @property
    def visible_names(self) -> str:
        """Return the names of those that are shown."""
        return " ".join(
            field.question.name for field in self.questions.values() if self.is_relevant(field.question.name)
        )

    @property
    def bases(self) -> str:
        """Return a fingerprint of each answer that the page was made from, by name in the page, as one text."""
        return write_bases(
            {
                name: base_of(self.answers.get(field.question.name, self.item))
                for name, field in self.questions.items()
                if _is_asked(field.question)
            }
        )

    @property
    def takes_files(self) -> bool:
        """Say whether the browser must be able to send files: all else is sent, and read, more quickly."""
        return any(isinstance(field.question, File | Photo) for field in self.questions.values())

    def changes(self) -> dict[Key, Any]:
        """Return what the page sends back, by key. A sensitive answer left empty stays as it is.

        Only of questions that stood on the page: a page of an older state names those that it had.
        """
        asked = set(self.data.get("names", "").split())
        return {
            (self.item, field.question.name): value
            for name, field in self.questions.items()
            if field.question.name in asked and _is_asked(field.question)
            for value in self._sent(name, field)
        }

    def _sent(self, name: str, field: QuestionField) -> Iterator[Any]:
        """Give the answer that was sent to a question; nothing when none was."""
        if field.widget.value_omitted_from_data(self.data, {}, name):
            return
        value = field.clean(field.widget.value_from_datadict(self.data, {}, name))
        covered = field.question.sensitive and f"masked:{name}" in self.data
        if value is not None or not covered or f"clear:{name}" in self.data:
            yield value


def _is_asked(question: Question) -> bool:
    return question.asks and not question.read_only


def _fields_of(place: Place) -> dict[str, QuestionField]:
    """Return the fields of the page. They hold nothing of a filling, so all fillings share them."""
    return _shared_fields(_Parts(place.parts))


class _Parts:
    """Holds a page's parts while its fields are kept, so that its id stays its own."""

    def __init__(self, parts: tuple[Any, ...]) -> None:
        self.parts = parts

    def __hash__(self) -> int:
        return id(self.parts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Parts) and other.parts is self.parts


@lru_cache(maxsize=1024)
def _shared_fields(held: _Parts) -> dict[str, QuestionField]:
    return {html_name(part.name): QuestionField(part) for part in held.parts if isinstance(part, Question)}
