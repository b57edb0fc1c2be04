"""How fast the search is on 100,000 documents: `python -m bench.search [--documents 100000] [--engine embedded]`.

Elasticsearch is measured where ELASTICSEARCH_URL names one. What is compared is asked in turn, in one run, so that a
busy machine slows both sides alike. Prints one JSON object; exits 1 when a goal is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

EMBEDDED_P95, API_RATIO, BULK_RATIO, GROWTH = 60.0, 1.25, 0.8, 2.0
BULK_ROUNDS, BULK_SIZE = 6, 3_000
BULK_THREADS = 4  # what `parallel_bulk` takes by itself
CHUNK = 500


def main() -> None:
    """Read the options, measure, print, and leave with 1 when a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=400)
    parser.add_argument("--engine", choices=["embedded", "elasticsearch"], action="append")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xinqiao.settings.test")
    import django

    django.setup()
    wanted = options.engine or [
        "embedded",
        *(["elasticsearch"] if os.environ.get("ELASTICSEARCH_URL") else []),
    ]
    measures = {"embedded": measure_embedded, "elasticsearch": measure_elasticsearch}
    figures = {name: measures[name](options.documents, options.queries, options.seed) for name in wanted}
    print(json.dumps(figures, indent=1))
    sys.exit(0 if all(figure["good"] for figure in figures.values()) else 1)


