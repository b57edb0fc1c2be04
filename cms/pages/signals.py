"""Pages keep up with the tree, with their school, and with the policies that replace them."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.signals import post_page_move

from cms.outbox.jobs import register_daily
from cms.pages.models import BasePage, PolicyPage, PolicyReplacement, SchoolPage
from cms.pages.policy_status import earlier_ids, refresh_policy_status, refresh_statuses
from cms.schools.models import School


def follow_move(sender: type, instance: BasePage, **kwargs: Any) -> None:
    """Give the moved pages the school of their new place."""
    school_id = BasePage.objects.get(pk=instance.pk).specific.school_id_by_place()
    BasePage.objects.filter(path__startswith=instance.path).update(school_id=school_id)


def follow_school_name(sender: type, instance: School, created: bool, **kwargs: Any) -> None:
    """Give the school's page the school's new name."""
    if not created:
        for page in SchoolPage.objects.filter(owning_school=instance).exclude(title=instance.name):
            page.owning_school = instance
            page.save()


def follow_expiry(sender: type, instance: BasePage, **kwargs: Any) -> None:
    """Wagtail's worker unpublishes expired pages by their base class, past `PolicyPage.save`."""
    if instance.specific_class is PolicyPage:
        refresh_policy_status({instance.pk, *earlier_ids(instance.pk)})


def follow_replacement(sender: type, instance: PolicyReplacement, **kwargs: Any) -> None:
    """A replacement went with its page: the earlier policy may hold again."""
    if not isinstance(kwargs.get("origin"), PolicyReplacement):
        refresh_policy_status([instance.earlier_id])


def connect() -> None:
    """Connect the handlers, and let the page types add their checks before submission."""
    import cms.pages.checks  # noqa: F401

    register_daily("policy-status", refresh_statuses, at=time(0, 1))
    post_page_move.connect(follow_move, dispatch_uid="cms.pages.follow_move")
    post_save.connect(follow_school_name, sender=School, dispatch_uid="cms.pages.follow_school_name")
    post_save.connect(follow_expiry, sender=BasePage, dispatch_uid="cms.pages.follow_expiry")
    post_delete.connect(
        follow_replacement, sender=PolicyReplacement, dispatch_uid="cms.pages.follow_replacement"
    )
