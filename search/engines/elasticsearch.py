"""The engine on Elasticsearch 8: generations of one index behind an alias, changes guarded by their version."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from typing import Any
from urllib.parse import quote

from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch, helpers

from search.engine import (
    MAX_WINDOW,
    Document,
    Health,
    Hit,
    Query,
    Refusal,
    Removal,
    Result,
    SearchUnavailable,
)
from search.engines.elasticsearch_mapping import KEYWORD_FACETS, SUGGESTED, fingerprint, index, source
from search.engines.elasticsearch_profiles import Profile, ProfileError, probe, profile_named
from search.engines.elasticsearch_query import counting, request, similar
from search.engines.elasticsearch_shield import Breaker, reading, shielded
from search.engines.filters import united
from search.fold import fold
from search.grammar import parse, plain_words
from search.parts import chunked
from search.suggestions import typed
from search.synonyms import current_synonyms

READ_TIMEOUT = 2.0  # seconds; a page that waits longer for a search is broken
WRITE_TIMEOUT = 60.0
CHUNK = 500
BULKS_AT_ONCE = 4
JSON = {"accept": "application/json", "content-type": "application/json"}
_GONE = 404
_CONFLICT = 409
#: Too much to do, or a shard that is not back yet: the node's trouble, not the document's.
_BUSY = frozenset({429, 502, 503, 504})


class ElasticsearchEngine:
    """See `search.engine.SearchEngine`. `alias` names the index in use; generations are `alias-000001` and so on."""

    name = "elasticsearch"

    def __init__(self, client: Elasticsearch, alias: str = "xinqiao", profile: str = "") -> None:
        self.alias = alias
        self._profile = profile
        self.breaker = Breaker()
        self.reader = client.options(request_timeout=READ_TIMEOUT, max_retries=0)
        self.writer = client.options(request_timeout=WRITE_TIMEOUT, max_retries=2, retry_on_timeout=True)

    @reading
    def search(self, query: Query) -> Result:
        """Answer with everything that holds all words; when nothing does, with what holds some."""
        if query.offset + query.limit > MAX_WINDOW or not query.access:
            return Result()
        plan = parse(query.text, current_synonyms())
        if plan.is_empty and query.text.strip():
            return Result()
        filters = united(query.filters, plan.filters)
        words = self._words(query.text)
        result = self._ask(request(query, plan, filters, words=words))
        if result.total or not plan.must:
            return result
        return self._ask(request(query, plan, filters, relaxed=True, words=words), relaxed=True)

    def body(self, query: Query) -> dict[str, Any]:
        """Return what Elasticsearch is asked first: everything that holds all words."""
        plan = parse(query.text, current_synonyms())
        return request(query, plan, united(query.filters, plan.filters), words=self._words(query.text))

    @property
    def profile(self) -> Profile | None:
        """The analysis profile in use. Raises SearchUnavailable for a name that is none."""
        try:
            return profile_named(self._profile)
        except ProfileError as error:
            raise SearchUnavailable(str(error)) from error

    def _words(self, text: str) -> str:
        """Return the plain words of a question for the profile; empty without one."""
        if not self._profile:
            return ""
        return fold(" ".join(text[start:end] for start, end in plain_words(text)))

    @reading
    def similar(self, kind: str, object_id: str, query: Query) -> Result:
        if not self._may_find(f"{kind}:{object_id}", query.access):
            return Result()
        return self._ask(similar(query, self.alias, f"{kind}:{object_id}", united(query.filters)))

    def _may_find(self, key: str, access: frozenset[str]) -> bool:
        """Say whether the document is there and one of these tokens is its reader's."""
        found = self.reader.options(ignore_status=_GONE).get(
            index=self.alias, id=key, source_includes=["access"]
        )
        return bool(found.get("found")) and not access.isdisjoint(found["_source"]["access"])

    @reading
    def suggest(self, prefix: str, access: frozenset[str], limit: int = 8) -> list[str]:
        start = typed(prefix)
        if not start or not access:
            return []
        options = {"size": limit, "skip_duplicates": True, "contexts": {"access": sorted(access)}}
        asked = {
            name: {"prefix": start, "completion": {"field": f"suggest_{name}", **options}}
            for name in SUGGESTED
        }
        answer = self.reader.search(
            index=self.alias, suggest=asked, source={"includes": ["original.title", "school", "topic"]}
        )
        return _best_terms(answer["suggest"], start, limit)

    @reading
    def counts(self, texts: Sequence[str], access: frozenset[str]) -> list[int]:
        """Return for each text how many documents of the reader's hold it, synonyms left aside."""
        plans = {text: plan for text in texts if (plan := parse(text)).must}
        if not plans or not access:
            return [0] * len(texts)
        answer = self._search(counting(list(plans.values()), access))
        buckets = answer["aggregations"]["held"]["buckets"]
        found = {text: buckets[str(place)]["doc_count"] for place, text in enumerate(plans)}
        return [found.get(text, 0) for text in texts]

    @shielded
    def apply(self, changes: Sequence[Document | Removal]) -> list[Refusal]:
        return _write(self.writer, self.alias, changes)

    @shielded
    def digests(self) -> Iterator[tuple[str, str]]:
        """Yield key and digest of everything in the index, in the order of the keys."""
        hits = helpers.scan(self.writer, index=self.alias, query={"_source": ["digest"]}, size=1_000)
        return iter(sorted((hit["_id"], hit["_source"]["digest"]) for hit in hits))

    @shielded
    def newest(self) -> int:
        """Return the highest version that the index holds, 0 when there is none."""
        aggs = {"newest": {"max": {"field": "version"}}}
        answer = self.writer.search(index=self.alias, size=0, aggs=aggs, ignore_unavailable=True)
        return int(answer.get("aggregations", {}).get("newest", {}).get("value") or 0)

    @contextmanager
    def rebuild(self) -> Iterator[ElasticsearchRebuild]:
        """Yield a new generation. The one before is kept for `rollback`, older ones are dropped."""
        fresh = ElasticsearchRebuild(self)
        try:
            yield fresh
        finally:
            fresh.close()

    @shielded
    def rollback(self) -> str:
        """Go back to the generation before the one in use, and return its name."""
        current = self.current()
        earlier = [name for name in self.generations() if current and name < current]
        if not earlier:
            raise SearchUnavailable("there is no earlier generation")
        self.point_to(earlier[-1])
        return earlier[-1]

    @shielded
    def refresh(self) -> None:
        self.writer.indices.refresh(index=self.alias)

    @shielded
    def destroy(self) -> None:
        """Drop every generation."""
        for name in self.generations():
            self.writer.indices.delete(index=name)

    def health(self) -> Health:
        try:
            current = self.current(self.reader)
            if current is None:
                return Health("rebuild-needed", detail="no index yet")
            meta = self.reader.indices.get_mapping(index=current)[current]["mappings"].get("_meta", {})
            count = self.reader.count(index=current)["count"]
        except (ApiError, TransportError) as error:
            return Health("down", detail=str(error))
        return Health(
            "ok" if meta.get("fingerprint") == fingerprint(self.profile) else "rebuild-needed", current, count
        )

    def generations(self) -> list[str]:
        return sorted(self.writer.indices.get(index=f"{self.alias}-*", allow_no_indices=True))

    def current(self, client: Elasticsearch | None = None) -> str | None:
        """Return the index that the alias names, None when there is none."""
        indices = (client or self.writer).indices
        if not indices.exists_alias(name=self.alias):
            return None
        return max(indices.get_alias(name=self.alias))

    def point_to(self, name: str) -> None:
        """Move the alias in one call: no moment has two indexes behind it, or none."""
        others = [index_name for index_name in self.generations() if index_name != name]
        actions: list[dict[str, Any]] = [{"add": {"index": name, "alias": self.alias}}]
        actions += [
            {"remove": {"index": other, "alias": self.alias, "must_exist": False}} for other in others
        ]
        self.writer.indices.update_aliases(actions=actions)

    def _search(self, body: dict[str, Any]) -> dict[str, Any]:
        path = f"/{quote(self.alias)}/_search"
        return self.reader.perform_request("POST", path, body=body, headers=JSON).body

    def _ask(self, body: dict[str, Any], *, relaxed: bool = False) -> Result:
        answer = self._search(body)
        facets = {
            facet: [(bucket["key"], bucket["doc_count"]) for bucket in found["values"]["buckets"]]
            for facet, found in answer.get("aggregations", {}).items()
        }
        hits = [_hit(found) for found in answer["hits"]["hits"]]
        return Result(hits, answer["hits"]["total"]["value"], facets, relaxed)


