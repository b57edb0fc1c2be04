"""Forms, submissions and records as sources of the search: one by one for changes, all for a rebuild."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import F, Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.service import register_kind, register_page_kind
from forms.codes.lookup import remembered_choices
from forms.definitions.models import Form, FormState, FormVersion
from forms.findable.documents import form_document, record_document, submission_document
from forms.findable.notes import FORM, RECORD, SUBMISSION
from forms.public.models import FormPage
from forms.registers.models import Record, RecordState, RecordVersion
from forms.submissions.models import Submission, SubmissionRevision, SubmissionState
from search.service import Document, register_source

CHUNK = 200


class FormSource:
    """All forms, whether they are published or not."""

    kind = FORM

    def document(self, object_id: str, version: int) -> Document | None:
        form = self._forms().filter(pk=object_id).first()
        return form_document(form, version) if form else None

    def documents(self, version: int) -> Iterator[Document]:
        for form in self._forms().order_by("pk").iterator(chunk_size=CHUNK):
            yield form_document(form, version)

    def count(self) -> int:
        return Form.objects.count()

    def _forms(self) -> QuerySet[Form]:
        return Form.objects.select_related("school", "live").defer("working", "live__content")


class SubmissionSource:
    """All submissions, those withdrawn too: who may see them finds them."""

    kind = SUBMISSION

    def document(self, object_id: str, version: int) -> Document | None:
        return next(self._read(self._submissions().filter(pk=object_id), version), None)

    def documents(self, version: int) -> Iterator[Document]:
        yield from self._read(self._submissions().order_by("pk").iterator(chunk_size=CHUNK), version)

    def count(self) -> int:
        return Submission.objects.filter(revisions__number=F("revision")).count()

    def _read(self, submissions: Iterable[Submission], version: int) -> Iterator[Document]:
        history: dict[int, list[str]] = {}
        with remembered_choices():
            for submission in submissions:
                form = submission.form_id
                if form not in history:
                    digests = FormVersion.objects.filter(form=form).order_by("-number")
                    history[form] = list(digests.values_list("digest", flat=True))
                for revision in submission.newest_revision:  # type: ignore[attr-defined]
                    yield submission_document(submission, revision, history[form], version)

    def _submissions(self) -> QuerySet[Submission]:
        newest = SubmissionRevision.objects.filter(number=F("submission__revision"))
        revisions = newest.select_related("version").defer("version__content")
        return Submission.objects.select_related("school", "subject__register").prefetch_related(
            Prefetch("revisions", revisions, to_attr="newest_revision")
        )


class RecordSource:
    """All records but those merged into another."""

    kind = RECORD

    def document(self, object_id: str, version: int) -> Document | None:
        return next(self._read(self._records().filter(pk=object_id), version), None)

    def documents(self, version: int) -> Iterator[Document]:
        yield from self._read(self._records().order_by("pk").iterator(chunk_size=CHUNK), version)

    def count(self) -> int:
        return Record.objects.exclude(state=RecordState.MERGED).count()

    def _read(self, records: Iterable[Record], version: int) -> Iterator[Document]:
        with remembered_choices():
            for record in records:
                newest = next(iter(record.newest_version), None)  # type: ignore[attr-defined]
                if document := record_document(record, newest, version):
                    yield document

    def _records(self) -> QuerySet[Record]:
        newest: QuerySet[Any] = RecordVersion.objects.filter(number=F("record__version"))
        return Record.objects.select_related("register", "school").prefetch_related(
            "keepers", Prefetch("versions", newest, to_attr="newest_version")
        )


def register_forms() -> None:
    """Make forms, the pages that offer them, submissions and records known to the search, with the words for them."""
    register_source(FormSource())
    register_source(SubmissionSource())
    register_source(RecordSource())
    register_page_kind("form_page", FormPage, _("Public forms"))
    register_kind(FORM, _("Forms"), dict(FormState.choices))
    register_kind(SUBMISSION, pgettext_lazy("found", "Submissions"), dict(SubmissionState.choices))
    states = {value: label for value, label in RecordState.choices if value != RecordState.MERGED}
    register_kind(RECORD, pgettext_lazy("found", "Records"), states)
