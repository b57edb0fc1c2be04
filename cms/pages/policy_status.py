"""Which policies hold: kept on the row, so that lists and filters need no joins."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.utils import timezone

from cms.outbox.actions import record_event
from cms.outbox.models import EventKind
from cms.pages.models.policy import PolicyPage, PolicyReplacement, PolicyStatus
from search.service import note_change


@transaction.atomic
def refresh_policy_status(ids: Iterable[int] | None, today: date | None = None) -> int:
    """Set the status of these policies (None: of all) from what replaces them; return how many changed.

    Repealed: `repealed_on` has come, or a published policy in force replaces it whole.
    Amended: a published policy in force amends it. Else in force. Each change of a public one is an event.
    """
    day = today or timezone.localdate()
    policies = PolicyPage.objects.all() if ids is None else PolicyPage.objects.filter(pk__in=list(ids))
    changed = (
        policies.annotate(wanted=_wanted_status(day)).exclude(status=F("wanted")).values_list("pk", "wanted")
    )
    rows = list(changed)
    for pk, wanted in rows:
        PolicyPage.objects.filter(pk=pk).update(status=wanted)
        note_change("policy", pk)
        record_event(EventKind.PUBLISHED, PolicyPage.objects.get(pk=pk))
    return len(rows)


def earlier_ids(pk: int | None) -> set[int]:
    """Return the ids of the policies that this one replaces or amends, as the public rows say."""
    return set(PolicyReplacement.objects.filter(page=pk).values_list("earlier_id", flat=True))


def refresh_statuses(today: date | None = None) -> int:
    """Bring the status of every policy up to the day; the worker calls it once a day."""
    return refresh_policy_status(None, today)


def _wanted_status(day: date) -> Case:
    in_force = Q(page__live=True) & (Q(page__effective_on=None) | Q(page__effective_on__lte=day))
    replacements = PolicyReplacement.objects.filter(in_force, earlier=OuterRef("pk"))
    kinds = PolicyReplacement.Kind
    return Case(
        When(repealed_on__lte=day, then=Value(PolicyStatus.REPEALED)),
        When(Exists(replacements.filter(kind=kinds.WHOLE)), then=Value(PolicyStatus.REPEALED)),
        When(Exists(replacements.filter(kind=kinds.PART)), then=Value(PolicyStatus.AMENDED)),
        default=Value(PolicyStatus.IN_FORCE),
    )
