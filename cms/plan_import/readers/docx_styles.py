"""Styles of a Word document: which paragraphs are headings, which are bold, which carry a list's number."""

from __future__ import annotations

import re
from typing import Any

from docx.oxml.ns import qn

_HEADING = re.compile(r"(?:heading|标题)\s*(\d)?", re.IGNORECASE)
_TITLES = {"title", "标题", "文档标题"}
_OFF = {"0", "false", "none", "off"}


class Styles:
    """What the styles say, their parents included."""

    def __init__(self, document: Any) -> None:
        self._by_id: dict[str, Any] = {}
        root = document.styles.element
        for style in root.findall(qn("w:style")):
            self._by_id[style.get(qn("w:styleId"))] = style

    def chain(self, paragraph: Any) -> list[Any]:
        """Return the paragraph's style and its ancestors, nearest first."""
        properties = paragraph.find(qn("w:pPr"))
        reference = properties.find(qn("w:pStyle")) if properties is not None else None
        style_id = reference.get(qn("w:val")) if reference is not None else None
        chain: list[Any] = []
        while style_id in self._by_id and len(chain) < 20:
            style = self._by_id[style_id]
            chain.append(style)
            parent = style.find(qn("w:basedOn"))
            style_id = parent.get(qn("w:val")) if parent is not None else None
        return chain

    def level_of(self, paragraph: Any) -> int | None:
        """Return the heading level (0 the title), by style name or outline level; None for plain text."""
        for style in self.chain(paragraph):
            name = style.find(qn("w:name"))
            text = (name.get(qn("w:val")) or "").strip().lower() if name is not None else ""
            if text in _TITLES:
                return 0
            match = _HEADING.fullmatch(text)
            if match:
                return int(match[1] or 1)
        return _outline_level(paragraph)

    def is_bold(self, paragraph: Any) -> bool:
        """Say whether every run with text is bold by itself."""
        runs = [
            run
            for run in paragraph.iter(qn("w:r"))
            if "".join(t.text or "" for t in run.iter(qn("w:t"))).strip()
        ]
        return bool(runs) and all(_is_on(run.find(f"{qn('w:rPr')}/{qn('w:b')}")) for run in runs)


def _outline_level(paragraph: Any) -> int | None:
    found = paragraph.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
    level = int(found.get(qn("w:val"), "9")) if found is not None else 9
    return level + 1 if level < 6 else None


def _is_on(element: Any) -> bool:
    return element is not None and (element.get(qn("w:val")) or "1").lower() not in _OFF
