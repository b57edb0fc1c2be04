"""Every uploaded picture is read, checked and written anew: only its pixels come in.

So nothing of the camera stays (place, time, device, thumbnails), nor anything hidden in or behind it.
"""

from __future__ import annotations

import warnings
from io import BytesIO
from pathlib import PurePosixPath
from typing import IO

import pillow_heif
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

pillow_heif.register_heif_opener()

#: What is read. Anything else that Pillow knows (EPS, PDF, TIFF, ICO ...) is a way in for trouble.
READ = ("JPEG", "PNG", "GIF", "WEBP", "AVIF", "HEIF")
#: Longer side of what is kept, in pixels: enough for a poster in the school's corridor.
LONGEST = 3200
#: A picture with fewer colours than this is a drawing or a screenshot and stays without loss.
DRAWING_COLOURS = 4096
_SRGB = ImageCms.createProfile("sRGB")


class CleanPicture(ContentFile[bytes]):
    """A picture that `clean_picture` has written."""


def clean_picture(file: IO[bytes], name: str) -> CleanPicture:
    """Return the picture written anew: upright, sRGB, without metadata, at most `LONGEST` pixels a side.

    Photographs become JPEG; drawings and pictures with transparency PNG. Of `name` only the stem is kept.
    Raises ValidationError with a message for the person who uploads.
    """
    _check_size(file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            file.seek(0)
            opened = Image.open(file, formats=READ)
            _check_picture(opened)
            opened.load()
        pixels = _upright_srgb(opened)
    except ValidationError:
        raise
    except (UnidentifiedImageError, Image.DecompressionBombError) as problem:
        raise _not_a_picture(name, problem) from problem
    except Exception as problem:  # decoders fail in many ways on broken files; none may become a 500
        raise ValidationError(
            _("This picture is damaged or incomplete. Open it on your device, save it again, and retry."),
            code="damaged",
        ) from problem
    return _written(pixels, PurePosixPath(name).stem or "picture")


def _check_size(file: IO[bytes]) -> None:
    size = file.seek(0, 2) or file.tell()
    if size > settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE:
        raise ValidationError(
            _("This picture has %(size)s; at most %(most)s may be uploaded. Send it in a smaller size.")
            % {"size": filesizeformat(size), "most": filesizeformat(settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE)},
            code="too_large",
        )


def _check_picture(opened: Image.Image) -> None:
    """Refuse before any pixel is decoded."""
    most = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS
    if opened.width * opened.height > most:
        raise ValidationError(
            _("This picture has %(width)d × %(height)d pixels; at most %(most)d million are taken.")
            % {"width": opened.width, "height": opened.height, "most": most // 1_000_000},
            code="too_many_pixels",
        )
    if getattr(opened, "n_frames", 1) > 1 and opened.format != "HEIF":
        raise ValidationError(
            _("Moving pictures are not taken: they distract from reading. Upload a still picture."),
            code="animated",
        )


def _not_a_picture(name: str, problem: Exception) -> ValidationError:
    if isinstance(problem, Image.DecompressionBombError):
        return ValidationError(_("This picture has far too many pixels."), code="too_many_pixels")
    if name.lower().endswith((".svg", ".svgz")):
        return ValidationError(
            _("SVG files are not taken, because they can carry programs. Save the picture as PNG."),
            code="svg",
        )
    return ValidationError(
        _("This is not a picture that can be read. Taken are JPEG, PNG, GIF, WebP, AVIF and HEIC."),
        code="not_a_picture",
    )


def _upright_srgb(opened: Image.Image) -> Image.Image:
    """Return the pixels turned as the camera was held, in sRGB, not too large, and without any metadata."""
    profile = opened.info.get("icc_profile")
    picture = ImageOps.exif_transpose(opened)
    picture.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS, reducing_gap=3.0)
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    if profile and picture.mode in {"RGB", "RGBA", "CMYK", "L"}:
        picture = _to_srgb(picture, profile, mode)
    picture = picture.convert(mode)
    if mode == "RGBA" and picture.getchannel("A").getextrema() == (255, 255):
        picture = picture.convert("RGB")
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    return bare


def _to_srgb(picture: Image.Image, profile: bytes, mode: str) -> Image.Image:
    """Convert colours by the picture's own profile; a broken profile is left aside."""
    output = "RGBA" if picture.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(picture, source, _SRGB, outputMode=output) or picture
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture


def _written(pixels: Image.Image, stem: str) -> CleanPicture:
    buffer = BytesIO()
    if pixels.mode == "RGBA" or pixels.getcolors(DRAWING_COLOURS) is not None:
        pixels.save(buffer, "PNG", compress_level=6)
        return CleanPicture(buffer.getvalue(), name=f"{stem}.png")
    pixels.save(buffer, "JPEG", quality=90, optimize=True, progressive=True)
    return CleanPicture(buffer.getvalue(), name=f"{stem}.jpg")
