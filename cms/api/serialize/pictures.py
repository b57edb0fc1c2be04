"""Pictures as JSON: what an `<img>` or `<picture>` needs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import F, QuerySet

from cms.api.serialize.addresses import absolute
from cms.media.models import SiteImage, SiteRendition
from cms.media.renditions import picture_sources


def picture_json(image: SiteImage, base: str, preset: str, alt: str | None = None) -> dict[str, Any]:
    """Return the picture for one use (`list`, `lead`, `body`, `thumb`). Never makes a rendition."""
    found = picture_sources(image, preset, alt)
    return {
        "id": image.pk,
        "src": absolute(base, found["src"]),
        "width": found["width"],
        "height": found["height"],
        "alt": found["alt"],
        "credit": image.credit,
        "sizes": found["sizes"],
        "sources": [_source(item, base) for item in found["sources"]],
    }


def _source(item: Any, base: str) -> dict[str, str]:
    """Return a `<source>` with absolute addresses in its srcset."""
    files = ", ".join(absolute(base, file) for file in item["srcset"].split(", "))
    return {"type": item["type"], "srcset": files}


_RENDITION = ("id", "filter_spec", "focal_point_key", "file", "width", "height")


def load_pictures(ids: Iterable[int], among: QuerySet[SiteImage] | None = None) -> dict[int, SiteImage]:
    """Return the pictures of these ids with their renditions, in one query."""
    pictures = SiteImage.objects.all() if among is None else among
    joined = pictures.filter(pk__in=list(ids)).annotate(
        **{f"rendition_{name}": F(f"renditions__{name}") for name in _RENDITION}
    )
    found: dict[int, SiteImage] = {}
    for row in joined.order_by("pk", "rendition_id"):
        image = found.setdefault(row.pk, row)
        known = image.__dict__.setdefault("prefetched_renditions", [])
        if row.rendition_id is not None:
            values = {name: getattr(row, f"rendition_{name}") for name in _RENDITION}
            known.append(SiteRendition(image=image, **values))
    return found
