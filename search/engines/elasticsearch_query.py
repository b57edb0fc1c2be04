"""From a plan to a request that Elasticsearch understands. Tokens go in as they are; it parses nothing of them.

Plain dictionaries: the objects of the query language cost more time than the whole rest of a question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from search.engine import Query
from search.grammar import Clause, Match, Plan, Term

Condition = dict[str, Any]
#: What a hit is made of; not the folded texts, which are there for finding.
SHOWN = ["original", "date", "kind", "school", "township", "school_year", "topic", "status"]
FIELDS = ["title^5", "summary^2", "body"]
SINGLE_FIELDS = ["title.one^5", "summary.one^2", "body.one"]
WORD_FIELDS = ["title.word^5", "summary.word^2", "body.word"]
SINGLE_WEIGHT = 0.2
WORD_WEIGHT = 0.3
PART_WEIGHT = 0.5
FACET_SIZE = 200
Filters = Mapping[str, Sequence[str]]


def request(
    query: Query, plan: Plan, filters: Filters, *, relaxed: bool = False, words: str = ""
) -> dict[str, Any]:
    """Return the search. Who may read is a filter of the query itself, so counts and facets obey it too.

    `words` is looked for by the words of a profile too; that adds to the score and finds nothing more.
    """
    text = _relaxed(plan) if relaxed else [_term(term) for term in plan.must]
    chosen = {facet: _terms(facet, values) for facet, values in filters.items() if values}
    body = _body(
        query,
        {
            "must": text,
            "should": [_words(words)] if words and text else [],
            "must_not": [_term(term) for term in plan.must_not],
            "filter": [_terms("access", sorted(query.access)), *_period(query)],
        },
    )
    if chosen:
        body["post_filter"] = {"bool": {"filter": list(chosen.values())}}
    if query.facets:
        body["aggs"] = {facet: _counted(facet, chosen) for facet in query.facets}
    has_text = bool(plan.must) or relaxed
    return body | {"sort": _order(query, has_text=has_text)}


def similar(query: Query, index: str, key: str, filters: Filters) -> dict[str, Any]:
    """Return the search for what shares its rarest words with one document."""
    like = {
        "fields": ["title", "summary", "body"],
        "like": {"_index": index, "_id": key},
        "min_term_freq": 1,
        "min_doc_freq": 2,
        "max_query_terms": 20,
        "minimum_should_match": "10%",
    }
    chosen = [_terms(facet, values) for facet, values in filters.items() if values]
    readers = _terms("access", sorted(query.access))
    return _body(query, {"must": [{"more_like_this": like}], "filter": [readers, *_period(query), *chosen]})


def _body(query: Query, asked: Condition) -> dict[str, Any]:
    return {
        "query": {"bool": {name: conditions for name, conditions in asked.items() if conditions}},
        "from": query.offset,
        "size": query.limit,
        "_source": SHOWN,
        "track_total_hits": True,
    }


def _counted(facet: str, chosen: Mapping[str, Condition]) -> Condition:
    """Return the counts of a facet, narrowed by all filters but its own."""
    others = [condition for name, condition in chosen.items() if name != facet]
    order = [{"_count": "desc"}, {"_key": "asc"}]
    values = {"terms": {"field": facet, "size": FACET_SIZE, "order": order}}
    return {"filter": {"bool": {"filter": others}}, "aggs": {"values": values}}


def _terms(field: str, values: Sequence[str]) -> Condition:
    return {"terms": {field: list(values)}}


def _any_of(*conditions: Condition) -> Condition:
    return {"bool": {"should": list(conditions), "minimum_should_match": 1}}


def counting(plans: Sequence[Plan], access: frozenset[str]) -> dict[str, Any]:
    """Return the search that counts, in one go, how many documents answer each plan."""
    asked = {
        str(place): {"bool": {"must": [_term(term) for term in plan.must]}}
        for place, plan in enumerate(plans)
    }
    readers = {"bool": {"filter": [_terms("access", sorted(access))]}}
    return {"query": readers, "size": 0, "aggs": {"held": {"filters": {"filters": asked}}}}


def _term(term: Term) -> Condition:
    wordings = [{"bool": {"must": [_clause(clause) for clause in wording]}} for wording in term.wordings]
    return _any_of(*wordings) if len(wordings) > 1 else wordings[0]


def _clause(clause: Clause) -> Condition:
    if clause.match is Match.ONE:
        return _phrase(clause.tokens, SINGLE_FIELDS)
    whole = _phrase(clause.tokens, FIELDS)
    if clause.match is Match.PART:
        part = {"prefix": {"pieces": {"value": clause.tokens[0]}}}
        return _any_of(whole, {"constant_score": {"filter": part, "boost": PART_WEIGHT}})
    return whole


def _phrase(tokens: Sequence[str], fields: list[str]) -> Condition:
    return _match("phrase", tokens, fields)


def _match(kind: str, tokens: Sequence[str], fields: list[str], **more: Any) -> Condition:
    asked = {"type": kind, "query": " ".join(tokens), "fields": fields, "analyzer": "whitespace", **more}
    return {"multi_match": asked}


def _words(text: str) -> Condition:
    """Return what only adds to the score: beside a `must`, nothing of a `should` has to be there."""
    return {"multi_match": {"query": text, "fields": WORD_FIELDS, "boost": WORD_WEIGHT}}


def _relaxed(plan: Plan) -> list[Condition]:
    """Any of the pairs; single characters help a little to tell the better hits apart."""
    singles = list(dict.fromkeys(char for word in plan.words for char in (word if len(word) == 2 else ())))
    pairs = _match("most_fields", plan.words, FIELDS)
    ones = [_match("most_fields", singles, SINGLE_FIELDS, boost=SINGLE_WEIGHT)] if singles else []
    return [{"bool": {"must": [pairs], "should": ones}}]


def _period(query: Query) -> list[Condition]:
    bounds = {"gte": query.date_from, "lte": query.date_to}
    given = {name: day.isoformat() for name, day in bounds.items() if day}
    return [{"range": {"date": given}}] if given else []


def _order(query: Query, *, has_text: bool) -> list[Any]:
    newest = [{"date": {"order": "desc", "missing": "_last"}}, {"version": "desc"}]
    if query.sort == "oldest":
        return [{"date": {"order": "asc", "missing": "_last"}}, {"version": "asc"}]
    return ["_score", *newest] if query.sort == "relevance" and has_text else newest
