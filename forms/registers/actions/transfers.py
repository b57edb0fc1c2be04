"""A record goes to another school when both schools have said yes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.service import School
from forms.registers.models import Record, RecordKeeper, RecordState, Transfer, TransferState
from forms.registers.notices import tell
from forms.registers.permissions import (
    user_can_ask_transfer,
    user_can_cancel_transfer,
    user_can_decide_transfer,
)
from forms.registers.versions import locked, log_record


@dataclass
class AskTransfer:
    """Ask the other school to agree to a transfer (申请转学).

    `asked_as` is what the receiving school knows of the child by itself, masked. Asking again while a question is
    open is refused. Raises ValidationError, PermissionDenied.
    """

    record: Record
    to_school: School
    reason: str
    user: Any
    asked_as: str = ""

    @transaction.atomic
    def execute(self) -> Transfer:
        record = locked(self.record)
        gives = user_can_ask_transfer(self.user, record.school_id)
        if not gives and not user_can_ask_transfer(self.user, self.to_school):
            raise PermissionDenied
        self._check(record)
        transfer = Transfer.objects.create(
            record=record,
            from_school=record.school,
            to_school=self.to_school,
            asked_by_receiver=not gives,
            asked_as=self.asked_as,
            reason=self.reason.strip(),
            asked_by=self.user,
        )
        log_record(record, "wagtail.edit", self.user, transfer=transfer.pk, to_school=self.to_school.code)
        tell(transfer)
        return transfer

    def _check(self, record: Record) -> None:
        if record.school_id == self.to_school.pk:
            raise ValidationError({"to_school": _("The record is kept by this school already.")})
        if self.to_school.status != "open":
            raise ValidationError({"to_school": _("This school is closed.")})
        if record.state == RecordState.MERGED:
            raise ValidationError(_("The record was merged into another."))
        if not self.reason.strip():
            raise ValidationError({"reason": _("Please say why.")})
        if record.transfers.open().exists():
            raise ValidationError(_("A transfer of this record has been asked for and is not decided yet."))


@dataclass
class DecideTransfer:
    """Agree to a transfer or decline it (同意、拒绝转学).

    Agreed, the record belongs to the new school, active, without keepers; the old school keeps what it filed, and
    sees no fact any more. Raises ValidationError, PermissionDenied.
    """

    transfer: Transfer
    agree: bool
    user: Any
    answer: str = ""

    @transaction.atomic
    def execute(self) -> Transfer:
        transfer = _open(self.transfer)
        if not user_can_decide_transfer(self.user, transfer):
            raise PermissionDenied
        if not self.agree and not self.answer.strip():
            raise ValidationError({"answer": _("Please say why.")})
        record = locked(transfer.record)
        if self.agree:
            record.school, record.state = transfer.to_school, RecordState.ACTIVE
            record.save(update_fields=["school", "state", "changed_at"])
            RecordKeeper.objects.filter(record=record).delete()
        transfer.state = TransferState.AGREED if self.agree else TransferState.DECLINED
        _close(transfer, self.user, self.answer.strip())
        log_record(record, "wagtail.edit", self.user, transfer=transfer.pk, state=transfer.state)
        tell(transfer)
        return transfer


@dataclass
class CancelTransfer:
    """Take a question for a transfer back (撤销转学申请). Raises ValidationError, PermissionDenied."""

    transfer: Transfer
    user: Any

    @transaction.atomic
    def execute(self) -> Transfer:
        transfer = _open(self.transfer)
        if not user_can_cancel_transfer(self.user, transfer):
            raise PermissionDenied
        transfer.state = TransferState.CANCELLED
        _close(transfer, self.user, "")
        log_record(transfer.record, "wagtail.edit", self.user, transfer=transfer.pk, state=transfer.state)
        tell(transfer)
        return transfer


def _open(transfer: Transfer) -> Transfer:
    """Return the transfer locked. Raises ValidationError when it is decided."""
    found = (
        Transfer.objects.select_for_update(of=("self",))
        .select_related("from_school", "to_school", "record__register")
        .get(pk=transfer.pk)
    )
    if found.state != TransferState.ASKED:
        raise ValidationError(_("This transfer has been decided already."))
    return found


def _close(transfer: Transfer, user: Any, answer: str) -> None:
    transfer.decided_by, transfer.decided_at, transfer.answer = user, timezone.now(), answer
    transfer.save(update_fields=["state", "decided_by", "decided_at", "answer"])
