"""Renditions: made when a page is published, found (never made) when it is read."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import TypedDict

from django.db.models import Prefetch, prefetch_related_objects

from cms.media.encode import RenditionMaker
from cms.media.models import SiteImage, SiteRendition
from cms.media.presets import FORMATS, JPEG, PRESETS, Format, Preset, focal_key

__all__ = [
    "PRESETS",
    "PictureSources",
    "attach_renditions",
    "ensure_renditions",
    "missing_renditions",
    "picture_sources",
    "pictures_by_id",
]


class Source(TypedDict):
    """One `<source>`: the files of one format."""

    type: str
    srcset: str


class RenditionInfo(TypedDict):
    """One file: its address, type and size in pixels."""

    url: str
    type: str
    width: int
    height: int


class PictureSources(TypedDict):
    """What a page or an API client needs to show a picture for one use."""

    preset: str
    src: str
    width: int
    height: int
    alt: str
    sizes: str
    sources: list[Source]
    renditions: list[RenditionInfo]


def attach_renditions(images: Iterable[SiteImage | None]) -> None:
    """Load the renditions of all these pictures in one query; `picture_sources` then asks nothing more."""
    unloaded = [i for i in images if i is not None and i._get_prefetched_renditions() is None]
    if unloaded:
        prefetch_related_objects(
            unloaded,
            Prefetch("renditions", queryset=SiteRendition.objects.all(), to_attr="prefetched_renditions"),
        )


def pictures_by_id(ids: Iterable[int]) -> dict[int, SiteImage]:
    """Return the pictures of these ids with their renditions: two queries, whatever the number."""
    found = SiteImage.objects.in_bulk(list(ids))
    attach_renditions(found.values())
    return found


def _known(image: SiteImage) -> dict[tuple[str, str], SiteRendition]:
    """Return the picture's renditions by filter and focal key."""
    attach_renditions([image])
    renditions: list[SiteRendition] = list(image._get_prefetched_renditions() or [])
    for rendition in renditions:
        rendition.image = image
    return {(r.filter_spec, r.focal_point_key): r for r in renditions}


def picture_sources(image: SiteImage, preset: str, alt: str | None = None) -> PictureSources:
    """Return what shows the picture for the use `preset`. Reads only; raises KeyError for an unknown preset.

    Renditions not made yet are left out; while there is none at all the picture itself stands in.
    """
    use = PRESETS[preset]
    known = _known(image)
    found: dict[Format, list[SiteRendition]] = {form: [] for form in FORMATS}
    for spec, form in use.renditions_for(image):
        rendition = known.get((spec, focal_key(image, spec)))
        if rendition is not None:
            found[form].append(rendition)
    src, width, height = _fallback(image, use, found)
    return {
        "preset": preset,
        "src": src,
        "width": width,
        "height": height,
        "alt": image.default_alt_text if alt is None else alt,
        "sizes": use.sizes,
        "sources": [
            {"type": form.mime, "srcset": ", ".join(f"{r.url} {r.width}w" for r in files)}
            for form, files in found.items()
            if files and form is not JPEG
        ],
        "renditions": [
            {"url": r.url, "type": form.mime, "width": r.width, "height": r.height}
            for form, files in found.items()
            for r in files
        ],
    }


def _fallback(
    image: SiteImage, use: Preset, found: dict[Format, list[SiteRendition]]
) -> tuple[str, int, int]:
    """Return address and size for the `<img>`: the JPEG, else the best WebP, else the picture itself."""
    for files in (found[JPEG], *(found[form] for form in reversed(FORMATS))):
        if files:
            return files[-1].url, files[-1].width, files[-1].height
    width = min(use.available(image), use.fallback)
    if use.ratio is None:
        longest = max(image.width, image.height)
        size = (image.width * width // longest, image.height * width // longest)
    else:
        size = (width, width * use.ratio[1] // use.ratio[0])
    return image.file.url, max(size[0], 1), max(size[1], 1)


def missing_renditions(image: SiteImage) -> list[tuple[str, Format]]:
    """Return filter and format of each rendition that the picture should have and has not.

    What every browser takes comes first, in case there is no time for all.
    """
    known = set(image.renditions.values_list("filter_spec", "focal_point_key"))
    wanted = {item for preset in PRESETS.values() for item in preset.renditions_for(image)}
    return sorted(
        (item for item in wanted if (item[0], focal_key(image, item[0])) not in known),
        key=lambda item: (-FORMATS.index(item[1]), item[0]),
    )


def ensure_renditions(image: SiteImage, seconds: float | None = None) -> bool:
    """Make what is missing; stop after `seconds` when given. Say whether all is there.

    Raises OSError when the picture's file is gone or unreadable.
    """
    missing = missing_renditions(image)
    if not missing:
        return True
    deadline = None if seconds is None else time.monotonic() + seconds
    with RenditionMaker(image) as maker:
        for spec, form in missing:
            if deadline is not None and time.monotonic() > deadline:
                return False
            maker.make(spec, form)
    if hasattr(image, "prefetched_renditions"):
        del image.prefetched_renditions
    return True
