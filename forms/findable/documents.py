"""A form, a submission, a record as a document of the search."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from cms.service import (
    BUREAU,
    SCHOOLS,
    School,
    keeper_token,
    member_token,
    person_token,
    school_token,
    school_year_of,
)
from forms.answers.answers import Answers
from forms.definitions.document import Document as FormDocument
from forms.definitions.models import Form
from forms.findable.links import link_to
from forms.findable.notes import FORM, RECORD, SUBMISSION
from forms.findable.open_answers import (
    at_top,
    document_of,
    open_questions,
    summary_of,
    texts_of_answers,
    texts_of_facts,
)
from forms.registers.models import Record, RecordState, RecordVersion
from forms.submissions.models import Submission, SubmissionRevision
from search.service import Document


def form_document(form: Form, version: int) -> Document:
    """Return the form with the words of what is offered; of one that was never published its title alone."""
    shown = document_of(form.live.digest) if form.live else None
    day = timezone.localdate(form.updated_at)
    return Document(
        kind=FORM,
        object_id=str(form.pk),
        version=version,
        title=form.title,
        summary=shown.intro if shown else "",
        body="\n".join(_words_of(shown)) if shown else "",
        url=link_to(FORM, form.pk),
        date=day,
        facets=_facets(form.school, day, form.state),
        access=tokens_of_form(form),
    )


def _words_of(shown: FormDocument) -> list[str]:
    """Return the texts of a form that people read: its steps, questions and notes."""
    steps = (text for step in shown.steps for text in (step.title, step.intro))
    items = (
        text for placed in shown.walk() for text in (placed.item.label, getattr(placed.item, "hint", ""))
    )
    return [text for text in (*steps, *items) if text]


def tokens_of_form(form: Form) -> frozenset[str]:
    """Return the tokens of those who may know of the form, as `Form.objects.for_user` says."""
    return frozenset({BUREAU, member_token(form.school_id) if form.school_id else SCHOOLS})


def submission_document(
    submission: Submission, revision: SubmissionRevision, history: Sequence[str], version: int
) -> Document:
    """Return the submission with the answers of its newest revision that may be found.

    `history` holds the digests of the form's versions, the newest first; the revision's version is loaded.
    """
    digest = revision.version.digest
    shown = document_of(digest)
    wanted = open_questions(digest, tuple(history))
    kept = (Answers.from_json(revision.kept_answers), Answers.from_json(revision.kept_calculated))
    texts = list(texts_of_answers(shown, wanted, *kept))
    day = timezone.localdate(submission.submitted_at)
    return Document(
        kind=SUBMISSION,
        object_id=str(submission.pk),
        version=version,
        title=" ".join(part for part in (shown.title, summary_of(shown, at_top(texts))) if part),
        summary=_subject_of(submission),
        body="\n".join(text for _item, _name, text in texts if text),
        number=submission.receipt,
        url=link_to(SUBMISSION, submission.pk),
        date=day,
        facets=_facets(submission.school, day, submission.state),
        access=tokens_of_submission(submission),
    )


def _subject_of(submission: Submission) -> str:
    """Return whom it is about, while the record still belongs to the school that filed it."""
    record = submission.subject
    if record is None or record.school_id != submission.school_id:
        return ""
    return name_of_record(record)


def tokens_of_submission(submission: Submission) -> frozenset[str]:
    """Return the tokens of those who may see the submission, as `Submission.objects.for_user` says."""
    tokens = {BUREAU}
    if submission.school_id:
        tokens.add(school_token(submission.school_id))
    if submission.submitted_by_id:
        tokens.add(person_token(submission.submitted_by_id))
    return frozenset(tokens)


def record_document(record: Record, newest: RecordVersion | None, version: int) -> Document | None:
    """Return the record with its searchable facts; None for one that was merged: what it knew is in the other."""
    if record.state == RecordState.MERGED:
        return None
    texts = texts_of_facts(record.register.schema, newest.kept_data if newest else {})
    day = timezone.localdate(record.changed_at)
    return Document(
        kind=RECORD,
        object_id=str(record.pk),
        version=version,
        title=name_of_record(record) or f"{record.register.record_name} {str(record.pk)[:8]}",
        summary=record.register.title,
        body="\n".join(text for text in texts.values() if text),
        url=link_to(RECORD, record.pk),
        date=day,
        facets=_facets(record.school, day, record.state),
        access=tokens_of_record(record),
    )


def name_of_record(record: Record) -> str:
    """Return what the record is called, empty when its name is not to be found: sensitive, or not searchable."""
    naming = record.register.schema.of_role("name")
    if naming is None or naming.sensitive or not naming.searchable or not record.sort_key:
        return ""  # a row without a sort key was written while the name was sensitive: its label is masked
    return record.label


def tokens_of_record(record: Record) -> frozenset[str]:
    """Return the tokens of those who may see the record, as `Record.objects.for_user` says."""
    keepers = (keeper_token(keeper.user_id, record.school_id) for keeper in record.keepers.all())
    return frozenset({BUREAU, school_token(record.school_id), *keepers})


def _facets(school: School | None, day: date, status: Any) -> dict[str, Sequence[str]]:
    facets: dict[str, Sequence[str]] = {"status": [str(status)], "school_year": [str(school_year_of(day))]}
    if school is not None:
        facets |= {"school": [school.name], "township": [school.township]}
    return facets
