"""A picture comes in as pixels alone, or is refused with the reason."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, PngImagePlugin

from cms.media.models import SiteImage
from cms.media.pictures_in import LONGEST, clean_picture
from cms.media.renditions import ensure_renditions
from tests.cms.media.profiles import swapped_profile
from tests.factories import make_image

SECRET = "30.2741N-SECRET-PLACE"
MAKE, ORIENTATION, GPS_IFD = 0x010F, 0x0112, 0x8825


def photo(size=(900, 600)) -> Image.Image:
    """A picture with many colours."""
    noise = [Image.effect_noise(size, spread) for spread in (60, 80, 100)]
    return Image.merge("RGB", noise)


def exif(orientation: int = 1) -> bytes:
    data = Image.Exif()
    data[MAKE] = SECRET
    data[ORIENTATION] = orientation
    data[GPS_IFD] = {1: "N", 2: (30.0, 16.0, 26.0), 3: "E", 4: (120.0, 9.0, 18.0), 29: SECRET}
    return data.tobytes()


def saved(image: Image.Image, form: str, **options) -> bytes:
    buffer = BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def clean(content: bytes, name: str = "p.jpg") -> Image.Image:
    return Image.open(clean_picture(BytesIO(content), name))


def refusal(content: bytes, name: str = "p.jpg") -> str:
    with pytest.raises(ValidationError) as caught:
        clean_picture(BytesIO(content), name)
    return caught.value.code


def xmp(text: str) -> bytes:
    return f'<x:xmpmeta xmlns:x="adobe:ns:meta/">{text}</x:xmpmeta>'.encode()


WITH_PLACE = {
    "jpeg": lambda: saved(photo(), "JPEG", exif=exif(), xmp=xmp(SECRET), comment=SECRET.encode()),
    "webp": lambda: saved(photo(), "WEBP", exif=exif(), xmp=xmp(SECRET)),
    "avif": lambda: saved(photo(), "AVIF", exif=exif(), xmp=xmp(SECRET)),
    "heic": lambda: saved(photo(), "HEIF", exif=exif(), xmp=xmp(SECRET)),
    "png": lambda: saved(photo(), "PNG", exif=exif(), pnginfo=_png_text()),
}


def _png_text() -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", SECRET)
    info.add_itxt("XML:com.adobe.xmp", SECRET)
    return info


@pytest.mark.parametrize("form", WITH_PLACE)
def test_no_place_stays_in_the_picture(form):
    content = WITH_PLACE[form]()
    assert b"SECRET" in content, "the test's own picture must carry the place"
    out = clean_picture(BytesIO(content), f"p.{form}")
    assert b"SECRET" not in out.read()
    out.seek(0)
    picture = Image.open(out)
    assert not picture.getexif()
    assert not {"exif", "xmp", "comment", "icc_profile", "photoshop"} & set(picture.info)


@pytest.mark.django_db
def test_no_place_stays_in_any_rendition():
    image = SiteImage.objects.create(title="操场", file=ContentFile(WITH_PLACE["jpeg"](), name="p.jpg"))
    ensure_renditions(image)
    assert image.renditions.count() > 10
    for item in (image, *image.renditions.all()):
        content = item.file.storage.open(item.file.name).read()
        assert b"SECRET" not in content
        assert not Image.open(BytesIO(content)).getexif()


@pytest.mark.django_db
def test_no_way_into_the_store_leaves_out_the_cleaning():
    image = make_image()
    image.file.save("p.jpg", ContentFile(WITH_PLACE["jpeg"](), name="p.jpg"))
    assert b"SECRET" not in image.file.read()


def test_picture_is_turned_upright():
    assert clean(saved(photo((900, 600)), "JPEG", exif=exif(6))).size == (600, 900)


def test_colours_are_converted_to_srgb():
    # A profile that swaps red and green shows whether the conversion took place.
    picture = Image.new("RGB", (64, 64), (200, 30, 30))
    red, green, _blue = clean(saved(picture, "PNG", icc_profile=swapped_profile()), "p.png").getpixel((5, 5))
    assert green > red


def test_cmyk_becomes_rgb():
    assert clean(saved(photo().convert("CMYK"), "JPEG")).mode == "RGB"


def test_broken_profile_is_left_aside():
    assert clean(saved(photo(), "JPEG", icc_profile=b"nonsense" * 20)).size == (900, 600)


def test_photos_become_jpeg_and_drawings_stay_png():
    drawing = Image.new("RGB", (300, 200), "white")
    ImageDraw.Draw(drawing).line((0, 0, 300, 200), fill="black")
    assert clean(saved(photo(), "PNG"), "p.png").format == "JPEG"
    assert clean(saved(photo(), "HEIF"), "p.heic").format == "JPEG"
    assert clean(saved(drawing, "GIF"), "p.gif").format == "PNG"


def test_transparency_stays():
    clear = photo().convert("RGBA")
    clear.putalpha(90)
    out = clean(saved(clear, "WEBP"), "p.webp")
    assert (out.format, out.mode) == ("PNG", "RGBA")


def test_large_picture_is_made_smaller():
    assert max(clean(saved(photo((4000, 1000)), "JPEG")).size) == LONGEST


def test_nothing_behind_or_inside_the_picture_stays():
    polyglot = saved(photo(), "JPEG") + b"PK\x03\x04<script>alert(1)</script>"
    assert b"<script>" not in clean_picture(BytesIO(polyglot), "p.jpg").read()


def test_too_many_pixels_are_refused_before_they_are_decoded():
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    for side in (9_000, 60_000):
        header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
        bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")
        assert refusal(bomb, "p.png") == "too_many_pixels"


def test_too_large_a_file_is_refused(settings):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 1000
    assert refusal(saved(photo(), "JPEG")) == "too_large"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
def test_truncated_picture_is_refused(form):
    content = saved(photo(), form)
    assert refusal(content[: len(content) // 2]) in {"damaged", "not_a_picture"}


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG"])
def test_moving_picture_is_refused(form):
    frames = [photo((50, 50)), photo((50, 50)).rotate(90)]
    content = saved(frames[0], form, save_all=True, append_images=frames[1:])
    assert refusal(content, f"p.{form.lower()}") == "animated"


def test_svg_is_refused_with_its_reason():
    assert refusal(b'<svg xmlns="http://www.w3.org/2000/svg"/>', "p.svg") == "svg"


@pytest.mark.parametrize(
    "content", [b"", b"GIF89a", b"%PDF-1.7", b"<html></html>", b"\xff\xd8\xff\xe0", b"8BPS"]
)
def test_what_is_no_picture_is_refused(content):
    assert refusal(content) in {"not_a_picture", "damaged"}


@pytest.mark.parametrize("form", ["TIFF", "BMP", "ICO", "PDF", "TGA"])
def test_other_kinds_of_pictures_are_refused(form):
    assert refusal(saved(photo((64, 64)), form)) == "not_a_picture"


@pytest.mark.django_db
def test_refusal_stands_at_the_field_in_chinese():
    from wagtail.images.forms import get_image_form

    content = saved(photo(), "JPEG")
    upload = SimpleUploadedFile("p.jpg", content[: len(content) // 2])
    form = get_image_form(SiteImage)({"title": "操场", "consent": "given"}, {"file": upload})
    assert not form.is_valid()
    assert "损坏" in form.errors["file"][0]
