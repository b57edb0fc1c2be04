"""The table of contents of a text: anchors and headings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

LONG_ENOUGH = 3  # headings that make a table of contents worth its room


@dataclass(frozen=True)
class TocEntry:
    """One line of a table of contents."""

    anchor: str
    title: str
    sub: bool = False


def anchor_of(child: Any, number: int) -> str:
    """Return the id of a block in its page: from its own id, so that links to it last; else its number."""
    return f"s-{str(child.id)[:8]}" if getattr(child, "id", None) else f"s-{number}"


def body_outline(body: Iterable[Any]) -> list[TocEntry]:
    """Return the headings of a body."""
    return [
        TocEntry(anchor_of(child, number), child.value["text"], child.value["level"] == "3")
        for number, child in enumerate(body or (), 1)
        if child.block_type == "heading"
    ]


def section_outline(sections: Iterable[Any]) -> list[TocEntry]:
    """Return the headings of a plan's or template's sections."""
    return [
        TocEntry(anchor_of(child, number), child.value["heading"])
        for number, child in enumerate(sections or (), 1)
    ]
