"""What no longer belongs to anything goes: files that no answer names, drafts put aside, test runs."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from forms.files.models import AnswerFile
from forms.files.store import file_store
from forms.filling.links import DAYS
from forms.filling.models import Draft, DraftState

if TYPE_CHECKING:
    from django.db.models import QuerySet

#: A file may wait this long for the answer that names it.
WAITS = timedelta(days=2)
#: A draft that was put aside can be taken up again this long; a test run is kept as long.
KEPT = timedelta(days=30)
BATCH = 500


def clean_files() -> int:
    """Delete the files that no answer of their draft or of a revision of its submission names. Return how many."""
    old = AnswerFile.objects.filter(created_at__lt=timezone.now() - WAITS).select_related("draft")
    orphans = [file for file in old.order_by("draft_id").iterator(BATCH) if not _is_named(file)]
    for file in orphans:
        _delete(file)
    return len(orphans)


def _is_named(file: AnswerFile) -> bool:
    """Say whether an answer names the file, kept for putting back included."""
    from forms.submissions.models import SubmissionRevision

    draft = file.draft
    if draft.removed or draft.left_behind:
        return True
    if _names(draft.answers.values, str(file.pk)):
        return True
    revisions = SubmissionRevision.objects.filter(submission_id=draft.pk)
    return any(_names(revision.answers.values, str(file.pk)) for revision in revisions)


def _names(values: dict[Any, Any], pk: str) -> bool:
    return any(
        pk in value if isinstance(value, list) else isinstance(value, dict) and value.get("file") == pk
        for value in values.values()
    )


def clean_drafts() -> int:
    """Delete drafts put aside long ago, old test runs, and public ones whose links are dead; return how many.

    Their files go with them. A public draft that was handed in stays with its submission.
    """
    from forms.submissions.models import Submission

    before = timezone.now() - KEPT
    aside = Draft.objects.filter(state=DraftState.DISCARDED, updated_at__lt=before)
    tests = Draft.objects.filter(is_test=True, updated_at__lt=before)
    dead = Draft.objects.filter(
        owner=None, state=DraftState.OPEN, updated_at__lt=timezone.now() - timedelta(days=DAYS)
    ).exclude(pk__in=Submission.objects.values("pk"))
    return sum(_delete_drafts(drafts) for drafts in (aside, tests, dead))


def _delete_drafts(drafts: QuerySet[Draft]) -> int:
    count = 0
    for draft in drafts.iterator(BATCH):
        for file in draft.files.all():
            _delete(file)
        draft.delete()
        count += 1
    return count


def _delete(file: AnswerFile) -> None:
    """Delete the row first: a file without a row is found by nobody, a row without a file by a person."""
    name = file.stored_name
    file.delete()
    file_store().delete(name)
