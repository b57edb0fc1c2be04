"""What `/api/v1/search` costs beside Elasticsearch alone: `python -m bench.search_http [--documents 30000]`.

Each question is asked of the endpoint, through all of the site's middleware, and of Elasticsearch with the very same
body, in turn. Needs ELASTICSEARCH_URL and the site's database; exits 1 when the endpoint takes more than 1.25 times as
long.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
from dataclasses import replace
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from bench.search import API_RATIO, alternated, fill, quantiles


def main() -> None:
    """Read the options, measure, print, and leave with 1 when the goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=30_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    os.environ |= {
        "SEARCH_INDEX": f"bench-{uuid4().hex[:10]}",
        "API_RATE_ANONYMOUS": "0",
        "LOG_LEVEL": "ERROR",
    }
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xinqiao.settings.test")
    import django

    django.setup()
    from search.service import current_engine

    engine = current_engine()
    try:
        figures = measure(engine, options.documents, options.queries, options.seed)
    finally:
        engine.destroy()
    print(json.dumps(figures, indent=1))
    sys.exit(0 if figures["ratio_of_medians"] <= API_RATIO else 1)


def measure(engine: Any, documents: int, queries: int, seed: int) -> dict[str, Any]:
    """Return the times of both, in milliseconds."""
    from django.test import Client

    from bench.search_texts import Writer
    from search.service import FACETS

    fill(engine, documents, seed)
    client = Client(SERVER_NAME="localhost")
    asked = [replace(one, facets=FACETS) for one in Writer(seed).questions(queries)]
    asked = [one for one in asked if not (result := engine.search(one)).relaxed and result.total]
    bodies = {id(one): engine.body(one) for one in asked}
    headers = {"content-type": "application/json", "accept": "application/json"}
    path = f"/{engine.alias}/_search"

    def over_http(question: Any) -> None:
        if client.get(f"/api/v1/search?q={quote(question.text)}").status_code != 200:
            raise RuntimeError(question.text)

    def ask_raw(question: Any) -> None:
        engine.reader.transport.perform_request("POST", path, body=bodies[id(question)], headers=headers)

    for one in asked[::5]:
        over_http(one)
        ask_raw(one)
    ours, raw = alternated(over_http, ask_raw, asked)
    return {
        "documents": documents,
        "questions": len(asked),
        "endpoint": quantiles(ours),
        "raw": quantiles(raw),
        "ratio_of_medians": round(statistics.median(ours) / statistics.median(raw), 3),
    }


if __name__ == "__main__":
    main()
