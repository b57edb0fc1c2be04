"""What a submission writes to its register: the one way in which forms change records."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from cms.service import Role, school_ids_of
from forms.filling.models import Draft
from forms.findable.notes import note_submissions
from forms.registers.counting import it_writes, outcome_of, what_it_sets
from forms.registers.facts import Fact, facts_of
from forms.registers.merging import bring_in, changes_of
from forms.registers.models import Origin, Record, RecordKeeper, RecordMerge, RecordVersion, Register
from forms.registers.prefill import last_submission, prefill
from forms.registers.versions import (
    Clash,
    Written,
    facts_at,
    facts_now,
    locked,
    record_conflicts,
    write_version,
)
from forms.run.outcome import Outcome
from forms.submissions.models import Submission, SubmissionRevision

__all__ = ["Fact", "facts_of", "last_submission", "prefill", "write_from_submission"]


@transaction.atomic
def write_from_submission(revision: SubmissionRevision) -> RecordVersion | None:
    """Write a revision's answers to the register as its form says, at most once; the caller is in a transaction.

    A form that makes a record makes it, or writes again to the one that an earlier revision made. A form about a
    record sets what the person changed against the version that she had seen. Where somebody else changed the same
    property meanwhile, the later value stands and a conflict is recorded. Nothing here refuses a filing: returns
    None when there is nothing to write.
    """
    submission = Submission.objects.select_for_update(of=("self",)).get(pk=revision.submission_id)
    written = RecordVersion.objects.filter(source=revision).first()
    about = revision.version.document.about
    if written is not None or about is None or submission.school_id is None:
        return written
    outcome = outcome_of(revision)
    if not it_writes(outcome):
        return None
    register = Register.objects.filter(name=about.register_name).first()
    if register is None:
        return None
    if submission.subject is not None:
        return _write_to(locked(submission.subject), submission, revision, outcome)
    return _make(register, submission, revision, outcome) if about.mode == "makes" else None


def _make(
    register: Register, submission: Submission, revision: SubmissionRevision, outcome: Outcome
) -> RecordVersion | None:
    """Make the record, and say on submission and draft that it is theirs."""
    record = Record(register=register, school=submission.school)
    changes = _given(what_it_sets(outcome, register.schema))
    version = write_version(record, _write(changes, 0, revision))
    Submission.objects.filter(pk=submission.pk).update(subject=record)
    note_submissions([submission.pk])
    Draft.objects.filter(pk=submission.pk).update(subject=record, subject_version=record.version)
    if revision.created_by is not None and not revision.created_by.is_superuser:
        _give_keeper(record, revision.created_by)
    return version


def _give_keeper(record: Record, person: Any) -> None:
    """Make a class teacher who enters a child its keeper: it is one of her class."""
    if record.school_id in school_ids_of(person, Role.CLASS_TEACHER):
        RecordKeeper.objects.get_or_create(record=record, user=person)


def _write_to(
    record: Record, submission: Submission, revision: SubmissionRevision, outcome: Outcome
) -> RecordVersion | None:
    values = what_it_sets(outcome, record.register.schema)
    base, seen = what_was_seen(record, submission, revision)
    if _fills_in_anew(submission, revision):
        values = _given(values)
    if record.school_id != submission.school_id:
        _only_tell(record, changes_of(record, values, seen), seen, revision)
        return None
    return bring_in(record, _write(values, base, revision), seen)


def _fills_in_anew(submission: Submission, revision: SubmissionRevision) -> bool:
    """Say whether a form that makes records goes to one that was there before: what it leaves empty says nothing."""
    about = revision.version.document.about
    made_it = RecordVersion.objects.filter(source__submission=submission).exists()
    return about is not None and about.mode == "makes" and not made_it


def _only_tell(
    record: Record, changes: dict[str, Any], seen: dict[str, Any], revision: SubmissionRevision
) -> None:
    """Keep what a school filed about a record that has left it, for the school that keeps it now to decide."""
    if record.conflicts.filter(source=revision).exists():
        return
    now = facts_now(record)
    clashes = [
        Clash(name, value, now.get(name), seen.get(name), written=False)
        for name, value in changes.items()
        if now.get(name) != value
    ]
    record_conflicts(record, record.register.schema, clashes, version=None, source=revision)


def what_was_seen(
    record: Record, submission: Submission, revision: SubmissionRevision
) -> tuple[int, dict[str, Any]]:
    """Return the version of the record that the writer had seen, and its facts.

    That is what an earlier revision of the same submission wrote, else what the draft began with. A draft that says
    nothing has seen the newest; one that began on a record merged into this one has seen that other's facts.
    """
    mine = RecordVersion.objects.filter(record=record, source__submission=submission)
    earlier = mine.filter(source__number__lt=revision.number).order_by("-number").first()
    if earlier is not None:
        return earlier.number, earlier.facts
    draft = Draft.objects.filter(pk=submission.pk).first()
    if draft is not None and draft.subject_version is None:
        for merge in RecordMerge.objects.filter(survivor=record, undone_at__isnull=True):
            if (seen := merge.moved["drafts"].get(str(draft.pk))) is not None:
                return merge.version_after, facts_at(merge.merged, seen)
    known = draft.subject_version if draft is not None and draft.subject_id == record.pk else None
    base = known if known is not None and known <= record.version else record.version
    return base, facts_at(record, base)


def _given(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _write(changes: dict[str, Any], base: int, revision: SubmissionRevision) -> Written:
    return Written(changes, Origin.FORM, base, user=revision.created_by, source=revision)
