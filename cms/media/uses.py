"""Which pictures and documents a page shows."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from django.db import models
from modelcluster.models import get_all_child_relations

from cms.media.models import SiteDocument, SiteImage, SiteRendition


class Uses(NamedTuple):
    """Ids of the pictures and documents that a page refers to."""

    images: set[int]
    documents: set[int]


@cache
def _fields(model: type[models.Model]) -> tuple[list[Any], list[Any]]:
    """Return the model's foreign keys to media, and its fields whose text or blocks may refer to media."""
    every = model._meta.get_fields()
    keys = [f for f in every if f.many_to_one and f.related_model in (SiteImage, SiteDocument)]
    return keys, [f for f in every if hasattr(f, "extract_references")]


@cache
def _children(model: type[models.Model]) -> list[str]:
    """Return the names of the child rows (InlinePanel) that may refer to media."""
    relations = get_all_child_relations(model)
    return [r.get_accessor_name() for r in relations if any(_fields(r.related_model))]


def media_fields(model: type[models.Model]) -> frozenset[str]:
    """Return the names of the model's own columns that may refer to media."""
    keys, rich = _fields(model)
    return frozenset(field.name for field in (*keys, *rich))


def uses_of(page: Any) -> Uses:
    """Return what this very instance of the page refers to: fields, blocks, links in text, child rows.

    Wagtail's reference index is no source for this: a task writes it some time after the save.
    """
    found: dict[type, set[int]] = {SiteImage: set(), SiteDocument: set()}
    model: type[models.Model] = type(page)
    keys, rich = _fields(model)
    for field in keys:
        if (value := field.value_from_object(page)) is not None:
            found[field.related_model].add(value)
    for field in rich:
        for target, key, _model_path, _content_path in field.extract_references(
            field.value_from_object(page)
        ):
            if target in found and str(key).isdigit():
                found[target].add(int(key))
    for name in _children(model):
        for child in getattr(page, name).all():
            inner = uses_of(child)
            found[SiteImage] |= inner.images
            found[SiteDocument] |= inner.documents
    return Uses(found[SiteImage], found[SiteDocument])


def attach_page_renditions(page: Any, image: SiteImage) -> None:
    """Give the picture its renditions; those of the whole page are loaded with the first, in one query."""
    if page is None or not hasattr(page, "pk"):
        return
    loaded: dict[int, list[SiteRendition]] | None = getattr(page, "_renditions_by_image", None)
    if loaded is None:
        loaded = {pk: [] for pk in uses_of(page).images}
        for rendition in SiteRendition.objects.filter(image__in=list(loaded)):
            loaded[rendition.image_id].append(rendition)
        page._renditions_by_image = loaded
    if image.pk in loaded:
        image.prefetched_renditions = loaded[image.pk]
