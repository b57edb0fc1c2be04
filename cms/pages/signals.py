"""Pages keep up with the tree: a moved page, and all below it, change school."""

from __future__ import annotations

from typing import Any

from wagtail.signals import post_page_move

from cms.pages.models import BasePage


def follow_move(sender: type, instance: BasePage, **kwargs: Any) -> None:
    """Give the moved pages the school of their new place."""
    school_id = BasePage.objects.get(pk=instance.pk).specific.school_id_by_place()
    BasePage.objects.filter(path__startswith=instance.path).update(school_id=school_id)


def connect() -> None:
    """Connect the handlers."""
    post_page_move.connect(follow_move, dispatch_uid="cms.pages.follow_move")
