"""Wagtail's search as the site does it: substrings of folded text, whatever the writing, in the queryset it is given.

Everything in Wagtail that searches comes here: the admin's page search, lists and choosers, `?search=` of the APIs.
The rights of the queryset hold, since the match is one more condition on it. See docs/adr/0082.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from functools import cached_property, reduce
from operator import and_, or_
from typing import Any

from django.db.models import Case, Count, F, FloatField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, StrIndex
from django.db.models.lookups import Exact, GreaterThan
from modelsearch.backends.base import (
    BaseIndex,
    BaseSearchBackend,
    BaseSearchQueryCompiler,
    BaseSearchResults,
    FilterFieldError,
    SearchFieldError,
)
from wagtail.search.query import And, Boost, Fuzzy, MatchAll, Not, Or, Phrase, PlainText

from cms.findable.folded import drop_folded, folded, holds, keep_folded, root_type
from cms.findable.models import FoldedText

MAX_TERMS = 12
#: What a word in the title counts for, beside at most 1 for its place in the text.
IN_TITLE, TITLE_BEGINS, TITLE_IS = 10.0, 5.0, 20.0
#: Characters from the beginning of a text after which a word counts for half.
EARLY = 200.0
NOTHING = Q(pk__in=())


class Compiler(BaseSearchQueryCompiler):
    """A question as a condition on rows of `FoldedText`. All words must be there, unless it says otherwise."""

    DEFAULT_OPERATOR = "and"
    HANDLES_ORDER_BY_EXPRESSIONS = True
    #: Whether newer drafts of pages are looked through as well.
    drafts = False

    @cached_property
    def counted(self) -> dict[tuple[int, int | None], int]:
        """How many there are in a window of the results; every slice of them asks again."""
        return {}

    def check(self) -> None:
        """Refuse fields that are no search fields. Any filter and any order of the queryset will do."""
        known = {field.field_name for field in self.queryset.model.get_searchable_search_fields()}
        for name in self.fields or ():
            if name not in known:
                raise SearchFieldError(f"Cannot search with field “{name}”.", field_name=name)

    @property
    def columns(self) -> tuple[str, ...]:
        if self.fields and set(self.fields) == {"title"}:
            return ("title",)
        return ("title", "text", *(("draft",) if self.drafts else ()))

    def matching(self) -> QuerySet[FoldedText]:
        """Return the rows that match, of the queryset's model."""
        rows = FoldedText.objects.filter(content_type=root_type(self.queryset.model))
        return rows.filter(self.condition(self.query))

    def condition(self, query: Any) -> Q:
        """Return what a row must hold."""
        match query:
            case MatchAll():
                return Q()
            case Boost():
                return self.condition(query.subquery)
            case Not():
                inner = self.condition(query.subquery)
                return ~inner if inner else NOTHING
            case And():
                return reduce(and_, map(self.condition, query.subqueries), Q())
            case Or():
                return reduce(or_, map(self.condition, query.subqueries), NOTHING)
            case Phrase():
                return self._holds(folded(query.query_string))
            case PlainText() | Fuzzy():
                held = [self._holds(term) for term in terms_of(query.query_string)]
                return reduce(or_ if query.operator == "or" else and_, held) if held else NOTHING
        raise NotImplementedError(type(query).__name__)

    def _holds(self, term: str) -> Q:
        # Latin letters may be the sound of a title: liushou, lset.
        sounds = term.isascii() and term.isalnum() and len(term) > 1
        found = holds(term, *self.columns)
        return found | holds(f" {term}", "sounds") if sounds else found

    def rank(self) -> Any:
        """Return how well a row answers, as an expression."""
        parts = [_rank_of(term) for term in dict.fromkeys(positive_terms(self.query))]
        return reduce(lambda left, right: left + right, parts) if parts else Value(0.0)


class DraftCompiler(Compiler):
    """The admin's question: drafts too. Wagtail asks it as "autocomplete"."""

    drafts = True


