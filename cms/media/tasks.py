"""Work on pictures that the worker does."""

from __future__ import annotations

from django_tasks import task

from cms.media.models import SiteImage
from cms.media.renditions import ensure_renditions


@task()
def make_renditions(image_id: int) -> None:
    """Make the missing renditions of a picture; nothing when it is gone."""
    image = SiteImage.objects.filter(pk=image_id).first()
    if image is not None:
        ensure_renditions(image)
