"""The engines under test: the embedded one always, Elasticsearch where ELASTICSEARCH_URL names one."""

import os
from collections.abc import Iterator
from uuid import uuid4

import pytest

from search.engine import SearchEngine
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.embedded import EmbeddedEngine

URL = os.environ.get("ELASTICSEARCH_URL", "")
NAMES = ["embedded", *(["elasticsearch"] if URL else [])]


@pytest.fixture(params=NAMES)
def engine(request: pytest.FixtureRequest, tmp_path, monkeypatch) -> Iterator[SearchEngine]:
    """An engine with an empty index, and no synonyms: those stand in the site's database."""
    for module in ("embedded", "elasticsearch"):
        monkeypatch.setattr(f"search.engines.{module}.current_synonyms", dict)
    if request.param == "embedded":
        embedded = EmbeddedEngine(tmp_path)
        with embedded.rebuild() as fresh:
            fresh.commit()
        yield embedded
        return
    from elasticsearch import Elasticsearch

    client = Elasticsearch(URL)
    alias = f"test-{uuid4().hex[:10]}"
    found = ElasticsearchEngine(client, alias)
    with found.rebuild() as fresh:
        fresh.commit()
    yield found
    found.destroy()
    client.close()
