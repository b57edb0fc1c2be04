"""How well a question finds its answer: MRR and recall at ten over judged questions, and how long that takes."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from search.engine import Document, Query, SearchEngine
from search.parts import chunked

DEPTH = 10
CHUNK = 500


@dataclass(frozen=True)
class Judged:
    """A question, the ids it should find, and the ids it found."""

    number: str
    relevant: frozenset[str]
    ranked: tuple[str, ...]
    seconds: float

    @property
    def reciprocal_rank(self) -> float:
        return next((1 / rank for rank, found in enumerate(self.ranked, 1) if found in self.relevant), 0.0)

    @property
    def recall(self) -> float:
        return len(self.relevant.intersection(self.ranked)) / len(self.relevant) if self.relevant else 1.0


class Scratch:
    """An engine filled with the documents of a test collection.

    There they go by numbers: an id may be as long and as odd as it likes.
    """

    def __init__(self, engine: SearchEngine) -> None:
        self.engine = engine
        self.ids: list[str] = []

    def load(self, rows: Iterable[Mapping[str, Any]]) -> int:
        """Fill the index with `{"id", "title", "body"}` rows and return their number."""
        with self.engine.rebuild() as fresh:
            count = 0
            for chunk in chunked(map(self._document, rows), CHUNK):
                count += fresh.add(chunk)
            fresh.commit()
        self.engine.refresh()
        return count

    def _document(self, row: Mapping[str, Any]) -> Document:
        self.ids.append(str(row["id"]))
        return Document("document", str(len(self.ids) - 1), 1, row["title"], body=row["body"])

    def ask(self, rows: Iterable[Mapping[str, Any]]) -> Iterator[Judged]:
        """Ask every `{"id", "text", "relevant"}` question."""
        for row in rows:
            began = time.perf_counter()
            result = self.engine.search(Query(row["text"], limit=DEPTH))
            seconds = time.perf_counter() - began
            ranked = tuple(self.ids[int(hit.object_id)] for hit in result.hits)
            yield Judged(str(row["id"]), frozenset(map(str, row["relevant"])), ranked, seconds)


def summary(judged: Sequence[Judged]) -> dict[str, float | int]:
    """Return MRR@10, recall@10 and the time of a query in milliseconds."""
    times = sorted(one.seconds * 1_000 for one in judged) or [0.0]
    return {
        "queries": len(judged),
        "mrr_at_10": round(statistics.fmean(one.reciprocal_rank for one in judged), 4) if judged else 0.0,
        "recall_at_10": round(statistics.fmean(one.recall for one in judged), 4) if judged else 0.0,
        "query_p50_ms": round(times[len(times) // 2], 2),
        "query_p95_ms": round(times[min(len(times) - 1, int(len(times) * 0.95))], 2),
    }
