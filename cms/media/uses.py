"""Which pictures and documents a page shows."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from wagtail.models import ReferenceIndex

from cms.media.models import SiteDocument, SiteImage, SiteRendition


class Uses(NamedTuple):
    """Ids of the pictures and documents that a page refers to."""

    images: set[int]
    documents: set[int]


def uses_of(page: Any) -> Uses:
    """Return what this very instance of the page refers to: fields, blocks, links in text, child rows.

    Wagtail's reference *index* is no source for this: a task writes it some time after the save. Its
    extraction is, for it walks the instance in hand.
    """
    image_type = ContentType.objects.get_for_model(SiteImage).pk
    document_type = ContentType.objects.get_for_model(SiteDocument).pk
    images: set[int] = set()
    documents: set[int] = set()
    for type_id, key, _model_path, _content_path in ReferenceIndex._extract_references_from_object(page):
        if type_id == image_type:
            images.add(int(key))
        elif type_id == document_type:
            documents.add(int(key))
    return Uses(images, documents)


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
