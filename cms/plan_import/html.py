"""Rich text from paragraphs. Everything is escaped: nothing of an imported text becomes markup."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from django.utils.html import escape, strip_tags

from cms.plan_import.recognise.plan import Paragraph


def rich_text(paragraphs: Iterable[Paragraph]) -> str:
    """Return `<p>` for each paragraph, `<ul>` for bullets in a row, headings at a paragraph's start bold."""
    parts: list[str] = []
    for bullet, group in groupby(paragraphs, key=lambda paragraph: paragraph.bullet):
        inner = [_inside(paragraph) for paragraph in group]
        if bullet:
            parts.append(f"<ul>{''.join(f'<li>{text}</li>' for text in inner)}</ul>")
        else:
            parts += [f"<p>{text}</p>" for text in inner]
    return "".join(parts)


def _inside(paragraph: Paragraph) -> str:
    lead = f"<b>{escape(paragraph.lead)}</b>" if paragraph.lead else ""
    return f"{lead}{escape(paragraph.text)}"


def plain_text(html: str) -> str:
    """Return the characters that a reader sees: tags taken out, entities turned back."""
    from html import unescape

    return unescape(strip_tags(html))