class ElasticsearchRebuild:
    """A generation being made beside the one in use."""

    @shielded
    def __init__(self, engine: ElasticsearchEngine) -> None:
        self.engine = engine
        last = max((int(name.rsplit("-", 1)[1]) for name in engine.generations()), default=0)
        self.name = f"{engine.alias}-{last + 1:06}"
        self.committed = False
        self._pool = ThreadPoolExecutor(BULKS_AT_ONCE, "bulk")
        self._under_way: deque[Future[None]] = deque()
        profile = engine.profile
        if profile:
            try:
                probe(engine.reader, profile)
            except ProfileError as error:
                raise SearchUnavailable(str(error)) from error
        made = index(self.name, self.name, profile).to_dict()
        made["settings"]["refresh_interval"] = "-1"
        engine.writer.indices.create(index=self.name, mappings=made["mappings"], settings=made["settings"])

    @shielded
    def add(self, documents: Iterable[Document]) -> int:
        """Send the documents, several bulks at a time. What goes wrong is raised here or by `settle`."""
        count = 0
        for chunk in chunked(documents, CHUNK):
            count += len(chunk)
            self._under_way.append(self._pool.submit(self._send, chunk))
            while len(self._under_way) > BULKS_AT_ONCE:
                self._under_way.popleft().result()
        return count

    def _send(self, documents: Sequence[Document]) -> None:
        actions = (_action(self.name, document) for document in documents)
        helpers.bulk(self.engine.writer, actions, chunk_size=CHUNK, stats_only=True, raise_on_error=True)

    @shielded
    def settle(self) -> None:
        """Wait until all that was added is in the index."""
        while self._under_way:
            self._under_way.popleft().result()

    @shielded
    def apply(self, changes: Sequence[Document | Removal]) -> list[Refusal]:
        self.settle()
        return _write(self.engine.writer, self.name, changes)

    @shielded
    def count(self) -> int:
        self.settle()
        self.engine.writer.indices.refresh(index=self.name)
        return int(self.engine.writer.count(index=self.name)["count"])

    @shielded
    def commit(self) -> None:
        self.settle()
        engine = self.engine
        engine.writer.indices.put_settings(index=self.name, settings={"refresh_interval": "1s"})
        engine.writer.indices.refresh(index=self.name)
        before = engine.current()
        engine.point_to(self.name)
        self.committed = True
        for name in engine.generations():
            if name not in {before, self.name}:
                engine.writer.indices.delete(index=name)

    def close(self) -> None:
        self._pool.shutdown(cancel_futures=True)
        if not self.committed:
            try:
                self.engine.writer.indices.delete(index=self.name, ignore_unavailable=True)
            except (ApiError, TransportError):
                return  # down: the next commit drops every index but two


