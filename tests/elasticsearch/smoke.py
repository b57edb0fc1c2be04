"""Proves the node with the clients that the product uses: elasticsearch-py 8.19 and its elasticsearch.dsl.

    python smoke.py                        starts nodes of its own in a temporary folder, kills and restarts them
    python smoke.py http://127.0.0.1:9200  checks a running node; no restart; removes what it made

Needs: pip install "elasticsearch==8.19.*"
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from elasticsearch import BadRequestError, ConflictError, Elasticsearch, NotFoundError, helpers
from elasticsearch.dsl import A, Date, Document, Integer, Keyword, Q, Text, analyzer

ALIAS = "smoke-plans"
DOCUMENTS = 2000
CLIENT_THREADS = 16

bigrams = analyzer("zh", tokenizer="standard", filter=["cjk_width", "lowercase", "cjk_bigram"])
unigrams = analyzer("zh_uni", tokenizer="standard", filter=["cjk_width", "lowercase"])


def chinese_text(**options):
    return Text(analyzer=bigrams, fields={"uni": Text(analyzer=unigrams)}, **options)


class Plan(Document):
    title = chinese_text()
    body = chinese_text(index_options="offsets")
    kind = Keyword()
    year = Integer()
    day = Date()

    class Index:
        name = f"{ALIAS}-1"
        settings = {"number_of_shards": 1, "number_of_replicas": 0}


def plans():
    subjects = ["留守儿童", "独居老人", "残疾人家庭", "困境儿童"]
    actions = ["建立档案和联系卡制度", "开展每周一次的入户探访", "组织心理健康辅导", "协调民政部门发放补贴"]
    kinds = ["plan", "record", "notice"]
    for i in range(DOCUMENTS):
        subject, action = subjects[i % 4], actions[i // 4 % 4]
        yield Plan(
            meta={"id": i},
            title=f"{subject}关爱工作方案第{i}号",
            body=f"为做好{subject}关爱工作，本中心{action}，并与ＡＢＣ社区共同落实。" * 8,
            kind=kinds[i % 3],
            year=2020 + i % 5,
            day=f"2026-{i % 12 + 1:02d}-{i % 28 + 1:02d}",
        )


def check(name):
    """Prints the name of a check and the time it took."""

    def decorate(function):
        def timed(*args):
            begin = time.perf_counter()
            function(*args)
            print(f"ok  {time.perf_counter() - begin:6.2f} s  {name}", flush=True)

        return timed

    return decorate


@check("info, ping, health")
def service(es):
    assert es.info()["version"]["number"].startswith("8.19."), es.info()
    assert es.info()["tagline"] == "You Know, for Search"
    assert es.ping()
    assert es.cluster.health(wait_for_status="yellow")["status"] in ("yellow", "green")


@check("index from a dsl document, Chinese analysis")
def create(es):
    Plan.init(using=es)
    text = "留守儿童关爱ＡＢＣ"

    def tokens(name):
        return [
            token["token"]
            for token in es.indices.analyze(index=Plan.Index.name, analyzer=name, text=text)["tokens"]
        ]

    assert tokens("zh") == ["留守", "守儿", "儿童", "童关", "关爱", "abc"], tokens("zh")
    assert tokens("zh_uni") == ["留", "守", "儿", "童", "关", "爱", "abc"], tokens("zh_uni")


@check(f"bulk of {DOCUMENTS} documents")
def bulk(es):
    indexed, errors = helpers.bulk(
        es, (plan.to_dict(include_meta=True) for plan in plans()), refresh="wait_for"
    )
    assert (indexed, errors) == (DOCUMENTS, []), (indexed, errors)
    assert es.count(index=Plan.Index.name)["count"] == DOCUMENTS


@check("search, highlight, aggregations")
def search(es):
    found = (
        Plan.search(using=es)
        .query(Q("multi_match", query="留守儿童", type="phrase", fields=["title^3", "body"]))
        .filter("term", kind="plan")
        .highlight_options(pre_tags=["<mark>"], post_tags=["</mark>"])
        .highlight("title", number_of_fragments=0)
        .extra(track_total_hits=True)
    )
    found.aggs.bucket("by_year", A("terms", field="year")).metric("latest", "max", field="day")
    found.aggs.bucket("by_month", A("date_histogram", field="day", calendar_interval="month"))
    result = found.execute()
    expected = sum(1 for i in range(DOCUMENTS) if i % 4 == 0 and i % 3 == 0)
    assert result.hits.total.value == expected, result.hits.total
    assert result[0].meta.highlight.title[0].startswith("<mark>留守儿童</mark>关爱"), result[
        0
    ].meta.highlight.title
    assert sum(bucket.doc_count for bucket in result.aggregations.by_year.buckets) == expected
    assert sum(bucket.doc_count for bucket in result.aggregations.by_month.buckets) == expected
    one_character = (
        Plan.search(using=es).query("match", **{"title.uni": "残"}).extra(track_total_hits=True).execute()
    )
    assert one_character.hits.total.value == DOCUMENTS // 4, one_character.hits.total


@check("alias moved from one index to another in one step")
def swap_alias(es):
    second = f"{ALIAS}-2"
    es.indices.create(index=second)
    es.indices.update_aliases(actions=[{"add": {"index": second, "alias": ALIAS}}])
    es.indices.update_aliases(
        actions=[
            {"remove": {"index": second, "alias": ALIAS}},
            {"add": {"index": Plan.Index.name, "alias": ALIAS, "is_write_index": True}},
        ]
    )
    assert list(es.indices.get_alias(name=ALIAS)) == [Plan.Index.name]
    es.indices.delete(index=second)


@check("all documents by point in time and search_after")
def scan(es):
    point = es.open_point_in_time(index=ALIAS, keep_alive="1m")["id"]
    seen, after = set(), None
    while True:
        page = es.search(
            pit={"id": point, "keep_alive": "1m"},
            size=300,
            sort=["_shard_doc"],
            search_after=after,
            source=False,
        )
        if not page["hits"]["hits"]:
            break
        seen.update(hit["_id"] for hit in page["hits"]["hits"])
        after = page["hits"]["hits"][-1]["sort"]
    es.close_point_in_time(id=point)
    assert len(seen) == DOCUMENTS, len(seen)


@check("external versions, update, delete")
def write(es):
    document = {"title": "外部版本", "kind": "notice"}
    es.index(index=ALIAS, id="v", document=document, version=5, version_type="external")
    refused(
        ConflictError,
        409,
        lambda: es.index(index=ALIAS, id="v", document=document, version=4, version_type="external"),
    )
    es.update(index=ALIAS, id="v", doc={"year": 2026})
    assert es.get(index=ALIAS, id="v")["_source"]["year"] == 2026
    es.delete(index=ALIAS, id="v", refresh="wait_for")
    assert not es.exists(index=ALIAS, id="v")


@check(f"searches from {CLIENT_THREADS} threads at a time")
def concurrent_searches(es):
    words = ["留守儿童", "独居老人", "心理健康", "入户探访", "民政部门", "ABC"]

    def total(word):
        result = es.search(
            index=ALIAS, query={"match_phrase": {"body": word}}, track_total_hits=True, size=20
        )
        return word, result["hits"]["total"]["value"]

    alone = dict(total(word) for word in words)
    assert all(alone.values()), alone
    with ThreadPoolExecutor(CLIENT_THREADS) as threads:
        for word, count in threads.map(total, words * 100):
            assert count == alone[word], (word, count, alone[word])


@check("errors: 400, 404, 409")
def errors(es):
    refused(BadRequestError, 400, lambda: es.search(index=ALIAS, query={"no_such_query": {}}))
    refused(BadRequestError, 400, lambda: es.index(index=ALIAS, id="x", document={"year": "not a number"}))
    refused(NotFoundError, 404, lambda: es.get(index=ALIAS, id="no-such-document"))
    refused(NotFoundError, 404, lambda: es.search(index="no-such-index"))
    refused(NotFoundError, 404, lambda: es.index(index="no-such-index", document={}))
    refused(ConflictError, 409, lambda: es.create(index=ALIAS, id="0", document={"year": 2020}))


def refused(error, status, call):
    try:
        call()
    except error as e:
        assert e.meta.status == status, e
    else:
        raise AssertionError(f"expected {error.__name__}")


def all_checks(es):
    for index in es.indices.get(index=f"{ALIAS}-*"):
        es.indices.delete(index=index)
    for one in (service, create, bulk, search, swap_alias, scan, write, concurrent_searches, errors):
        one(es)


def client(url):
    # The default pool of 10 connections would let some of more than 10 threads wait for seconds.
    return Elasticsearch(url, request_timeout=30, connections_per_node=CLIENT_THREADS)


@contextmanager
def node(home):
    """A node of our own on a free port; yields the process and its address."""
    script = Path(__file__).with_name("run.sh")
    begin = time.perf_counter()
    process = subprocess.Popen(
        [script], env={**os.environ, "ES_HOME": home, "ES_PORT": "0"}, stdout=subprocess.PIPE, text=True
    )
    try:
        ready = re.match(r"READY (\S+)", process.stdout.readline())
        assert ready, "the node did not start"
        print(f"--  {time.perf_counter() - begin:6.2f} s  node at {ready[1]}", flush=True)
        yield process, ready[1]
    finally:
        process.terminate()
        process.wait(timeout=60)


def survives_restarts(home):
    with node(home) as (process, url):
        es = client(url)
        all_checks(es)
        late = [
            {"_index": ALIAS, "_id": f"late-{i}", "title": f"断电前的第{i}条", "kind": "record"}
            for i in range(500)
        ]
        assert helpers.bulk(es, late)[0] == 500
        process.kill()
        assert process.wait(timeout=30) == -signal.SIGKILL
    with node(home) as (process, url):
        acknowledged(client(url), "after SIGKILL")
        process.terminate()
        rest = process.stdout.read()
        assert process.wait(timeout=60) in (0, 143), process.returncode
        assert "STOPPED" in rest, rest
    with node(home) as (process, url):
        acknowledged(client(url), "after SIGTERM")


def acknowledged(es, when):
    count = es.count(index=ALIAS)["count"]
    assert count == DOCUMENTS + 500, count
    assert (
        es.search(index=ALIAS, query={"match_phrase": {"title": "断电前"}}, track_total_hits=True)["hits"][
            "total"
        ]["value"]
        == 500
    )
    assert list(es.indices.get_alias(name=ALIAS)) == [Plan.Index.name]
    print(f"ok            every acknowledged document is there {when}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        running = client(sys.argv[1])
        all_checks(running)
        running.indices.delete(index=Plan.Index.name)
    else:
        with tempfile.TemporaryDirectory(prefix="esnode-smoke-") as folder:
            survives_restarts(folder)
    print("smoke test passed")
