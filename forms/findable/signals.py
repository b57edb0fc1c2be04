"""When a form, a submission or a record has to be looked at again by the index: noted with the change itself."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete

from cms.service import School
from forms.codes.models import Code
from forms.definitions.models import Form, FormVersion
from forms.findable.notes import FORM, RECORD, SUBMISSION, note_all, note_codes, note_register
from forms.registers.models import Record, RecordKeeper, Register
from forms.submissions.models import Submission, SubmissionRevision
from search.service import note_change


def after_form(sender: type[Model], instance: Form, **kwargs: Any) -> None:
    """A form that was saved or deleted."""
    if not kwargs.get("raw"):
        note_change(FORM, instance.pk)


def after_version(
    sender: type[Model], instance: FormVersion, created: bool, raw: bool, **kwargs: Any
) -> None:
    """A new version: what was handed in before is looked at again when another answer is to be found now."""
    if raw or not created or instance.is_trial:
        return
    before = FormVersion.objects.filter(form=instance.form_id, number__lt=instance.number).first()
    if before is not None and _marks_of(before) != _marks_of(instance):
        note_all(SUBMISSION, Submission.objects.filter(form=instance.form_id))


def _marks_of(version: FormVersion) -> dict[str, tuple[bool, bool, str, str, str]]:
    """Return all that decides which answers of a form's submissions are found."""
    return {
        name: (one.searchable, one.sensitive, one.type, one.default, getattr(one, "calculation", ""))
        for name, placed in version.document.questions.items()
        if (one := placed.item)
    }


def after_submission(sender: type[Model], instance: Submission, **kwargs: Any) -> None:
    """A submission that was saved or deleted."""
    if not kwargs.get("raw"):
        note_change(SUBMISSION, instance.pk)


def after_revision(sender: type[Model], instance: SubmissionRevision, **kwargs: Any) -> None:
    """A revision that was emptied or deleted; one that is new comes with a saved submission."""
    if not kwargs.get("raw") and not kwargs.get("created"):
        note_change(SUBMISSION, instance.submission_id)


def after_record(sender: type[Model], instance: Record, **kwargs: Any) -> None:
    """A record that was saved: its name and school are told in what was filed about it, too."""
    if not kwargs.get("raw"):
        note_change(RECORD, instance.pk)
        note_all(SUBMISSION, Submission.objects.filter(subject=instance))


def before_record(sender: type[Model], instance: Record, **kwargs: Any) -> None:
    """A record that goes."""
    note_change(RECORD, instance.pk)


def after_keeper(sender: type[Model], instance: RecordKeeper, **kwargs: Any) -> None:
    """A keeper who came or went."""
    if not kwargs.get("raw"):
        note_change(RECORD, instance.record_id)


def after_register(sender: type[Model], instance: Register, created: bool, raw: bool, **kwargs: Any) -> None:
    """A register whose properties or names changed."""
    if not raw and not created:
        note_register(instance)


def after_code(sender: type[Model], instance: Code, **kwargs: Any) -> None:
    """A code that was saved or deleted by itself: its label is another now."""
    if not kwargs.get("raw"):
        note_codes(instance.codes.name)


def after_school(sender: type[Model], instance: School, created: bool, raw: bool, **kwargs: Any) -> None:
    """A school that changed its name or township."""
    if raw or created:
        return
    for kind, model in ((FORM, Form), (SUBMISSION, Submission), (RECORD, Record)):
        note_all(kind, model.objects.filter(school=instance))


def connect() -> None:
    """Connect the handlers."""
    for model, handler in (
        (Form, after_form),
        (Submission, after_submission),
        (SubmissionRevision, after_revision),
        (RecordKeeper, after_keeper),
        (Code, after_code),
    ):
        post_save.connect(handler, sender=model, dispatch_uid=f"forms.findable.{model.__name__}.save")
        post_delete.connect(handler, sender=model, dispatch_uid=f"forms.findable.{model.__name__}.delete")
    post_save.connect(after_version, sender=FormVersion, dispatch_uid="forms.findable.version")
    post_save.connect(after_record, sender=Record, dispatch_uid="forms.findable.record.save")
    pre_delete.connect(before_record, sender=Record, dispatch_uid="forms.findable.record.delete")
    post_save.connect(after_register, sender=Register, dispatch_uid="forms.findable.register")
    post_save.connect(after_school, sender=School, dispatch_uid="forms.findable.school")
