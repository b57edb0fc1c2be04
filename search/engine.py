"""The contract of a search engine: what goes in, what comes out, what each engine must be able to do.

An engine knows nothing of Django's models or of permissions: documents carry the access tokens of those who may
see them, and every query carries the tokens of its reader.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from typing import Literal, Protocol

PUBLIC = "public"
#: Deeper pages are refused: nobody reads them, and engines pay for them.
MAX_WINDOW = 10_000
FACETS = ("kind", "school", "township", "school_year", "topic", "status")
Facet = Literal["kind", "school", "township", "school_year", "topic", "status"]
Sort = Literal["relevance", "newest", "oldest"]


class SearchUnavailable(Exception):  # noqa: N818
    """The engine is down, too slow, or its index is missing. Never a client library's own exception."""


@dataclass(frozen=True)
class Document:
    """What is found (文档). `kind` and `object_id` name it; `version` grows with every change.

    `facets` maps each facet to its values; `access` holds the tokens of those who may see it, never empty.
    """

    kind: str
    object_id: str
    version: int
    title: str
    summary: str = ""
    body: str = ""
    number: str = ""
    url: str = ""
    date: date | None = None
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    access: frozenset[str] = frozenset({PUBLIC})

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.object_id}"

    @property
    def digest(self) -> str:
        """A hash of all but the version: two documents with the same digest are found, shown and fenced alike."""
        facets = sorted((facet, list(values)) for facet, values in self.facets.items() if values)
        texts = [self.key, self.title, self.summary, self.body, self.number, self.url, str(self.date)]
        content = json.dumps([texts, facets, sorted(self.access)], ensure_ascii=False)
        return blake2b(content.encode(), digest_size=12).hexdigest()


@dataclass(frozen=True)
class Removal:
    """A document that must go, unless a newer version has come meanwhile."""

    kind: str
    object_id: str
    version: int

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.object_id}"


@dataclass(frozen=True)
class Query:
    """One question. `access` empty finds nothing: there is no way to say "all"."""

    text: str = ""
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    date_from: date | None = None
    date_to: date | None = None
    access: frozenset[str] = frozenset({PUBLIC})
    facets: Sequence[str] = ()
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 20


@dataclass(frozen=True)
class Hit:
    """One thing found; title and body are the original text, for the highlighter."""

    kind: str
    object_id: str
    score: float
    title: str
    summary: str
    body: str
    url: str
    date: date | None
    facets: Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Result:
    """What was found. `relaxed` says that not every word of the question had to be there."""

    hits: Sequence[Hit] = ()
    total: int = 0
    facets: Mapping[str, Sequence[tuple[str, int]]] = field(default_factory=dict)
    relaxed: bool = False


@dataclass(frozen=True)
class Health:
    """How an engine is: `ok`, `rebuild-needed` (made by other rules, or never built), or `down`."""

    state: Literal["ok", "rebuild-needed", "down"]
    generation: str = ""
    documents: int = 0
    detail: str = ""


@dataclass(frozen=True)
class Refusal:
    """A change that the engine could not make, and why."""

    key: str
    reason: str


class Rebuild(Protocol):
    """A new generation beside the one in use. Left without `commit`, it is dropped."""

    def add(self, documents: Iterable[Document]) -> int: ...
    def apply(self, changes: Sequence[Document | Removal]) -> list[Refusal]: ...
    def count(self) -> int: ...
    def commit(self) -> None: ...


class SearchEngine(Protocol):
    """What both engines do. All methods raise SearchUnavailable when the engine cannot be asked."""

    name: str

    def search(self, query: Query) -> Result: ...
    def similar(self, kind: str, object_id: str, query: Query) -> Result: ...
    def suggest(self, prefix: str, access: frozenset[str], limit: int = 8) -> list[str]: ...
    def counts(self, texts: Sequence[str], access: frozenset[str]) -> list[int]: ...
    def apply(self, changes: Sequence[Document | Removal]) -> list[Refusal]: ...
    def digests(self) -> Iterable[tuple[str, str]]: ...
    def newest(self) -> int: ...
    def rebuild(self) -> AbstractContextManager[Rebuild]: ...
    def rollback(self) -> str: ...
    def refresh(self) -> None: ...
    def health(self) -> Health: ...
    def destroy(self) -> None: ...
