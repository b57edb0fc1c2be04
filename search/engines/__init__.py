"""The engines, and which one is in use."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from search.engine import SearchEngine
from search.engines.embedded import EmbeddedEngine


def current_engine() -> SearchEngine:
    """Return the engine that the settings name: Elasticsearch where its address is set, else the embedded one."""
    name = "elasticsearch" if settings.ELASTICSEARCH_URL else "embedded"
    return _kept(name, settings.SEARCH_INDEX, settings.SEARCH_FOLDER)


def make_engine(name: str, index: str, folder: Path) -> SearchEngine:
    """Return an engine by name, over the index with this name; the embedded one keeps it in `folder`."""
    if name == "embedded":
        return EmbeddedEngine(folder / index)
    from search.engines.elasticsearch import ElasticsearchEngine
    from search.engines.elasticsearch_client import connect

    return ElasticsearchEngine(connect(), index, settings.ELASTICSEARCH_ANALYSIS)


# An engine holds connections: one for each index that the process uses, not one for each question.
_kept = lru_cache(maxsize=4)(make_engine)
