"""Publishing and expiring at the appointed time, one transaction a thing: a broken one stops no other."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

import swapper
from django.apps import apps
from django.db import transaction
from django.db.models import Min
from django.utils import timezone
from wagtail.models import DraftStateMixin, Revision

logger = logging.getLogger(__name__)
#: Seconds after which a thing that failed is tried again.
RETRY_SECONDS = 300.0
_rests: dict[tuple[str, Any], float] = {}


def publish_due() -> int:
    """Unpublish what has expired and publish what is due; return how many things changed.

    The same queries as Wagtail's `publish_scheduled`, which stops at the first error.
    """
    now = timezone.now()
    done = 0
    for model in _models():
        expired = model.objects.filter(live=True, expire_at__lt=now).order_by("expire_at")
        for pk in list(expired.values_list("pk", flat=True)):
            done += _try(f"expire {model.__name__}", pk, partial(_expire, model, pk, now))
    due = Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at")
    for pk in list(due.values_list("pk", flat=True)):
        done += _try("publish", pk, partial(_publish, pk, now))
    return done


def next_due() -> datetime | None:
    """Return when the next thing is due, None when nothing is scheduled."""
    times = [model.objects.filter(live=True).aggregate(at=Min("expire_at"))["at"] for model in _models()]
    times.append(Revision.objects.aggregate(at=Min("approved_go_live_at"))["at"])
    return min((at for at in times if at), default=None)


def _models() -> Iterator[type[Any]]:
    page = swapper.load_model("wagtailcore", "Page")
    yield page
    for model in apps.get_models():
        if issubclass(model, DraftStateMixin) and not issubclass(model, page):
            yield model


def _expire(model: type[Any], pk: Any, now: datetime) -> None:
    """The row is locked and judged again: another worker may have been quicker."""
    row = (
        model.objects.select_for_update(skip_locked=True).filter(pk=pk, live=True, expire_at__lt=now).first()
    )
    if row is not None:
        row.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _publish(pk: int, now: datetime) -> None:
    rows = Revision.objects.select_for_update(skip_locked=True)
    revision = rows.filter(pk=pk, approved_go_live_at__lt=now).first()
    if revision is not None:
        revision.publish(log_action="wagtail.publish.scheduled")


def _try(what: str, pk: Any, act: Callable[[], None]) -> bool:
    key = (what, pk)
    if _rests.get(key, 0) > time.monotonic():
        return False
    try:
        with transaction.atomic():
            act()
    except Exception:
        logger.exception("Could not %s %s on time", what, pk)
        _rests[key] = time.monotonic() + RETRY_SECONDS
        return False
    _rests.pop(key, None)
    return True
