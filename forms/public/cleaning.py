"""What public filling leaves behind goes after a while."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from forms.public.models import SpentChallenge, Tally

KEPT = timedelta(days=2)


def clean_guards() -> int:
    """Delete old challenges and counts. Return how many."""
    spent, _each = SpentChallenge.objects.filter(expires_at__lt=timezone.now()).delete()
    counts, _each = Tally.objects.filter(hour__lt=timezone.now() - KEPT).delete()
    return spent + counts
