"""Questions that find nothing: counted, so that the bureau can write what is missing or teach a synonym."""

from __future__ import annotations

from django.db import OperationalError
from django.db.models import F

from search.fold import fold
from search.models import SearchGap

MAX_GAPS = 5_000  # beyond that only questions already known are counted


def note_gap(text: str) -> None:
    """Count a question without result. Who asked is not kept; a busy database is no reason to fail a search."""
    question = fold(" ".join(text.split()))[:80]
    if not question:
        return
    try:
        if SearchGap.objects.filter(text=question).update(count=F("count") + 1):
            return
        if SearchGap.objects.count() < MAX_GAPS:
            SearchGap.objects.get_or_create(text=question)
    except OperationalError:
        return
