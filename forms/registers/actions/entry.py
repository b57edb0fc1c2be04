"""A form that makes a record, and a record that may be of the same child."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from forms.filling.models import Draft, DraftState
from forms.registers.entry import duplicates_in_draft
from forms.registers.models import DuplicateAnswer


@dataclass
class AnswerDuplicate:
    """Say of a possible duplicate that it is the same child, or another (是否同一人).

    The same: the draft will write to that record instead of making one. Another: it is not asked about again.
    Raises ValidationError when the record is no possible duplicate or may not be seen, PermissionDenied.
    """

    draft: Draft
    record_id: Any
    same: bool
    user: Any

    @transaction.atomic
    def execute(self) -> Draft:
        draft = Draft.objects.select_for_update(of=("self",)).select_related("version").get(pk=self.draft.pk)
        if draft.owner_id != self.user.pk:
            raise PermissionDenied
        found = [one for one in duplicates_in_draft(draft, self.user) if one.record.pk == self.record_id]
        if draft.state != DraftState.OPEN or not found:
            raise ValidationError(_("There is nothing to decide about this record any more."))
        record = found[0].record
        if not self.same:
            DuplicateAnswer.objects.get_or_create(draft=draft, record=record, defaults={"said_by": self.user})
        elif found[0].where != "seen":
            raise ValidationError(_("You do not look after this record."))
        else:
            draft.subject, draft.subject_version = record, record.version
            draft.save(update_fields=["subject", "subject_version", "updated_at"])
        return draft
