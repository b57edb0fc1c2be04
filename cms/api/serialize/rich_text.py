"""Rich text as clean HTML: Wagtail's inner links become addresses, and only known tags stay."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

import nh3
from wagtail.rich_text.rewriters import FIND_A_TAG, FIND_EMBED_TAG, extract_attrs

if TYPE_CHECKING:
    from cms.api.serialize.references import References

TAGS = {
    "a", "b", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "i", "img", "li", "ol", "p", "s",
    "strong", "sub", "sup", "u", "ul",
}  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt", "width", "height"}}
SCHEMES = {"http", "https", "mailto", "tel"}
_INNER = re.compile(r"linktype=|<embed")


def collect_rich_text(html: str, references: References) -> None:
    """Note the pages, documents and pictures that the text points to."""
    if not html or not _INNER.search(html):
        return
    for match in FIND_A_TAG.finditer(html):
        _want(references, extract_attrs(match.group(1)), "linktype")
    for match in FIND_EMBED_TAG.finditer(html):
        _want(references, extract_attrs(match.group(1)), "embedtype")


def _want(references: References, attrs: dict[str, str], key: str) -> None:
    identifier = attrs.get("id", "")
    if identifier.isascii() and identifier.isdigit():
        references.want(attrs.get(key, ""), int(identifier))


def render_rich_text(html: str, references: References) -> str:
    """Return the text as HTML for anybody's page. Links to what is not public lose their address."""
    if not html:
        return ""
    if _INNER.search(html):
        html = FIND_A_TAG.sub(lambda m: _link(extract_attrs(m.group(1)), references), html)
        html = FIND_EMBED_TAG.sub(lambda m: _embed(extract_attrs(m.group(1)), references), html)
    return nh3.clean(
        html.replace('href="/', f'href="{references.base}/') if 'href="/' in html else html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel=None,
    )


def _link(attrs: dict[str, str], references: References) -> str:
    if "linktype" in attrs:
        identifier = attrs.get("id", "")
        href = references.address(attrs["linktype"], int(identifier)) if identifier.isdigit() else None
    else:
        href = attrs.get("href")
    return f'<a href="{escape(href)}">' if href else "<a>"


def _embed(attrs: dict[str, str], references: References) -> str:
    if attrs.get("embedtype") == "image" and attrs.get("id", "").isdigit():
        picture = references.picture(int(attrs["id"]), alt=attrs.get("alt", ""))
        if picture:
            return (
                f'<img src="{escape(picture["src"])}" alt="{escape(picture["alt"])}" '
                f'width="{picture["width"]}" height="{picture["height"]}">'
            )
    url = attrs.get("url", "")
    return f'<a href="{escape(url)}">{escape(url)}</a>' if url else ""
