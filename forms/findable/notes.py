"""Telling the search that something changed: in the transaction of the change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from forms.definitions.document import Document
from forms.definitions.models import FormVersion
from forms.findable.open_answers import document_of
from forms.registers.models import Record, Register
from forms.submissions.models import Submission
from search.service import note_change

FORM, SUBMISSION, RECORD = "form", "submission", "record"
CHUNK = 1_000


def note_records(records: Iterable[Any]) -> None:
    """Note records by their ids. Who changes keepers or records past the models' `save` calls this."""
    note_change(RECORD, *records)


def note_submissions(submissions: Iterable[Any]) -> None:
    """Note submissions by their ids. Who changes them past the model's `save` calls this."""
    note_change(SUBMISSION, *submissions)


def note_register(register: Register) -> None:
    """Note all records of a register, and what was filed about them."""
    note_all(RECORD, Record.objects.filter(register=register))
    note_all(SUBMISSION, Submission.objects.filter(subject__register=register))


def note_codes(name: str) -> None:
    """Note what shows labels of the code list: submissions of the forms that use it, records of such registers."""
    versions = FormVersion.objects.order_by().values_list("form", "digest").distinct()
    forms = {form for form, digest in versions if _uses(document_of(digest), name)}
    note_all(SUBMISSION, Submission.objects.filter(form__in=forms))
    for register in Register.objects.all():
        if any(one.codes == name for one in register.schema.properties.values()):
            note_register(register)


def _uses(document: Document, codes: str) -> bool:
    return any(one.codes == codes for one in document.lists.values())


def note_all(kind: str, rows: QuerySet[Any]) -> None:
    """Note every one of the rows, in bounded memory."""
    pks: list[Any] = []
    for pk in rows.order_by().values_list("pk", flat=True).iterator(chunk_size=CHUNK):
        pks.append(pk)
        if len(pks) == CHUNK:
            note_change(kind, *pks)
            pks = []
    note_change(kind, *pks)
