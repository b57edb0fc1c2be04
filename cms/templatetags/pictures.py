"""`{% picture image "lead" alt="..." %}`: a picture in the best format and size for the reader's screen."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cms.media.models import SiteImage
from cms.media.renditions import picture_sources
from cms.media.uses import attach_page_renditions

register = template.Library()


@register.simple_tag(takes_context=True)
def picture(
    context: template.Context,
    image: SiteImage | None,
    preset: str,
    alt: str | None = None,
    *,
    eager: bool = False,
    sizes: str = "",
    css: str = "",
) -> SafeString | str:
    """Render `<picture>`; nothing without an image.

    `alt` is the description ("" for decoration; left out: the picture's own); `eager=True` for the picture
    at the top of the page, which must not wait; `sizes` when the layout differs from the preset's; `css` is
    the class of the `<img>`. Width and height are always given, so that nothing jumps.
    """
    if image is None:
        return ""
    if image._get_prefetched_renditions() is None:
        attach_page_renditions(context.get("page"), image)
    found = picture_sources(image, preset, alt)
    shown_sizes = sizes or found["sizes"]
    sources = format_html_join(
        "",
        '<source type="{}" srcset="{}" sizes="{}">',
        ((source["type"], source["srcset"], shown_sizes) for source in found["sources"]),
    )
    attributes: dict[str, Any] = {
        "src": found["src"],
        "width": str(found["width"]),
        "height": str(found["height"]),
        "alt": found["alt"],
        "decoding": "async",
        **({"fetchpriority": "high"} if eager else {"loading": "lazy"}),
        **({"class": css} if css else {}),
    }
    return format_html("<picture>{}<img{}></picture>", sources, flatatt(attributes))
