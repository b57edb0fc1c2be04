"""The wizard's storage: a `Draft` in the database, not a session.

Nothing of it is a copy: the step comes from the address, the answers from the draft, the path from a run of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from formtools.wizard.storage.base import BaseStorage

from forms.filling.actions import SaveAnswers
from forms.filling.places import Place
from forms.kinds import kind_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from forms.filling.models import Draft
    from forms.run.outcome import Outcome


class DraftStorage(BaseStorage):
    """Reads and writes the draft that the view has put on the request as `request.draft`."""

    def __init__(self, prefix: str, request: HttpRequest | None = None, file_storage: Any = None) -> None:
        super().__init__(prefix, request, file_storage)
        self.draft: Draft = request.draft  # type: ignore[union-attr]
        self.outcome: Outcome | None = None
        self._step: str | None = None
        self.init_data()

    def init_data(self) -> None:
        """Hold nothing: what the base class keeps in a session stands in the draft."""
        self.data: dict[str, Any] = {
            self.step_key: None,
            self.step_data_key: {},
            self.step_files_key: {},
            self.extra_data_key: {},
        }

    def reset(self) -> None:
        """Erase nothing. To open a form once more, or to finish it, takes no answer away."""

    def _get_current_step(self) -> str | None:
        return self._step

    def _set_current_step(self, step: str | None) -> None:
        self._step = step

    current_step = property(_get_current_step, _set_current_step)

    def get_step_data(self, step: str) -> dict[str, Any]:
        """Return what the fields of a step show, by question name."""
        document, answers = self.draft.version.document, self.draft.answers
        place = next(Place(document, one) for one in document.steps if one.name == step)
        return {q.name: kind_of(q).typed(q, answers.get(q.name)) for q in place.questions}

    def set_step_data(self, step: str, cleaned_data: SaveAnswers) -> None:
        """Save the answers of a page. `cleaned_data` is the action that does it."""
        self.draft = cleaned_data.execute()
        self.outcome = cleaned_data.outcome

    def get_step_files(self, step: str) -> None:
        """Return nothing: files are stored when they come, and answers hold their ids."""

    def set_step_files(self, step: str, files: Any) -> None:
        """Keep nothing, as above."""