def _action(index_name: str, change: Document | Removal) -> dict[str, Any]:
    guard = {
        "_index": index_name,
        "_id": change.key,
        "version": change.version,
        "version_type": "external_gte",
    }
    if isinstance(change, Removal):
        return {"_op_type": "delete", **guard}
    return {"_op_type": "index", **guard, "_source": source(change)}


def _write(client: Elasticsearch, index_name: str, changes: Sequence[Document | Removal]) -> list[Refusal]:
    """Make the changes; a newer version already there, or a thing already gone, is no failure."""
    refusals = [Refusal(c.key, "a document that nobody may see") for c in changes if _hidden(c)]
    actions = (_action(index_name, change) for change in changes if not _hidden(change))
    for ok, item in helpers.streaming_bulk(client, actions, chunk_size=CHUNK, raise_on_error=False):
        ((_operation, found),) = item.items()
        if found["status"] in _BUSY:
            raise SearchUnavailable(str(found.get("error")))
        if not ok and found["status"] not in {_GONE, _CONFLICT}:
            refusals.append(Refusal(found["_id"], str(found.get("error"))))
    return refusals


def _hidden(change: Document | Removal) -> bool:
    return isinstance(change, Document) and not change.access


def _hit(found: dict[str, Any]) -> Hit:
    kept = found["_source"]
    original = kept["original"]
    facets = {facet: _as_list(kept[facet]) for facet in KEYWORD_FACETS if facet in kept}
    return Hit(
        kind=kept["kind"],
        object_id=original["object_id"],
        score=found.get("_score") or 0.0,
        title=original["title"],
        summary=original["summary"],
        body=original["body"],
        url=original["url"],
        date=date.fromisoformat(kept["date"]) if kept.get("date") else None,
        facets=facets,
    )


def _as_list(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


def _best_terms(answer: dict[str, Any], start: str, limit: int) -> list[str]:
    """Return the terms behind the completions: names first, then titles, short ones before long ones."""
    from search.suggestions import entries

    found: dict[str, int] = {}
    for name, weight in SUGGESTED.items():
        for option in answer[name][0]["options"]:
            kept = option["_source"]
            terms = [kept["original"]["title"]] if name == "title" else _as_list(kept.get(name, []))
            for term in terms:
                if any(entry.startswith(start) for entry in entries(term)):
                    found[term] = max(weight, found.get(term, 0))
    return sorted(found, key=lambda term: (-found[term], len(term), term))[:limit]
