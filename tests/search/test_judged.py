"""Sixty judged questions on the demo content, as people at a bureau ask: MRR@10 of at least 0.95 on both engines."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.db import transaction

from cms.demo.load import load_demo
from search.engine import Query
from search.sources import all_documents

pytestmark = pytest.mark.django_db
QUESTIONS = json.loads(
    Path(__file__).with_name("judged").joinpath("demo-60.json").read_text(encoding="utf-8")
)
LEAST = 0.95
BUREAU = frozenset({"public", "bureau"})


@pytest.fixture(scope="module")
def documents(django_db_setup, django_db_blocker):
    """The demo content as documents; the database is as it was afterwards."""
    with django_db_blocker.unblock():
        try:
            with transaction.atomic():
                load_demo(StringIO())
                found = list(all_documents(1))
                raise _TakeBackError
        except _TakeBackError:
            return found


class _TakeBackError(Exception):
    pass


def test_people_find_what_they_mean(documents, engine):
    titles = {document.title for document in documents}
    assert {title for _question, wanted in QUESTIONS for title in wanted} <= titles
    with engine.rebuild() as fresh:
        fresh.add(documents)
        fresh.commit()
    engine.refresh()
    ranks = {question: _rank(engine, question, set(wanted)) for question, wanted in QUESTIONS}
    mean = sum(1 / rank if rank else 0 for rank in ranks.values()) / len(ranks)
    assert len(ranks) == 60
    assert mean >= LEAST, {question: rank for question, rank in ranks.items() if rank != 1}


def _rank(engine, question: str, wanted: set[str]) -> int:
    hits = engine.search(Query(question, limit=10, access=BUREAU)).hits
    return next((place for place, hit in enumerate(hits, 1) if hit.title in wanted), 0)
