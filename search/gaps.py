"""Questions that find nothing: counted, so that the bureau can write what is missing or teach a synonym."""

from __future__ import annotations

import re
from datetime import timedelta

from django.db import OperationalError
from django.db.models import F
from django.utils import timezone

from search.fold import fold
from search.models import SearchGap

MAX_GAPS = 5_000  # beyond that only questions already known are counted
SHOWN_FROM = 3  # times asked; what fewer asked may be about one person, and is shown to nobody
KEPT = timedelta(days=90)  # how long a question is kept that nobody asks again
#: Numbers of identity cards, phones and accounts, also with gaps, and addresses of people.
_PERSONAL = re.compile(r"\d(?:[\s-]?\d){5,}|@|https?:")


def note_gap(text: str) -> None:
    """Count a question without result, unless it looks like somebody's number or address.

    Who asked is not kept; a busy database is no reason to fail a search.
    """
    question = fold(" ".join(text.split()))[:80]
    if not question or _PERSONAL.search(question):
        return
    try:
        if SearchGap.objects.filter(text=question).update(count=F("count") + 1):
            return
        if SearchGap.objects.count() < MAX_GAPS:
            SearchGap.objects.get_or_create(text=question)
    except OperationalError:
        return


def forget_gaps() -> int:
    """Delete questions that few asked, long ago; return how many."""
    old = SearchGap.objects.filter(last_at__lt=timezone.now() - KEPT, count__lt=SHOWN_FROM)
    return old.delete()[0]
