"""Transfers that wait for the user's word, on the front page of the admin."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

from cms.service import Line, Lines, ListPanel
from forms.registers.models import Transfer

SHOWN = 10


def waiting_transfers(user: Any) -> Lines:
    """Return the transfers that the user is to decide, the oldest first: two queries."""
    waiting = Transfer.objects.to_decide_by(user)
    rows = waiting.select_related("from_school", "to_school", "asked_by").order_by("asked_at")[:SHOWN]
    return Lines([_line(one) for one in rows], waiting.count())


def _line(transfer: Transfer) -> Line:
    return Line(
        title=str(transfer),
        kind=str(_("Transfer")),
        school="",
        url=reverse("transfers_modeladmin_inspect", args=[transfer.pk]),
        when=transfer.asked_at,
        who=str(transfer.asked_by or ""),
    )


def transfer_panels(user: Any) -> list[Component]:
    """Return the panel; it is not there when nothing waits."""
    return [
        ListPanel(
            "transfers-waiting", _("Transfers waiting for my decision"), waiting_transfers(user),
            who=_("Asked by"), when=_("Waiting since"), since=True, to_do=True, verb=_("Decide"), school=False,
            hide_empty=True,
        )
    ]  # fmt: skip