class Results(BaseSearchResults):
    """What was found, asked of the database when it is needed; ordered as the queryset is, or by rank."""

    supports_facet = True

    def queryset(self) -> QuerySet[Any]:
        """Return the queryset, cut down to what matches."""
        compiler = self.query_compiler
        if isinstance(compiler.query, MatchAll):
            return compiler.queryset
        return compiler.queryset.filter(pk__in=compiler.matching().values("object_id"))

    def _do_search(self) -> Iterable[Any]:
        compiler, found = self.query_compiler, self.queryset()
        ranked = compiler.order_by_relevance and not isinstance(compiler.query, MatchAll)
        if ranked or self._score_field:
            row = FoldedText.objects.filter(content_type=root_type(found.model), object_id=OuterRef("pk"))
            rank = Subquery(row.annotate(rank=compiler.rank()).values("rank")[:1], output_field=FloatField())
            found = found.annotate(**{self._score_field: rank}) if self._score_field else found
            found = found.order_by(rank.desc(), "-pk") if ranked else found
        elif not found.query.order_by:
            found = found.order_by("-pk")
        return found[self.start : self.stop].iterator(2_000)

    def _do_count(self) -> int:
        counted, window = self.query_compiler.counted, (self.start, self.stop)
        if window not in counted:
            counted[window] = self.queryset()[self.start : self.stop].count()
        return counted[window]

    def facet(self, field_name: str) -> OrderedDict[Any, int]:
        """Return how many there are of each value, most first. Raises FilterFieldError for no FilterField."""
        if self.query_compiler._get_filterable_field(field_name) is None:
            raise FilterFieldError(f"Cannot count by “{field_name}”.", field_name=field_name)
        rows = self.queryset().order_by().values(field_name).annotate(found=Count("pk")).order_by("-found")
        return OrderedDict((row[field_name], row["found"]) for row in rows[self.start : self.stop])


class Index(BaseIndex):
    """Lets Wagtail write rows by itself, as after tags changed; saving a thing writes its row anyway."""

    def add_items(self, model: Any, items: Iterable[Any]) -> None:
        keep_folded(items)

    def delete_item(self, item: Any) -> None:
        drop_folded(item)


class Rebuilder:
    """`manage.py update_index`: rows are written over, so that a search finds all the while."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def start(self) -> Index:
        return self.index

    def finish(self) -> None:
        """Rows of things that are gone do no harm: no queryset has those things."""


class FoldedBackend(BaseSearchBackend):
    """See the module."""

    query_compiler_class = Compiler
    autocomplete_query_compiler_class = DraftCompiler
    index_class = Index
    results_class = Results
    rebuilder_class = Rebuilder


SearchBackend = FoldedBackend


def terms_of(text: str) -> list[str]:
    """Return the folded words of a question."""
    return [term for word in text.split()[:MAX_TERMS] if (term := folded(word))]


def positive_terms(query: Any) -> Iterator[str]:
    """Give the words that a question asks for, those it excludes left out."""
    match query:
        case PlainText() | Fuzzy():
            yield from terms_of(query.query_string)
        case Phrase():
            yield folded(query.query_string)
        case Boost():
            yield from positive_terms(query.subquery)
        case And() | Or():
            for one in query.subqueries:
                yield from positive_terms(one)


def _rank_of(term: str) -> Any:
    """Return what one word counts for: its place in the title, and how early the text has it, at most 1.

    How often it is there would cost three times as much as finding it: every text would be read to its end.
    """
    place = StrIndex(F("text"), Value(term))
    early = Case(
        When(GreaterThan(place, 0), then=Value(EARLY) / (Value(EARLY) + Cast(place, FloatField()))),
        default=Value(0.0),
        output_field=FloatField(),
    )
    title = Case(
        When(Exact(F("title"), Value(term)), then=Value(IN_TITLE + TITLE_BEGINS + TITLE_IS)),
        When(Exact(StrIndex(F("title"), Value(term)), 1), then=Value(IN_TITLE + TITLE_BEGINS)),
        When(holds(term, "title"), then=Value(IN_TITLE)),
        default=Value(0.0),
        output_field=FloatField(),
    )
    return title + early
