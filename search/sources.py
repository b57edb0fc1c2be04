"""Where documents come from. Other apps say how their things become documents; the search knows none of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from search.engine import Document


class Source(Protocol):
    """One kind of thing that can be found."""

    kind: str

    def document(self, object_id: str, version: int) -> Document | None:
        """Return the thing as it is now, None when it is gone or nobody may find it."""

    def documents(self, version: int) -> Iterator[Document]:
        """Yield everything of this kind, in bounded memory."""

    def count(self) -> int:
        """Return how many documents `documents` yields, without making them."""


_sources: dict[str, Source] = {}


def register_source(source: Source) -> None:
    """Make a kind known; the last one registered for a kind counts."""
    _sources[source.kind] = source


def source_of(kind: str) -> Source | None:
    """Return the source of a kind, None when no app has registered one."""
    return _sources.get(kind)


def all_sources() -> list[Source]:
    """Return every source, in the order of registration."""
    return list(_sources.values())


def all_documents(version: int) -> Iterator[Document]:
    """Yield every document of every source."""
    for source in all_sources():
        yield from source.documents(version)


def count_documents() -> int:
    """Return how many documents all sources have together."""
    return sum(source.count() for source in all_sources())
