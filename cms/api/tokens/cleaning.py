"""Tokens that ended long ago are deleted; the log keeps who made and revoked them."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from wagtail.models import APIToken

from cms.api.tokens.models import ApiToken
from cms.outbox.jobs import register_daily

#: How long the list still shows a token that works no longer.
KEEP_ENDED = timedelta(days=90)


def register() -> None:
    """Register the daily cleaning."""
    register_daily("clean-tokens", clean_tokens)


def clean_tokens() -> None:
    """Delete tokens of both APIs that were revoked or expired long ago."""
    before = timezone.now() - KEEP_ENDED
    ApiToken.objects.filter(Q(expires_at__lt=before) | Q(revoked_at__lt=before)).delete()
    APIToken.objects.filter(revoked_at__lt=before).delete()
