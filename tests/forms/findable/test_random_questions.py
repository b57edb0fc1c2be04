"""Random questions show nothing outside the reader's scope. `--leak-questions 5000` asks as many of each role."""

import random

import pytest

from tests.forms.findable.leaks import faults_of, fill, readers

pytestmark = pytest.mark.django_db


def test_random_questions_show_nothing_outside_the_readers_scope(index, people, request):
    questions = request.config.getoption("--leak-questions")
    fill(people, random.Random(1))
    index.refresh()
    faults, asked = faults_of(index, people, questions, seed=1)
    assert asked == questions * len(list(readers(people)))
    assert faults[:20] == []


def test_the_judge_sees_a_leak(index, people, monkeypatch):
    fill(people, random.Random(2))
    index.refresh()
    monkeypatch.setattr(
        "tests.forms.findable.leaks.tokens_of_reader", lambda _user: frozenset({"public", "bureau"})
    )
    faults, _asked = faults_of(index, people, 20, seed=2)
    for told in ("is found", "offers"):
        assert any(told in fault for fault in faults), told
