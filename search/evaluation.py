"""How well a question finds its answer: MRR and recall at ten over judged questions, and how long that takes."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from search.engine import Document, Query, SearchEngine

DEPTH = 10


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


def load(engine: SearchEngine, rows: Iterable[Mapping[str, Any]]) -> int:
    """Fill the engine's index with `{"id", "title", "body"}` rows and return their number."""
    documents = (
        Document("document", str(row["id"]), 1, row.get("title") or "", body=row.get("body") or "")
        for row in rows
    )
    with engine.rebuild() as fresh:
        count = fresh.add(documents)
        fresh.commit()
    engine.refresh()
    return count


def ask(engine: SearchEngine, rows: Iterable[Mapping[str, Any]]) -> Iterator[Judged]:
    """Ask every `{"id", "text", "relevant"}` question."""
    for row in rows:
        began = time.perf_counter()
        result = engine.search(Query(row["text"], limit=DEPTH))
        seconds = time.perf_counter() - began
        ranked = tuple(hit.object_id for hit in result.hits)
        yield Judged(str(row["id"]), frozenset(map(str, row.get("relevant", ()))), ranked, seconds)


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
