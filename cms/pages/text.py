"""The text of a page without its markup: for search, for introductions, for feeds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING, Any

from wagtail.rich_text import get_text_for_indexing

if TYPE_CHECKING:
    from cms.pages.models import BasePage

INTRO_LENGTH = 120
_SENTENCE = re.compile(r".+?[。！？!?](?:[”’」』）)]*)|.+$", re.DOTALL)
_SPACE = re.compile(r"\s+")
_HAN_SPACE = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\s+(?=[\u3000-\u9fff\uff00-\uffef])")
#: A line that addresses readers (各学校：) says nothing about the page.
_SALUTATION = re.compile(r"^[^。！？]{0,60}[：:]$")
_TEXT_BLOCKS = ("text", "quote", "notice", "section")


def plain_text(page: BasePage) -> str:
    """Return all text of the page's StreamFields, one line a block, without title and introduction."""
    lines: list[str] = []
    for name in page.get_streamfield_names():
        for part in getattr(page, name).stream_block.get_searchable_content(getattr(page, name)):
            lines += [line.strip() for line in str(part).splitlines() if line.strip()]
    return "\n".join(lines)


def first_sentence(page: BasePage, limit: int = INTRO_LENGTH) -> str:
    """Return the first sentence of the page's running text, cut with … at `limit`; empty without text.

    Headings, captions and lines that only address the readers are passed over.
    """
    for paragraph in _paragraphs(page):
        if _SALUTATION.match(paragraph):
            continue
        match = _SENTENCE.match(paragraph)
        sentence = match.group(0).strip() if match else paragraph
        return sentence if len(sentence) <= limit else f"{sentence[: limit - 1]}…"
    return ""


def first_picture(page: BasePage) -> Any:
    """Return the first picture of the page's body, or None; a gallery's first counts."""
    for child in page.body:
        if child.block_type == "picture" and child.value["image"]:
            return child.value["image"]
        if child.block_type == "gallery":
            for picture in child.value["pictures"]:
                if picture["image"]:
                    return picture["image"]
    return None


def _paragraphs(page: BasePage) -> Iterator[str]:
    """Yield the paragraphs of text blocks and sections in the order of the page."""
    for name in page.get_streamfield_names():
        for child in getattr(page, name):
            if child.block_type in _TEXT_BLOCKS:
                yield from _paragraphs_of(child.value)


def _paragraphs_of(value: Any) -> Iterator[str]:
    """Yield the paragraphs of one block's value: rich text, or a struct with `body`, `text` or `guidance`."""
    if hasattr(value, "source"):
        marked = re.sub(r"</(p|li|h\d)>|<br\s*/?>", r"\g<0>\n", value.source)
        lines = [get_text_for_indexing(line) for line in marked.splitlines()]
    elif hasattr(value, "get"):
        inner = value.get("body") or value.get("text") or value.get("guidance")
        lines = list(_paragraphs_of(inner)) if inner else []
    else:
        lines = str(value).splitlines()
    for line in lines:
        text = _HAN_SPACE.sub("", _SPACE.sub(" ", line)).strip()
        if text:
            yield text


def text_of(value: Any) -> str:
    """Return the words of a rich text value, spaces evened out; empty markup is no words."""
    source = getattr(value, "source", value) or ""
    return _SPACE.sub(" ", unescape(get_text_for_indexing(source))).strip()
