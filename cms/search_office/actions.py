"""Keeping synonyms and the index. Each action checks the right, writes in one transaction, and logs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.search_office.permissions import user_can_keep_search
from cms.search_office.tasks import work_on_index
from search.service import (
    IndexRun,
    LeaseTaken,
    SearchGap,
    SearchUnavailable,
    Synonym,
    discard_parked,
    forget_synonyms,
    problems_of,
    retry_parked,
    roll_back,
    split_group,
    start_run,
)

MAX_GROUPS = 500


def _check(user: Any) -> None:
    """`user=None` is the operator at the shell."""
    if user is not None and not user_can_keep_search(user):
        raise PermissionDenied


@dataclass
class SaveSynonyms:
    """Write a group of words that mean the same; in force at once. Raises ValidationError naming every fault."""

    words: str
    user: Any = None
    group: Synonym | None = None

    @transaction.atomic
    def execute(self) -> Synonym:
        _check(self.user)
        others = Synonym.objects.exclude(pk=self.group.pk if self.group else 0)
        faults = problems_of(self.words, others.values_list("words", flat=True))
        if self.group is None and others.count() >= MAX_GROUPS:
            faults.append(_("There are %(n)d groups already; delete some first.") % {"n": MAX_GROUPS})
        if faults:
            raise ValidationError(faults)
        group = self.group or Synonym()
        group.words = "，".join(split_group(self.words))
        group.save()
        log(instance=group, action="wagtail.edit" if self.group else "wagtail.create", user=self.user)
        SearchGap.objects.filter(text__in=split_group(self.words)).delete()
        transaction.on_commit(forget_synonyms)
        return group


@transaction.atomic
def delete_synonyms(group: Synonym, user: Any = None) -> None:
    """Delete a group; in force at once."""
    _check(user)
    log(instance=group, action="wagtail.delete", user=user, deleted=True)
    group.delete()
    transaction.on_commit(forget_synonyms)


@transaction.atomic
def forget_gap(gap: SearchGap, user: Any = None) -> None:
    """Take a question off the list; it comes back when it is asked again."""
    _check(user)
    gap.delete()


@transaction.atomic
def start_index_work(kind: str, user: Any = None) -> IndexRun:
    """Have the worker rebuild or compare the index. Raises ValidationError while it does so already."""
    _check(user)
    run = start_run(kind, user)
    if run is None:
        raise ValidationError(_("Something is being done to the index already. Wait for its end."))
    work_on_index.enqueue(run.pk)
    log(instance=run, action=f"search.{kind}", user=user)
    return run


def roll_index_back(user: Any = None) -> str:
    """Put the generation before in use, and have a comparison bring in what it misses. Raises ValidationError."""
    _check(user)
    try:
        name = roll_back()
    except (SearchUnavailable, LeaseTaken) as error:
        text = _("There is no earlier generation to go back to, or the engine is down.")
        raise ValidationError(text) from error
    run = start_index_work(IndexRun.Kind.COMPARE, user)
    log(instance=run, action="search.rollback", user=user, data={"generation": name})
    return name


@transaction.atomic
def settle_parked(ids: Sequence[int], user: Any = None, *, discard: bool = False) -> int:
    """Try parked changes again, or discard them; return how many."""
    _check(user)
    return discard_parked(ids) if discard else retry_parked(ids)
