"""How often one network address may begin, save and hand in public forms, and answer wrongly; exactly counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.service import client_address
from forms.public.models import Tally
from forms.sealing.seal import blind

if TYPE_CHECKING:
    from django.http import HttpRequest

    from forms.filling.models import Draft

#: How many wrong answers to a challenge an address, and a draft, has in an hour.
WRONG_OF_ADDRESS, WRONG_OF_DRAFT = 30, 6


class TooOftenError(ValidationError):
    """Too much came from one address. `wait` is in seconds."""

    def __init__(self, message: str, wait: int) -> None:
        self.wait = wait
        super().__init__(message, code="too_often")


@dataclass(frozen=True)
class Limit:
    """What is counted, and the most of it in an hour; 0 is no limit."""

    name: str
    most: int


def begun() -> Limit:
    """Return how many public forms an address may begin in an hour."""
    return Limit("begun", settings.FORMS_PUBLIC_STARTS)


def handed_in() -> Limit:
    """Return how many times an address may hand in in an hour."""
    return Limit("handed-in", settings.FORMS_PUBLIC_SUBMITS)


def saved(*, by_script: bool) -> Limit:
    """Return how many times an address may save in an hour. What scripts save leaves the buttons their room."""
    return Limit("saved-by-script" if by_script else "saved", settings.FORMS_PUBLIC_SAVES)


def uploaded() -> Limit:
    """Return how many files an address may upload in an hour."""
    return Limit("uploaded", settings.FORMS_PUBLIC_UPLOADS)


def count_for(draft: Draft, limit: Limit, request: HttpRequest) -> None:
    """Count what is done to a draft that has no owner; of people with an account nothing. Raises TooOftenError."""
    if draft.owner_id is None:
        count(limit, client_address(request))


def count(limit: Limit, whose: str) -> None:
    """Count once more. Raises TooOftenError when it is one too many; then it does not count."""
    if not limit.most:
        return
    key, hour = _row(limit, whose)
    _ensure(key, hour)
    room = Tally.objects.filter(key=key, hour=hour, count__lt=limit.most)
    if not room.update(count=F("count") + 1):
        raise _refusal(hour)


def require_room(limit: Limit, whose: str) -> None:
    """Raise TooOftenError when nothing is left, without counting."""
    key, hour = _row(limit, whose)
    if limit.most and Tally.objects.filter(key=key, hour=hour, count__gte=limit.most).exists():
        raise _refusal(hour)


def wrong_limits(address: str, draft: str) -> list[tuple[Limit, str]]:
    """Return what a wrong answer counts against."""
    return [(Limit("wrong", WRONG_OF_ADDRESS), address), (Limit("wrong-draft", WRONG_OF_DRAFT), draft)]


def _row(limit: Limit, whose: str) -> tuple[str, datetime]:
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    return blind(f"{limit.name}:{whose}", "tally"), hour


def _ensure(key: str, hour: datetime) -> None:
    if Tally.objects.filter(key=key, hour=hour).exists():
        return
    try:
        with transaction.atomic():
            Tally.objects.create(key=key, hour=hour)
    except IntegrityError:  # another request was quicker
        return


def _refusal(hour: datetime) -> TooOftenError:
    wait = max(60, 3600 - int((timezone.now() - hour).total_seconds()))
    text = _("Too much came from your network within an hour. Please try again in %(minutes)d minutes.")
    return TooOftenError(text % {"minutes": -(-wait // 60)}, wait)
