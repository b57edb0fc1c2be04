"""What follows from a page being published: its pictures get their renditions."""

from __future__ import annotations

import logging
import time
from typing import Any

from django.db import transaction
from wagtail.signals import page_published

from cms.media.models import SiteImage
from cms.media.renditions import ensure_renditions
from cms.media.tasks import make_renditions
from cms.media.uses import uses_of

logger = logging.getLogger(__name__)
#: How long a person who publishes waits for renditions; what takes longer is left to the worker.
PATIENCE = 3.0


def make_page_renditions(sender: type, instance: Any, **kwargs: Any) -> None:
    """Make the renditions of the published page's pictures, once the publication is committed."""
    ids = sorted(uses_of(instance).images)
    if ids:
        transaction.on_commit(lambda: render_pictures(ids), robust=True)


def render_pictures(ids: list[int]) -> None:
    """Make renditions of these pictures for `PATIENCE` seconds, then hand the rest to the worker."""
    deadline = time.monotonic() + PATIENCE
    for image in SiteImage.objects.filter(pk__in=ids):
        try:
            done = ensure_renditions(image, seconds=max(deadline - time.monotonic(), 0))
        except OSError:
            logger.warning("Picture %d cannot be read", image.pk, exc_info=True)
            continue
        if not done:
            make_renditions.enqueue(image.pk)


def connect() -> None:
    """Connect the handlers."""
    page_published.connect(make_page_renditions, dispatch_uid="cms.media.make_page_renditions")
