"""When a page has to be looked at again by the index: noted in the transaction of the change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import PageViewRestriction
from wagtail.signals import post_page_move

from cms.findable.documents import KINDS, kind_of
from cms.pages.models import BasePage, Topic
from cms.schools.models import School
from search.service import note_change


def note_pages(pages: Iterable[tuple[int, int]]) -> None:
    """Note pages given as (content type id, id)."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    kinds = {ContentType.objects.get_for_model(model).pk: kind for kind, model in KINDS.items()}
    for type_id, page_id in pages:
        if type_id in kinds:
            by_kind[kinds[type_id]].append(page_id)
    for kind, ids in by_kind.items():
        note_change(kind, *ids)


def after_save(sender: type[Model], instance: Any, raw: bool, **kwargs: Any) -> None:
    """A saved page, and all below it: a new slug or a restriction copied along changes them too."""
    if raw:
        return
    if kind := kind_of(instance):
        note_change(kind, instance.pk)
    if instance.numchild:
        note_below(instance.path)


def note_below(path: str) -> None:
    """Note every page below the place in the tree."""
    below = BasePage.objects.filter(path__startswith=path).exclude(path=path)
    note_pages(below.values_list("content_type_id", "pk"))


def before_delete(sender: type[Model], instance: BasePage, **kwargs: Any) -> None:
    """A page that goes; treebeard's delete sends this for every page of the subtree."""
    note_pages([(instance.content_type_id, instance.pk)])


def after_move(sender: type[Model], instance: BasePage, **kwargs: Any) -> None:
    """The moved page and all below it: address, school and restrictions may be others now."""
    path = BasePage.objects.values_list("path", flat=True).get(pk=instance.pk)
    note_pages(BasePage.objects.filter(path__startswith=path).values_list("content_type_id", "pk"))


def after_fence(sender: type[Model], instance: PageViewRestriction, **kwargs: Any) -> None:
    """Pages at and below a restriction that was set, changed or lifted."""
    pages = BasePage.objects.filter(path__startswith=instance.page.path)
    note_pages(pages.values_list("content_type_id", "pk"))


def after_school_save(sender: type[Model], instance: School, created: bool, raw: bool, **kwargs: Any) -> None:
    """All pages of a school that changed its name or township."""
    if not raw and not created:
        note_pages(BasePage.objects.filter(school=instance).values_list("content_type_id", "pk"))


def after_topic_save(sender: type[Model], instance: Topic, created: bool, raw: bool, **kwargs: Any) -> None:
    """All pages about a topic that was renamed or is about to go."""
    if not raw and not created:
        note_topic(sender, instance)


def note_topic(sender: type[Model], instance: Topic, **kwargs: Any) -> None:
    """Note all pages about the topic."""
    for kind in ("policy", "plan", "template"):
        note_change(kind, *KINDS[kind].objects.filter(topics=instance).values_list("pk", flat=True))


def connect() -> None:
    """Connect the handlers; after `cms.pages.signals`, so that moved pages know their new school."""
    from wagtail.models import get_page_models

    for model in get_page_models():
        post_save.connect(after_save, sender=model, dispatch_uid=f"findable.after_save.{model.__name__}")
    pre_delete.connect(before_delete, sender=BasePage, dispatch_uid="findable.before_delete")
    post_page_move.connect(after_move, dispatch_uid="findable.after_move")
    post_save.connect(after_fence, sender=PageViewRestriction, dispatch_uid="findable.after_fence_save")
    post_delete.connect(after_fence, sender=PageViewRestriction, dispatch_uid="findable.after_fence_delete")
    post_save.connect(after_school_save, sender=School, dispatch_uid="findable.after_school_save")
    post_save.connect(after_topic_save, sender=Topic, dispatch_uid="findable.after_topic_save")
    pre_delete.connect(note_topic, sender=Topic, dispatch_uid="findable.before_topic_delete")
