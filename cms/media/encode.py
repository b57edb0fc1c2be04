"""Writes renditions: the picture is read once, each size is cut once, each format written from it."""

from __future__ import annotations

from io import BytesIO
from typing import Self

from django.core.files.base import ContentFile
from PIL import Image

from cms.media.models import SiteImage, SiteRendition
from cms.media.presets import JPEG, Format, focal_key, wagtail_filter

WHITE = (255, 255, 255)


class RenditionMaker:
    """Makes renditions of one picture; a context manager, since it holds the picture's pixels."""

    def __init__(self, image: SiteImage) -> None:
        self.image = image
        self._cuts: dict[str, Image.Image] = {}

    def __enter__(self) -> Self:
        with self.image.open_file() as file:
            opened = Image.open(file)
            opened.load()
        alpha = opened.has_transparency_data
        self.pixels = opened.convert("RGBA" if alpha else "RGB")
        return self

    def __exit__(self, *exc: object) -> None:
        self._cuts.clear()
        self.pixels.close()

    def make(self, spec: str, form: Format) -> SiteRendition:
        """Write one rendition and its row. Another process may have been quicker: then its row stays."""
        buffer = BytesIO()
        self._flat(self._cut(spec.split("|", maxsplit=1)[0]), form).save(
            buffer, form.name.upper(), **dict(form.options)
        )
        key = focal_key(self.image, spec)
        name = f"{self.image.pk}.{spec.replace('|', '.')}.{form.extension}"
        rendition, _created = SiteRendition.objects.get_or_create(
            image=self.image,
            filter_spec=spec,
            focal_point_key=key,
            defaults={"file": ContentFile(buffer.getvalue(), name=name)},
        )
        return rendition

    def _cut(self, operation: str) -> Image.Image:
        """Crop and resize as Wagtail would for the operation, focal point included."""
        if operation not in self._cuts:
            transform = wagtail_filter(operation).get_transform(self.image, self.pixels.size)
            box = tuple(transform.get_rect().round())
            self._cuts[operation] = self.pixels.resize(
                transform.size, Image.Resampling.LANCZOS, box=box, reducing_gap=3.0
            )
        return self._cuts[operation]

    @staticmethod
    def _flat(cut: Image.Image, form: Format) -> Image.Image:
        """Put transparent pixels on white for a format that has none."""
        if form is not JPEG or cut.mode != "RGBA":
            return cut
        ground = Image.new("RGB", cut.size, WHITE)
        ground.paste(cut, mask=cut.getchannel("A"))
        return ground