def measure_embedded(count: int, queries: int, seed: int) -> dict[str, Any]:
    """Return the times of the embedded engine: top 20 with three facets, asked as the public."""
    from bench.search_texts import Writer
    from search.engines.embedded import EmbeddedEngine
    from search.parts import chunked

    writer = Writer(seed)
    with tempfile.TemporaryDirectory() as folder, no_synonyms():
        engine = EmbeddedEngine(Path(folder))
        began = time.perf_counter()
        with engine.rebuild() as fresh:
            for chunk in chunked(writer.documents(count), CHUNK):
                fresh.add(chunk)
            fresh.commit()
        built = time.perf_counter() - began
        size = sum(path.stat().st_size for path in Path(folder).iterdir())
        questions = writer.questions(queries)
        warm_up(engine.search, questions)
        times, totals = timed(engine.search, questions)
        asked, _totals = timed(engine.search, questions, clock=time.process_time)
        characters = writer.characters(queries // 4)
        warm_up(engine.search, characters)
        singles, held = timed(engine.search, characters, clock=time.process_time)
    processor, single = quantiles(asked), quantiles(singles)
    return {
        "documents": count,
        "documents_a_second": round(count / built),
        "megabytes": round(size / 1e6),
        **quantiles(times),
        "hits_median": statistics.median(totals),
        "processor": processor,
        "one_character": {**single, "hits_median": statistics.median(held)},
        "good": max(processor["p95_ms"], single["p95_ms"]) <= EMBEDDED_P95,
    }


def measure_elasticsearch(count: int, queries: int, seed: int) -> dict[str, Any]:
    """Return how our engine compares with Elasticsearch asked directly, and how time grows with the index."""
    from bench.search_texts import Writer

    with scratch() as (small, big), no_synonyms():
        bulk = compare_bulk(big, list(Writer(seed).documents(BULK_SIZE)))
        for engine, part in ((small, count // 10), (big, count)):
            fill(engine, part, seed)
        questions = Writer(seed).questions(queries)
        for engine in (small, big):
            warm_up(engine.search, questions)
        ours, raw = compare_raw(big, questions)
        few, many = alternated(small.search, big.search, questions)
        found = {
            "documents": count,
            "bulk_ratio": round(bulk, 3),
            "ours": quantiles(ours),
            "raw": quantiles(raw),
            "ratio_of_medians": round(statistics.median(ours) / statistics.median(raw), 3),
            "ratio_of_sums": round(sum(ours) / sum(raw), 3),
            "growth_of_median": round(statistics.median(many) / statistics.median(few), 3),
        }
    good = (
        found["ratio_of_medians"] <= API_RATIO and bulk >= BULK_RATIO and found["growth_of_median"] <= GROWTH
    )
    return {**found, "good": good}


def compare_raw(engine: Any, questions: list[Any]) -> tuple[list[float], list[float]]:
    """Ask through the engine and, with the very same body, over the bare transport."""
    bodies = {id(question): engine.body(question) for question in questions}
    path = f"/{engine.alias}/_search"
    headers = {"content-type": "application/json", "accept": "application/json"}

    def ask_raw(question: Any) -> Any:
        return engine.reader.transport.perform_request(
            "POST", path, body=bodies[id(question)], headers=headers
        )

    return alternated(
        engine.search, ask_raw, [one for one in questions if engine.search(one).relaxed is False]
    )


def compare_bulk(engine: Any, documents: list[Any]) -> float:
    """Return how many documents a second ours brings in for each one of `parallel_bulk` of ready documents."""
    from elasticsearch import helpers

    from search.engines.elasticsearch_mapping import source

    def ours() -> None:
        with engine.rebuild() as fresh:
            began = time.perf_counter()
            fresh.add(documents)
            fresh.settle()
            times["ours"].append(time.perf_counter() - began)

    def ready() -> None:
        with engine.rebuild() as fresh:
            actions = [{"_index": fresh.name, "_id": one.key, "_source": source(one)} for one in documents]
            began = time.perf_counter()
            for _done in helpers.parallel_bulk(
                engine.writer, actions, thread_count=BULK_THREADS, chunk_size=CHUNK
            ):
                pass
            times["ready"].append(time.perf_counter() - began)

    times: dict[str, list[float]] = {"ours": [], "ready": []}
    for number in range(BULK_ROUNDS):
        for go in (ours, ready) if number % 2 else (ready, ours):
            go()
    return sum(times["ready"][1:]) / sum(times["ours"][1:])


def fill(engine: Any, count: int, seed: int) -> None:
    """Build the engine's index of so many documents."""
    from bench.search_texts import Writer

    with engine.rebuild() as fresh:
        fresh.add(Writer(seed).documents(count))
        fresh.commit()
    engine.writer.indices.forcemerge(index=engine.alias, max_num_segments=1, request_timeout=600)
    engine.refresh()


@contextmanager
def scratch() -> Iterator[tuple[Any, Any]]:
    """Yield two engines on Elasticsearch with indexes of their own, which are gone afterwards."""
    from elasticsearch import Elasticsearch

    from search.engines.elasticsearch import ElasticsearchEngine

    client = Elasticsearch(os.environ["ELASTICSEARCH_URL"], connections_per_node=16)
    engines = [ElasticsearchEngine(client, f"bench-{uuid4().hex[:10]}") for _ in range(2)]
    try:
        yield engines[0], engines[1]
    finally:
        for engine in engines:
            engine.destroy()
        client.close()


@contextmanager
def no_synonyms() -> Iterator[None]:
    """Ask without the synonyms of a site: they stand in its database."""
    from unittest.mock import patch

    with (
        patch("search.engines.embedded.current_synonyms", dict),
        patch("search.engines.elasticsearch.current_synonyms", dict),
    ):
        yield


def warm_up(ask: Callable[[Any], Any], questions: list[Any]) -> None:
    """Ask a fifth of the questions without a watch."""
    for question in questions[::5]:
        ask(question)


def timed(
    ask: Callable[[Any], Any],
    questions: list[Any],
    rounds: int = 3,
    clock: Callable[[], float] = time.perf_counter,
) -> tuple[list[float], list[int]]:
    """Return for each question the median time of a few rounds in milliseconds, and how much was found."""
    times, totals = [], []
    for question in questions:
        goes = []
        for _round in range(rounds):
            began = clock()
            result = ask(question)
            goes.append((clock() - began) * 1_000)
        times.append(statistics.median(goes))
        totals.append(result.total)
    return times, totals


def alternated(
    one: Callable[[Any], Any], other: Callable[[Any], Any], questions: list[Any], rounds: int = 3
) -> tuple[list[float], list[float]]:
    """Ask each question of both, now this one first and now the other; return the times of both in milliseconds."""
    times: dict[int, list[float]] = {0: [], 1: []}
    for question in questions:
        goes: dict[int, list[float]] = {0: [], 1: []}
        for number in range(rounds):
            for place in (0, 1) if number % 2 else (1, 0):
                began = time.perf_counter()
                (one, other)[place](question)
                goes[place].append((time.perf_counter() - began) * 1_000)
        for place in (0, 1):
            times[place].append(statistics.median(goes[place]))
    return times[0], times[1]


def quantiles(times: list[float]) -> dict[str, float]:
    """Return the median and the 95th percentile in milliseconds."""
    cuts = statistics.quantiles(times, n=20)
    return {"p50_ms": round(statistics.median(times), 2), "p95_ms": round(cuts[18], 2)}


if __name__ == "__main__":
    main()
