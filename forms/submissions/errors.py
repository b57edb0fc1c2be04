"""What may stand in the way of handing in and deciding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from forms.run.outcome import Outcome
    from forms.submissions.models import Submission


class ConflictError(Exception):
    """Somebody was there before: the thing no longer stands as the person saw it. The text is for her."""

    def __init__(self, message: str, submission: Submission | None = None) -> None:
        super().__init__(message)
        self.submission = submission


class IncompleteError(Exception):
    """The form has errors on its path; `outcome` tells them by question."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(_("The form cannot be handed in yet: some answers are missing or wrong."))
        self.outcome = outcome
