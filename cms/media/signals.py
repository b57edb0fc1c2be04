"""What follows from a change of a page: its files become public or private, its pictures get renditions."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.apps import apps
from django.db import models, transaction
from wagtail.models import PageViewRestriction
from wagtail.signals import page_published, post_page_move

from cms.media.models import SiteImage
from cms.media.renditions import ensure_renditions
from cms.media.tasks import make_renditions
from cms.media.uses import media_fields, uses_of
from cms.media.visibility import record_uses, refresh_open
from cms.pages.models import BasePage

logger = logging.getLogger(__name__)
#: How long a person who publishes waits for renditions; what takes longer is left to the worker.
PATIENCE = 3.0
_patience: ContextVar[float | None] = ContextVar("patience_for_renditions", default=None)


def follow_save(
    sender: type[BasePage],
    instance: BasePage,
    raw: bool = False,
    update_fields: frozenset[str] | None = None,
    **kwargs: Any,
) -> None:
    """Record what the saved page shows.

    A save of some columns may come from an instance that holds a draft (that is how Wagtail notes a new
    draft on a live page), so there the row is read again. A page held as its base class shows nothing of
    itself and is left alone.
    """
    if raw or instance.specific_class is not sender:
        return
    if update_fields is None:
        record_uses(instance)
    elif update_fields & (media_fields(sender) | {"live"}):
        record_uses(sender._default_manager.get(pk=instance.pk))


def follow_move(sender: type, instance: BasePage, **kwargs: Any) -> None:
    """A page moved below a restricted page is restricted, and the other way round."""
    refresh_open(BasePage.objects.values_list("path", flat=True).get(pk=instance.pk))


def follow_restriction(sender: type, instance: PageViewRestriction, **kwargs: Any) -> None:
    """Restricting a page restricts all below it."""
    refresh_open(instance.page.path)


def make_page_renditions(sender: type, instance: BasePage, **kwargs: Any) -> None:
    """Make the renditions of the published page's pictures, once the publication is committed."""
    ids = sorted(uses_of(instance).images)
    if ids:
        patience = _patience.get()
        transaction.on_commit(lambda: render_pictures(ids, patience), robust=True)


@contextmanager
def left_to_the_worker() -> Iterator[None]:
    """Within this context publication waits for no rendition: for loading many pages at once."""
    token = _patience.set(0.0)
    try:
        yield
    finally:
        _patience.reset(token)


def render_pictures(ids: list[int], patience: float | None = None) -> None:
    """Make renditions of these pictures for `patience` seconds, then hand the rest to the worker."""
    deadline = time.monotonic() + (PATIENCE if patience is None else patience)
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
    for model in apps.get_models():
        if issubclass(model, BasePage):
            models.signals.post_save.connect(
                follow_save, sender=model, dispatch_uid=f"cms.media.{model.__name__}"
            )
    post_page_move.connect(follow_move, dispatch_uid="cms.media.follow_move")
    for signal in (models.signals.post_save, models.signals.post_delete):
        signal.connect(
            follow_restriction, sender=PageViewRestriction, dispatch_uid="cms.media.follow_restriction"
        )
    page_published.connect(make_page_renditions, dispatch_uid="cms.media.make_page_renditions")
