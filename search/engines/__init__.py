"""The engines, and which one is in use."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings

from search.engine import SearchEngine
from search.engines.embedded import EmbeddedEngine


@cache
def current_engine() -> SearchEngine:
    """Return the engine that the settings name: Elasticsearch where its address is set, else the embedded one."""
    return make_engine("elasticsearch" if settings.ELASTICSEARCH_URL else "embedded", settings.SEARCH_INDEX)


def make_engine(name: str, index: str, folder: Path | None = None) -> SearchEngine:
    """Return an engine by name, over the index (alias, or folder) with this name."""
    if name == "embedded":
        return EmbeddedEngine(folder or settings.SEARCH_FOLDER / index)
    from search.engines.elasticsearch import ElasticsearchEngine
    from search.engines.elasticsearch_client import connect

    return ElasticsearchEngine(connect(), index)
