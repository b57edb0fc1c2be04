"""Pictures and documents, drawn on the spot."""

from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image

from cms.media.models import Consent, SiteDocument, SiteImage


def png_bytes(size: tuple[int, int] = (640, 480), colour: str = "teal") -> bytes:
    buffer = BytesIO()
    Image.new("RGB", size, colour).save(buffer, "PNG")
    return buffer.getvalue()


def make_image(
    title: str = "操场",
    school=None,
    consent: str = Consent.NO_PEOPLE,
    size: tuple[int, int] = (640, 480),
    **fields,
) -> SiteImage:
    """A picture, in the school's collection when a school is given."""
    if school is not None:
        fields["collection"] = school.media.collection
    return SiteImage.objects.create(
        title=title, consent=consent, file=ContentFile(png_bytes(size), name="picture.png"), **fields
    )


def make_document(
    title: str = "附件", school=None, content: bytes = b"text", name: str = "file.txt", **fields
) -> SiteDocument:
    """A document, in the school's collection when a school is given."""
    if school is not None:
        fields["collection"] = school.media.collection
    return SiteDocument.objects.create(title=title, file=ContentFile(content, name=name), **fields)
