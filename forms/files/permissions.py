"""Who may open a file of an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from forms.filling.permissions import user_can_continue
from forms.sealing.permissions import user_can_see_sensitive
from forms.submissions.models import Submission

if TYPE_CHECKING:
    from forms.files.models import AnswerFile


def user_can_open_file(user: Any, file: AnswerFile, *, holds_link: bool = False) -> bool:
    """Whoever fills in the draft; then whoever may see the submission, and for a sensitive answer its facts too."""
    if user_can_continue(user, file.draft, holds_link=holds_link):
        return True
    if not user.is_authenticated:
        return False
    submission = Submission.objects.for_user(user).filter(pk=file.draft_id).first()
    if submission is None:
        return False
    placed = submission.version.document.questions.get(file.question)
    return placed is not None and (not placed.item.sensitive or user_can_see_sensitive(user, submission))
