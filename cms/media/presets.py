"""The sizes and formats in which pictures are shown. Nothing else is ever made for the public."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from wagtail.images.models import Filter

from cms.media.models import SiteImage


@dataclass(frozen=True)
class Format:
    """A file format and how it is written. Numbers are measured in ADR 0071."""

    name: str
    mime: str
    extension: str
    options: tuple[tuple[str, int | bool], ...]


AVIF = Format("avif", "image/avif", "avif", (("quality", 55), ("speed", 8)))
WEBP = Format("webp", "image/webp", "webp", (("quality", 78), ("method", 2)))
JPEG = Format("jpeg", "image/jpeg", "jpg", (("quality", 80), ("optimize", True), ("progressive", True)))
#: Best first: a browser takes the first it knows.
FORMATS = (AVIF, WEBP, JPEG)


@dataclass(frozen=True)
class Preset:
    """A use of pictures on pages (用途): its shape, its widths in pixels, and how wide it is laid out.

    `ratio` None keeps the picture's own shape within a square of the width. JPEG is made in the `fallback`
    width alone: browsers that know neither AVIF nor WebP are rare, and link previews want one file.
    """

    name: str
    ratio: tuple[int, int] | None
    widths: tuple[int, ...]
    fallback: int
    sizes: str

    def operation(self, width: int) -> str:
        """Return the resizing as Wagtail spells it."""
        if self.ratio is None:
            return f"max-{width}x{width}"
        across, down = self.ratio
        return f"fill-{width}x{round(width * down / across)}"

    def spec(self, width: int, form: Format) -> str:
        return f"{self.operation(width)}|format-{form.name}"

    def available(self, image: SiteImage) -> int:
        """Return the greatest width that the picture has pixels for."""
        if self.ratio is None:
            return max(image.width, image.height)
        across, down = self.ratio
        return min(image.width, image.height * across // down)

    def widths_for(self, image: SiteImage) -> list[int]:
        """Return the widths worth making: nothing is enlarged."""
        available = self.available(image)
        return [w for w, smaller in zip(self.widths, (0, *self.widths), strict=False) if smaller < available]

    def fallback_for(self, image: SiteImage) -> int:
        """Return the width of the JPEG: the preset's, or the greatest below it that the picture has."""
        return min(self.fallback, self.widths_for(image)[-1])

    def renditions_for(self, image: SiteImage) -> Iterator[tuple[str, Format]]:
        """Yield the filter and format of each rendition of the picture for this use."""
        for width in self.widths_for(image):
            yield self.spec(width, AVIF), AVIF
            yield self.spec(width, WEBP), WEBP
        yield self.spec(self.fallback_for(image), JPEG), JPEG


PRESETS: dict[str, Preset] = {
    preset.name: preset
    for preset in (
        Preset("lead", (16, 9), (480, 800, 1280), 1280, "(min-width: 60rem) 56rem, 100vw"),
        Preset(
            "list", (4, 3), (240, 480, 720), 480, "(min-width: 60rem) 18rem, (min-width: 40rem) 33vw, 100vw"
        ),
        Preset("body", None, (400, 800, 1200), 800, "(min-width: 48rem) 44rem, 100vw"),
        Preset("thumb", (1, 1), (96, 192), 192, "6rem"),
    )
}


@cache
def wagtail_filter(spec: str) -> Filter:
    """Return Wagtail's filter of the spec, parsed once."""
    return Filter(spec=spec)


def focal_key(image: SiteImage, spec: str) -> str:
    """Return the part of a rendition's key that follows the focal point (empty where it has no say)."""
    return wagtail_filter(spec).get_cache_key(image)
