"""What a submission writes to a register, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forms.definitions.document import Document
    from forms.submissions.models import SubmissionRevision


def write_to_register(revision: SubmissionRevision, document: Document, *, on: str) -> None:
    """Write to the form's register if the form does so at this moment: when "submitted", or when "approved"."""
    if document.about is None or document.about.on != on:
        return
    from forms.registers.writing import write_from_submission

    write_from_submission(revision)
