"""Keeping `FoldedText`: what is written of a page, a picture, a document, and when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Model, Q, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan
from django.db.models.signals import post_delete, post_save
from modelsearch.backends.base import get_model_root
from wagtail.search import index

from cms.findable.models import FoldedText
from cms.pages.models import BasePage
from cms.pages.text import plain_text
from search.service import FOLDING, entries, fold

CHUNK = 200
_SPACE = re.compile(r"\s+")


def folded(text: str) -> str:
    """Return the text as the admin's search compares it: folded, white space evened out."""
    return _SPACE.sub(" ", fold(text)).strip()


def root_type(model: type[Model]) -> ContentType:
    """Return the content type that the rows of a model and all its children stand under."""
    return ContentType.objects.get_for_model(get_model_root(model))


def holds(word: str, *columns: str) -> Q:
    """Return the condition that a row holds the folded word in one of the columns."""
    found = (GreaterThan(StrIndex(F(column), Value(word)), 0) for column in columns)
    return reduce(or_, map(Q, found))


def keep_folded(things: Iterable[Any]) -> None:
    """Write the rows of things, all of one root model. One query for all of them, besides reading their fields."""
    rows = [_row_of(thing) for thing in things]
    FoldedText.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["content_type", "object_id"],
        update_fields=["title", "sounds", "text", "draft", "folding"],
    )


def drop_folded(thing: Any) -> None:
    """Delete the row of a thing that is gone."""
    FoldedText.objects.filter(content_type=root_type(type(thing)), object_id=thing.pk).delete()


def _row_of(thing: Any) -> FoldedText:
    title = str(getattr(thing, "title", thing))
    return FoldedText(
        content_type=root_type(type(thing)),
        object_id=thing.pk,
        title=folded(title),
        sounds="".join(f" {entry}" for entry in entries(title) if entry.isascii()),
        text=folded("\n".join(_texts_of(thing))),
        draft=folded(_draft_of(thing)),
        folding=FOLDING,
    )


def _draft_of(thing: Any) -> str:
    """Return what the newest revision of a page says, when the page's row does not say it yet."""
    if not isinstance(thing, BasePage) or not thing.has_unpublished_changes or not thing.latest_revision_id:
        return ""
    draft = thing.get_latest_revision_as_object()
    return "\n".join([draft.title, *_texts_of(draft)])


def _texts_of(thing: Any) -> Iterator[str]:
    """Give the texts of all search fields but the title; of a page those of all its streams."""
    streams = set(thing.get_streamfield_names()) if isinstance(thing, BasePage) else set()
    for field in type(thing).get_search_fields():
        if isinstance(field, index.FilterField) or field.field_name in {"title", *streams}:
            continue
        yield from _flat(field, thing)
    if streams:
        yield plain_text(thing)


def _flat(field: Any, thing: Any) -> Iterator[str]:
    value = field.get_value(thing)
    if isinstance(field, index.RelatedFields):
        if value is not None:
            related = value.all() if hasattr(value, "all") else [value]
            yield from (text for one in related for inner in field.fields for text in _flat(inner, one))
    elif not isinstance(field, index.FilterField) and value:
        yield from map(str, value) if isinstance(value, list | tuple) else [str(value)]


def models_searched() -> list[type[Model]]:
    """Return the models that the site searches: Wagtail's own pictures and documents are not used."""
    return [model for model in index.get_indexed_models() if model._meta.app_label not in _NOT_USED]


_NOT_USED = {"wagtailimages", "wagtaildocs"}


def ensure_folded(**kwargs: Any) -> None:
    """Write the rows that are missing, or that were written by other rules of folding. Runs after every migration."""
    for root in dict.fromkeys(map(get_model_root, models_searched())):
        known = FoldedText.objects.filter(content_type=root_type(root), folding=FOLDING)
        missing = root._default_manager.exclude(pk__in=known.values("object_id"))
        things = missing.specific() if issubclass(root, BasePage) else missing
        chunk: list[Any] = []
        for thing in things.iterator(chunk_size=CHUNK):
            chunk.append(thing)
            if len(chunk) == CHUNK:
                keep_folded(chunk)
                chunk = []
        keep_folded(chunk)


def after_save(
    sender: type[Model], instance: Any, raw: bool, update_fields: Any = None, **kwargs: Any
) -> None:
    """A thing that was saved.

    It is read again when only some fields were written: a page whose draft was saved still holds the draft's others.
    """
    if raw:
        return
    if isinstance(instance, BasePage) and (update_fields or type(instance) is BasePage):
        keep_folded(BasePage.objects.filter(pk=instance.pk).specific())
    else:
        keep_folded(type(instance)._base_manager.filter(pk=instance.pk) if update_fields else [instance])


def after_delete(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """A thing that is gone."""
    drop_folded(instance)


def connect() -> None:
    """Connect the handlers."""
    for model in models_searched():
        post_save.connect(after_save, sender=model, dispatch_uid=f"folded.save.{model.__name__}")
        if get_model_root(model) is model:
            post_delete.connect(after_delete, sender=model, dispatch_uid=f"folded.delete.{model.__name__}")
