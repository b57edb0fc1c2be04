"""A node killed in the middle of things loses nothing: afterwards index and database agree exactly.

Nodes of the tests' own are started where the environment names an Elasticsearch at all.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from elasticsearch import Elasticsearch

from search import sources
from search.engine import Query, SearchUnavailable
from search.engines import current_engine
from search.engines.elasticsearch import READ_TIMEOUT, ElasticsearchEngine
from search.models import IndexChange
from search.outbox import drain, note_change
from search.rebuild import compare, rebuild
from tests.factories import make_policy
from tests.search.conftest import URL
from tests.search.nodes import Node, Wire, own_node
from tests.search.sources import Shelf

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not URL, reason="nodes are started where ELASTICSEARCH_URL names one"),
]
THINGS = 1_200


@pytest.fixture(scope="module")
def node(tmp_path_factory) -> Iterator[Node]:
    with own_node(tmp_path_factory.mktemp("node")) as found:
        yield found


@pytest.fixture
def shelf(monkeypatch) -> Shelf:
    monkeypatch.setattr(sources, "_sources", {})
    monkeypatch.setattr("search.engines.elasticsearch.current_synonyms", dict)
    shelf = Shelf()
    shelf.things = {str(number): f"第{number}次家访" for number in range(THINGS)}
    return shelf


@pytest.fixture
def index(node, shelf, request) -> Iterator[ElasticsearchEngine]:
    engine = engine_at(node.url)
    rebuild(engine=engine)
    yield engine
    if node.process is None:
        come_back(node, engine)
    engine.destroy()


def engine_at(url: str) -> ElasticsearchEngine:
    client = Elasticsearch(url, request_timeout=5, dead_node_backoff_factor=0)
    engine = ElasticsearchEngine(client, "faults")
    engine.writer = client.options(request_timeout=10, max_retries=0)
    return engine


def come_back(node: Node, engine: ElasticsearchEngine) -> None:
    """Start the node again and wait until its shards are there."""
    node.start()
    engine.writer.options(request_timeout=60).cluster.health(wait_for_status="yellow", timeout="50s")


def catch_up(engine: ElasticsearchEngine) -> None:
    """Let the worker try again until nothing waits."""
    for _go in range(60):
        IndexChange.objects.update(due_at=timezone.now() - timedelta(seconds=1))
        drain(engine=engine)
        if not IndexChange.objects.open().exists():
            return
        time.sleep(0.2)
    pytest.fail("changes wait for ever")


def test_killed_during_a_rebuild_the_old_index_stays_and_the_next_rebuild_is_whole(
    node, index, shelf, monkeypatch
):
    original = Shelf.documents

    def documents_and_a_kill(self, version):
        for number, document in enumerate(original(self, version)):
            if number == 700:
                node.kill()
            yield document

    shelf.things["new"] = "新的谈心"
    with monkeypatch.context() as patched:
        patched.setattr(Shelf, "documents", documents_and_a_kill)
        with pytest.raises(SearchUnavailable):
            rebuild(engine=index)
    come_back(node, index)
    assert len(compare(index).keys) == 1, "the old index is as it was"
    rebuild(engine=index)
    assert compare(index).keys == []
    assert len(index.generations()) == 2, "what the broken rebuild left is gone"


def test_killed_during_bulk_and_editing_the_changes_catch_up(node, index, shelf):
    for number in range(0, THINGS, 2):
        shelf.things[str(number)] = f"第{number}次谈心"
        note_change("thing", number)
    drain(limit=100, engine=index)
    node.kill()
    assert drain(engine=index).down
    with pytest.raises(SearchUnavailable):
        index.search(Query("谈心"))
    del shelf.things["1"]
    note_change("thing", "1")
    shelf.things["3"] = "编辑时停机"
    note_change("thing", "3")
    assert drain(engine=index).down
    assert IndexChange.objects.filter(tries__gt=0).count() == 0, (
        "an engine that is down is nobody's failed try"
    )
    come_back(node, index)
    catch_up(index)
    assert compare(index).keys == []
    assert index.search(Query("谈心")).total == THINGS // 2


def test_a_node_that_hangs_is_down_after_two_seconds_and_catches_up(node, index, shelf):
    wire = Wire(node.port)
    slow = engine_at(wire.url)
    slow.writer = slow.writer.options(request_timeout=1)
    assert slow.search(Query("家访")).total == THINGS
    wire.stalled.set()
    began = time.monotonic()
    with pytest.raises(SearchUnavailable):
        slow.search(Query("家访"))
    assert time.monotonic() - began < READ_TIMEOUT + 3
    shelf.things["5"] = "慢的时候写的"
    note_change("thing", "5")
    assert drain(engine=slow).down
    wire.stalled.clear()
    catch_up(index)
    assert compare(index).keys == []
    wire.close()


def test_what_was_published_while_the_node_hung_is_found_when_it_is_back(node, settings, monkeypatch, client):
    """Through the whole site: the page answers meanwhile, and the worker brings the change in later."""
    monkeypatch.setattr("search.engines.elasticsearch_shield.REFUSED", 0.0)
    wire = Wire(node.port)
    settings.ELASTICSEARCH_URL, settings.SEARCH_INDEX = wire.url, "meanwhile"
    engine = current_engine()
    rebuild()
    wire.stalled.set()
    make_policy("停机时发布的通知")
    response = client.get("/search/?q=停机时")
    assert "全文检索正在恢复" in response.content.decode()
    assert "停机时" in response.content.decode()
    wire.stalled.clear()
    catch_up(engine)
    assert compare(engine).is_none
    engine.refresh()
    assert client.get("/api/v1/search?q=发布的通知").json()["total"] == 1
    engine.destroy()
    wire.close()
