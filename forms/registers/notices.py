"""E-mail about transfers: to those who are asked to decide, to whom it was that asked when it is decided.

Each notice is a task, put down in the transaction of the step and sent by the worker. It names the two schools and
leads to the transfer's page; it never holds a name, a fact, a reason or an answer: they may tell who the child is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override
from django_tasks import task

from cms.service import Role, School, User
from forms.registers.models import Transfer, TransferState

if TYPE_CHECKING:
    from django.db.models import QuerySet

FOLDER = "forms/registers/mail"


def tell(transfer: Transfer) -> None:
    """Have those told whom the transfer's new state concerns. Call it in the step's transaction."""
    for reader in _readers(transfer):
        send_transfer_notice.enqueue(transfer.pk, transfer.state, reader)


def _readers(transfer: Transfer) -> list[int]:
    """Return who is to be told: who decides, or who asked; never who took the step."""
    if transfer.state in (TransferState.AGREED, TransferState.DECLINED):
        return [transfer.asked_by_id] if transfer.asked_by_id not in (None, transfer.decided_by_id) else []
    acting = transfer.decided_by_id or transfer.asked_by_id
    deciding = _deciding(transfer.asked_school).values_list("pk", flat=True)
    return [pk for pk in deciding if pk != acting]


def _deciding(asked: School) -> QuerySet[User]:
    """Return who decides for the school: its heads; the bureau's administrators where it is closed."""
    if asked.status == "open":
        found = User.objects.filter(memberships__school=asked, memberships__role=Role.SCHOOL_HEAD)
    else:
        found = User.objects.filter(memberships__role=Role.BUREAU_ADMIN)
    return found.filter(is_active=True).order_by("pk").distinct()


@task()
def send_transfer_notice(transfer_id: int, state: str, reader_id: int) -> int:
    """Send the notice of a step to one person; return how many went out. Raises what the mail server raises.

    A step that another has followed is not told any more, nor to somebody who may not see the transfer now.
    """
    reader = User.objects.filter(pk=reader_id, is_active=True).exclude(email="").first()
    if reader is None:
        return 0
    found = Transfer.objects.for_user(reader).select_related("from_school", "to_school")
    transfer = found.filter(pk=transfer_id, state=state).first()
    if transfer is None:
        return 0
    with override(settings.LANGUAGE_CODE):
        return _message(transfer, reader).send()


def _message(transfer: Transfer, reader: Any) -> EmailMessage:
    context = {
        "transfer": transfer,
        "reader": reader,
        "address": settings.SITE_URL + reverse("transfers_modeladmin_inspect", args=[transfer.pk]),
    }
    subject = " ".join(render_to_string(f"{FOLDER}/{transfer.state}_subject.txt", context).split())
    return EmailMessage(
        subject, render_to_string(f"{FOLDER}/{transfer.state}.txt", context), to=[reader.email]
    )
