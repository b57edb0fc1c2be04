"""From a plan to a request that Elasticsearch understands. Tokens go in as they are; it parses nothing of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from elasticsearch_dsl import A, Q, Search
from elasticsearch_dsl.query import Query as Condition

from search.engine import Query
from search.grammar import Clause, Match, Plan, Term

FIELDS = ["title^5", "summary^2", "body"]
SINGLE_FIELDS = ["title.one^5", "summary.one^2", "body.one"]
SINGLE_WEIGHT = 0.2
PART_WEIGHT = 0.5
FACET_SIZE = 200
Filters = Mapping[str, Sequence[str]]


def request(query: Query, plan: Plan, filters: Filters, *, relaxed: bool = False) -> Search:
    """Return the search. Who may read is a filter of the query itself, so counts and facets obey it too."""
    text = _relaxed(plan) if relaxed else [_term(term) for term in plan.must]
    found = Search().query(
        "bool",
        must=text,
        must_not=[_term(term) for term in plan.must_not],
        filter=[Q("terms", access=sorted(query.access)), *_period(query)],
    )
    chosen = {facet: Q("terms", **{facet: list(values)}) for facet, values in filters.items() if values}
    if chosen:
        found = found.post_filter("bool", filter=list(chosen.values()))
    for facet in query.facets:
        others = [condition for name, condition in chosen.items() if name != facet]
        counted = A("filter", bool={"filter": [condition.to_dict() for condition in others]})
        counted.bucket(
            "values", "terms", field=facet, size=FACET_SIZE, order=[{"_count": "desc"}, {"_key": "asc"}]
        )
        found.aggs.bucket(facet, counted)
    has_text = bool(plan.must) or relaxed
    return found.sort(*_order(query, has_text=has_text))[query.offset : query.offset + query.limit]


def similar(query: Query, index: str, key: str, filters: Filters) -> Search:
    """Return the search for what shares its rarest words with one document."""
    like = Q(
        "more_like_this",
        fields=["title", "summary", "body"],
        like={"_index": index, "_id": key},
        min_term_freq=1,
        min_doc_freq=2,
        max_query_terms=20,
        minimum_should_match="10%",
    )
    chosen = [Q("terms", **{facet: list(values)}) for facet, values in filters.items() if values]
    conditions = [Q("terms", access=sorted(query.access)), *_period(query), *chosen]
    return Search().query("bool", must=[like], filter=conditions)[query.offset : query.offset + query.limit]


def counting(plans: Sequence[Plan], access: frozenset[str]) -> Search:
    """Return the search that counts, in one go, how many documents answer each plan."""
    asked = {
        str(place): Q("bool", must=[_term(term) for term in plan.must]) for place, plan in enumerate(plans)
    }
    found = Search().query("bool", filter=[Q("terms", access=sorted(access))])[0:0]
    found.aggs.bucket("held", A("filters", filters=asked))
    return found


def _term(term: Term) -> Condition:
    wordings = [Q("bool", must=[_clause(clause) for clause in wording]) for wording in term.wordings]
    return Q("bool", should=wordings, minimum_should_match=1)


def _clause(clause: Clause) -> Condition:
    if clause.match is Match.ONE:
        return _phrase(clause.tokens, SINGLE_FIELDS)
    whole = _phrase(clause.tokens, FIELDS)
    if clause.match is Match.PART:
        part = Q("constant_score", filter=Q("prefix", pieces=clause.tokens[0]), boost=PART_WEIGHT)
        return Q("bool", should=[whole, part], minimum_should_match=1)
    return whole


def _phrase(tokens: Sequence[str], fields: list[str]) -> Condition:
    return Q("multi_match", type="phrase", query=" ".join(tokens), fields=fields, analyzer="whitespace")


def _relaxed(plan: Plan) -> list[Condition]:
    """Any of the pairs; single characters help a little to tell the better hits apart."""
    singles = dict.fromkeys(char for word in plan.words for char in (word if len(word) == 2 else ()))
    pairs = Q(
        "multi_match", type="most_fields", query=" ".join(plan.words), fields=FIELDS, analyzer="whitespace"
    )
    ones = Q(
        "multi_match",
        type="most_fields",
        query=" ".join(singles),
        fields=SINGLE_FIELDS,
        analyzer="whitespace",
        boost=SINGLE_WEIGHT,
    )
    return [Q("bool", must=[pairs], should=[ones] if singles else [])]


def _period(query: Query) -> list[Condition]:
    bounds = {"gte": query.date_from, "lte": query.date_to}
    given = {name: day.isoformat() for name, day in bounds.items() if day}
    return [Q("range", date=given)] if given else []


def _order(query: Query, *, has_text: bool) -> list[Any]:
    newest = [{"date": {"order": "desc", "missing": "_last"}}, {"version": "desc"}]
    if query.sort == "oldest":
        return [{"date": {"order": "asc", "missing": "_last"}}, {"version": "asc"}]
    return ["_score", *newest] if query.sort == "relevance" and has_text else newest
