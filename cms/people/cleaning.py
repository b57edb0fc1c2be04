"""One-time links that open nothing any more are deleted."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from cms.outbox.jobs import register_daily
from cms.people.models import AccountLink

#: Used and expired links stay this long, for questions; the log keeps that they were made.
KEEP_LINKS = timedelta(days=30)


def register() -> None:
    """Register the daily cleaning."""
    register_daily("clean-account-links", clean_links)


def clean_links() -> None:
    """Delete links that expired long ago, used or not."""
    AccountLink.objects.filter(expires_at__lt=timezone.now() - KEEP_LINKS).delete()
