"""Words of a plugin add to the score and change nothing of what is found; a plugin that is missing is named."""

from pathlib import Path
from uuid import uuid4

import certifi
import pytest
from django.core.checks import Error
from elasticsearch import Elasticsearch

from search.checks import check_analysis
from search.engine import Document, Query, SearchUnavailable
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch_client import connect
from search.engines.elasticsearch_mapping import fingerprint, mapping
from search.engines.elasticsearch_profiles import PROFILES
from search.engines.elasticsearch_query import request
from search.grammar import parse
from tests.search.conftest import URL

needs_node = pytest.mark.skipif(not URL, reason="ELASTICSEARCH_URL names no node")


@pytest.mark.parametrize("name", PROFILES)
def test_an_index_made_for_another_profile_must_be_built_anew(name):
    assert fingerprint(PROFILES[name]) != fingerprint()
    assert "word" in mapping(PROFILES[name]).to_dict()["properties"]["body"]["fields"]


def test_words_only_add_to_the_score():
    query = Query("留守儿童")
    plain = request(query, parse(query.text), {})["query"]["bool"]
    worded = request(query, parse(query.text), {}, words="留守儿童")["query"]["bool"]
    assert worded.pop("should")
    assert worded == plain


def test_without_words_to_look_for_there_is_nothing_to_add():
    assert "should" not in request(Query(""), parse(""), {}, words="")["query"]["bool"]


def test_a_name_that_is_no_profile_is_said_at_the_start(settings):
    settings.ELASTICSEARCH_ANALYSIS = "jieba"
    (found,) = check_analysis(None)
    assert isinstance(found, Error)
    assert "jieba" in found.msg
    assert "smartcn" in found.msg


def test_the_settings_name_nodes_user_authority_and_connections(settings, tmp_path):
    authority = tmp_path / "ca.pem"
    authority.write_bytes(Path(certifi.where()).read_bytes())
    settings.ELASTICSEARCH_URL = "https://one:9200, https://two:9200"
    settings.ELASTICSEARCH_USER, settings.ELASTICSEARCH_PASSWORD = "search", "secret"
    settings.ELASTICSEARCH_CA = str(authority)
    settings.ELASTICSEARCH_CONNECTIONS = 7
    client = connect()
    nodes = [node.config for node in client.transport.node_pool.all()]
    assert sorted(node.host for node in nodes) == ["one", "two"]
    assert {node.connections_per_node for node in nodes} == {7}
    assert {node.ca_certs for node in nodes} == {str(authority)}
    assert client._headers["authorization"].startswith("Basic ")


@needs_node
@pytest.mark.parametrize("name", ["smartcn", "icu"])
def test_a_profile_finds_the_same(name, monkeypatch):
    monkeypatch.setattr("search.engines.elasticsearch.current_synonyms", dict)
    texts = ["留守儿童关爱", "家访记录", "研究生命的起源", "教育局通知"]
    documents = [Document("plan", str(number), 1, text) for number, text in enumerate(texts)]
    found = []
    for profile in ("", name):
        engine = ElasticsearchEngine(Elasticsearch(URL), f"test-{uuid4().hex[:10]}", profile)
        try:
            with engine.rebuild() as fresh:
                fresh.add(documents)
                fresh.commit()
            assert engine.health().state == "ok"
            asked = ("守儿", "生命", "究生", "通知", "家访")
            found.append([[hit.object_id for hit in engine.search(Query(text)).hits] for text in asked])
        finally:
            engine.destroy()
    assert found[0] == found[1]


@needs_node
def test_a_missing_plugin_is_named_with_the_way_to_get_it(settings, monkeypatch):
    monkeypatch.setattr("search.engines.elasticsearch.current_synonyms", dict)
    settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_ANALYSIS = URL, "ik"
    (found,) = check_analysis(None)
    assert "analysis-ik" in found.msg
    assert "elasticsearch-plugin install" in found.msg
    engine = ElasticsearchEngine(Elasticsearch(URL), f"test-{uuid4().hex[:10]}", "ik")
    with pytest.raises(SearchUnavailable, match="analysis-ik"), engine.rebuild():
        pass
    assert engine.generations() == []
