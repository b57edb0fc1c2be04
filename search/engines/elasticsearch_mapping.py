"""What an index looks like in Elasticsearch: one index for all kinds, strict, with its own version written into it."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from elasticsearch_dsl import Completion, Date, Index, Keyword, Long, Mapping, Object, Text, analyzer

from search.engine import Document
from search.engines.elasticsearch_profiles import Profile
from search.fold import VERSION, fold
from search.suggestions import entries
from search.tokens import pieces

# Only what every Elasticsearch has: no plugin, no word list that someone must keep.
PAIRS = analyzer("zh", tokenizer="standard", filter=["cjk_width", "lowercase", "cjk_bigram"])
SINGLES = analyzer("zh_one", tokenizer="standard", filter=["cjk_width", "lowercase"])
TYPED = analyzer("typed", tokenizer="keyword", filter=["lowercase"])
SUGGESTED = {"title": 1, "school": 3, "topic": 3}
KEYWORD_FACETS = ("kind", "school", "township", "school_year", "topic", "status")


def _text(profile: Profile | None) -> Text:
    words = profile.fields if profile else {}
    return Text(analyzer=PAIRS, fields={"one": Text(analyzer=SINGLES, norms=False), **words})


def _suggested() -> Completion:
    return Completion(analyzer=TYPED, max_input_length=40, contexts=[{"name": "access", "type": "category"}])


def mapping(profile: Profile | None = None) -> Mapping:
    """Return the mapping. Text is folded before it is sent; the original is kept, unindexed, for the highlighter."""
    made = Mapping()
    made.meta("dynamic", "strict")
    for name in ("title", "summary", "body"):
        made.field(name, _text(profile))
    for name in (*KEYWORD_FACETS, "access", "pieces"):
        made.field(name, Keyword())
    made.field("version", Long())
    made.field("digest", Keyword(index=False, doc_values=False))
    made.field("date", Date(format="yyyy-MM-dd"))
    made.field("original", Object(enabled=False))
    for name in SUGGESTED:
        made.field(f"suggest_{name}", _suggested())
    return made


def fingerprint(profile: Profile | None = None) -> str:
    """Return a short hash of mapping and folding: an index that carries another one must be built anew."""
    text = json.dumps([VERSION, mapping(profile).to_dict()], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def index(name: str, generation: str, profile: Profile | None = None) -> Index:
    """Return the definition of one generation's index."""
    made = mapping(profile)
    made.meta("_meta", {"fingerprint": fingerprint(profile), "generation": generation})
    found = Index(name)
    found.mapping(made)
    found.settings(number_of_shards=1, number_of_replicas=0, gc_deletes="1h", max_result_window=10_000)
    for one in (PAIRS, SINGLES, TYPED, *([profile.analyzer] if profile and profile.tokenizer else ())):
        found.analyzer(one)
    return found


def source(document: Document) -> dict[str, Any]:
    """Return the document as Elasticsearch keeps it."""
    facets = {facet: list(values) for facet, values in document.facets.items() if values}
    title = f"{document.title} {document.number}" if document.number else document.title
    access = sorted(document.access)
    found = {
        "title": fold(title),
        "summary": fold(document.summary),
        "body": fold(document.body),
        "kind": document.kind,
        "version": document.version,
        "digest": document.digest,
        "access": access,
        "pieces": pieces(f"{title} {document.summary} {document.body}"),
        "original": {
            "title": document.title,
            "summary": document.summary,
            "body": document.body,
            "url": document.url,
            "object_id": document.object_id,
        },
        **{facet: values for facet, values in facets.items() if facet != "kind"},
    }
    if document.date:
        found["date"] = document.date.isoformat()
    terms = {"title": [document.title], "school": facets.get("school", []), "topic": facets.get("topic", [])}
    for name, weight in SUGGESTED.items():
        typed = [entry for term in terms[name] for entry in entries(term)]
        if typed:
            found[f"suggest_{name}"] = {"input": typed, "weight": weight, "contexts": {"access": access}}
    return found
