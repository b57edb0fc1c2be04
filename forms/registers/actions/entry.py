"""A form that makes a record, and a record that may be of the same child."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from forms.answers.answers import TOP
from forms.filling.actions.locking import keep
from forms.filling.models import Draft, DraftState
from forms.registers.entry import duplicates_in_draft
from forms.registers.models import DuplicateAnswer, Record
from forms.registers.prefill import prefill
from forms.submissions.models import Submission

#: Who "wrote" the answers that the register filled in: they go again when the person takes her word back.
REGISTER = "register"


@dataclass
class AnswerDuplicate:
    """Say of a possible duplicate that it is the same child, or another (是否同一人).

    The same: the draft will write to that record instead of making one; questions that are still open get what the
    record knows, as far as the person may see it. Another: it is not asked about again, and why is kept.
    Raises ValidationError when the record is no possible duplicate, may not be seen, or the reason is missing where
    more than a sound is the same; PermissionDenied.
    """

    draft: Draft
    record_id: Any
    same: bool
    user: Any
    reason: str = ""

    @transaction.atomic
    def execute(self) -> Draft:
        draft = _locked(self.draft, self.user)
        found = [one for one in duplicates_in_draft(draft, self.user) if one.record.pk == self.record_id]
        if not found:
            raise ValidationError(_("There is nothing to decide about this record any more."))
        if not self.same:
            self._another(draft, found[0].record, must_say_why=found[0].how != "sound")
        elif found[0].where != "seen":
            raise ValidationError(_("You do not look after this record."))
        else:
            self._same(draft, found[0].record)
        return draft

    def _another(self, draft: Draft, record: Record, *, must_say_why: bool) -> None:
        reason = " ".join(self.reason.split())[:200]
        if must_say_why and not reason:
            raise ValidationError(_("Please say why it is another child."), code="reason")
        said = {"said_by": self.user, "reason": reason}
        DuplicateAnswer.objects.get_or_create(draft=draft, record=record, defaults=said)

    def _same(self, draft: Draft, record: Record) -> None:
        draft.subject, draft.subject_version = record, record.version
        draft.save(update_fields=["subject", "subject_version"])
        answers = draft.answers
        known = prefill(draft.version.document, record, reader=self.user)
        added = [key for key in known.values if key not in answers.values]
        for item, name in added:
            answers.put(name, known.get(name, item), item)
        keep(draft, answers, added, REGISTER)


@dataclass
class TakeBackDuplicate:
    """Say that the record was not of the same child after all (撤回认定); what it had filled in goes again.

    Raises ValidationError when the draft has been handed in before, PermissionDenied.
    """

    draft: Draft
    user: Any

    @transaction.atomic
    def execute(self) -> Draft:
        draft = _locked(self.draft, self.user)
        if not is_same_by_word(draft):
            raise ValidationError(_("There is nothing to decide about this record any more."))
        draft.subject, draft.subject_version = None, None
        draft.save(update_fields=["subject", "subject_version"])
        answers = draft.answers
        for key, (_revision, writer) in draft.answered_at.items():
            item, _slash, name = key.partition("/")
            if writer == REGISTER and item == TOP:
                answers.put(name, None)
        keep(draft, answers)
        return draft


def is_same_by_word(draft: Draft) -> bool:
    """Say whether a form that makes records goes to one that was there, because the person said so."""
    about = draft.version.document.about
    makes = about is not None and about.mode == "makes" and draft.subject_id is not None
    return makes and not Submission.objects.filter(pk=draft.pk).exists()


def _locked(draft: Draft, user: Any) -> Draft:
    locked = Draft.objects.select_for_update(of=("self",)).select_related("version").get(pk=draft.pk)
    if locked.owner_id != user.pk:
        raise PermissionDenied
    if locked.state != DraftState.OPEN:
        raise ValidationError(_("There is nothing to decide about this record any more."))
    return locked
