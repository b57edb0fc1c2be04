"""Is every piece of a text found? `python -m bench.search_pieces TEXT... [--pieces 200]`.

Cuts the files into pages, indexes them, and asks for random pieces of two to eight characters. Exits 1 when one engine
misses a page that holds a piece. Elasticsearch is asked where ELASTICSEARCH_URL names one.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
from pathlib import Path
from typing import Any

PAGE = 600  # characters


def main() -> None:
    """Read the options, ask, print, and leave with 1 when something was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", type=Path, nargs="+")
    parser.add_argument("--pieces", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xinqiao.settings.test")
    import django

    django.setup()
    text = "\n".join(path.read_text(encoding="utf-8") for path in options.texts)
    pages = [text[start : start + PAGE] for start in range(0, len(text), PAGE)]
    figures = measure(pages, options.pieces, options.seed)
    print(json.dumps(figures, ensure_ascii=False, indent=1))
    sys.exit(0 if all(figure["recall"] == 1 for figure in figures.values()) else 1)


def measure(pages: list[str], count: int, seed: int) -> dict[str, Any]:
    """Return for each engine the share of the pages holding a piece that are found, over all pieces."""
    from bench.search import no_synonyms, scratch
    from search.engines.embedded import EmbeddedEngine

    pieces = pieces_of(pages, count, random.Random(seed))
    figures = {}
    with no_synonyms():
        with tempfile.TemporaryDirectory() as folder:
            figures["embedded"] = recall(EmbeddedEngine(Path(folder)), pages, pieces)
        if os.environ.get("ELASTICSEARCH_URL"):
            with scratch() as (engine, _other):
                figures["elasticsearch"] = recall(engine, pages, pieces)
    return figures


def pieces_of(pages: list[str], count: int, chance: random.Random) -> list[str]:
    """Return random pieces of two to eight characters without a space or a mark, which part words."""
    found: list[str] = []
    while len(found) < count:
        page = chance.choice(pages)
        start = chance.randrange(max(1, len(page) - 8))
        piece = page[start : start + chance.randint(2, 8)]
        if piece.isalnum():
            found.append(piece)
    return found


def recall(engine: Any, pages: list[str], pieces: list[str]) -> dict[str, Any]:
    """Return the recall, and what was missed."""
    from search.engine import Document, Query

    with engine.rebuild() as fresh:
        fresh.add(
            Document("page", str(number), 1, f"第{number}页", body=page) for number, page in enumerate(pages)
        )
        fresh.commit()
    engine.refresh()
    wanted = got = 0
    missed = []
    for piece in pieces:
        result = engine.search(Query(piece, limit=10_000))
        hits = set() if result.relaxed else {hit.object_id for hit in result.hits}
        holding = {str(number) for number, page in enumerate(pages) if piece in page}
        wanted, got = wanted + len(holding), got + len(holding & hits)
        missed += [piece] if holding - hits else []
    return {"pages": len(pages), "pieces": len(pieces), "recall": got / wanted, "missed": missed[:20]}


if __name__ == "__main__":
    main()
