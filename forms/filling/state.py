"""What a page's script learns after each saving: the server's word on the page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from forms.definitions.questions import Matrix
from forms.filling.bases import base_of
from forms.filling.logic import texts_of
from forms.filling.offers import is_short
from forms.filling.places import Place
from forms.filling.showing import menu_of, saved_at
from forms.filling.widgets import html_name

if TYPE_CHECKING:
    from forms.filling.views.wizard import FillingWizard
    from forms.run.outcome import Outcome


def state_of(wizard: FillingWizard, problems: dict[str, list[str]]) -> dict[str, Any]:
    """Return what a script needs after saving: revision, fingerprints, what is asked now, what was worked out."""
    outcome, place, draft = wizard.outcome, wizard.place, wizard.draft
    form = StepFormState(place, outcome)
    return {
        "revision": draft.revision,
        "saved": saved_at(draft),
        "bases": {
            html_name(q.name): base_of(outcome.answers.get(q.name, place.item)) for q in place.questions
        },
        "relevant": form.relevant,
        "calculated": form.calculated,
        "choices": form.choices,
        "texts": form.texts,
        "problems": form.problems,
        "files": problems,
        "steps": [
            {"name": entry.name, "title": entry.title, "state": entry.state}
            for entry in menu_of(draft, outcome, place.step.name)
        ],
    }


@dataclass
class StepFormState:
    """What is asked on a page, which choices are left of filtered lists, what its answers make of it.

    `calculated` are the values that the page shows, `texts` those that tell an answer, `problems` what is wrong with
    each question that was answered.
    """

    place: Place
    outcome: Outcome
    relevant: dict[str, bool] = field(init=False)
    choices: dict[str, list[Any]] = field(init=False)
    calculated: dict[str, str] = field(init=False)
    texts: dict[str, str] = field(init=False)
    problems: dict[str, list[str]] = field(init=False)

    def __post_init__(self) -> None:
        names = [part.name for part in self._parts]
        self.relevant = {name: self.outcome.is_relevant(name, self.place.item) for name in names}
        self.choices = {
            html_name(part.name): self._offered(part)
            for part in self.place.questions
            if getattr(part, "choice_filter", "") and self.relevant[part.name]
        }
        item, outcome = self.place.item, self.outcome
        self.calculated = {
            part.name: outcome.calculated.get((item, part.name), "")
            for part in self.place.questions
            if getattr(part, "shown", False)
        }
        self.texts = {
            f"{part.name}:{which}": outcome.text(text, item)
            for part in self._parts
            for which, text in texts_of(part).items()
            if "${" in text
        }
        self.problems = {
            part.name: outcome.errors.get((item, part.name), [])
            for part in self.place.questions
            if outcome.answers.get(part.name, item) is not None
        }

    def _offered(self, question: Any) -> list[Any]:
        """Return what the filter leaves: values, with labels where the page does not hold the whole list."""
        left = self.outcome.choices(question, self.place.item)
        if is_short(self.place.document, question.list):
            return [choice.value for choice in left]
        return [[choice.value, choice.label] for choice in left]

    @property
    def _parts(self) -> list[Any]:
        """Return the parts of the page with the rows of its matrices."""
        rows = [row for part in self.place.parts if isinstance(part, Matrix) for row in part.rows]
        return [*self.place.parts, *rows]
