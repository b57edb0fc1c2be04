"""Evaluating: bounded, never failing but with our own error, and the same in the order of evaluation."""

import time

import pytest
from hypothesis import given, settings

from forms.expressions import (
    Answers,
    EvaluationError,
    ExpressionError,
    Moment,
    Outline,
    Place,
    Question,
    evaluate,
    parse,
    settle,
    stored,
)
from forms.expressions.functions import FUNCTIONS, LAZY
from forms.expressions.signatures import SIGNATURES

from .strategies import trees
from .table import NOW, answers_for

ROSTER = Outline([Question("r", "roster"), Question("x", "integer", "r"), Question("t")])


@given(trees)
@settings(deadline=None)
def test_random_expressions_give_a_value_or_our_error(tree):
    started = time.perf_counter()
    try:
        value = evaluate(tree, answers_for(answer_set="family"), Place("who"))
    except ExpressionError:
        return
    assert isinstance(value, (str, float, bool, Moment))
    assert isinstance(stored(value), str)
    assert time.perf_counter() - started < 2


def test_every_function_of_the_table_of_signatures_exists():
    assert set(FUNCTIONS) | set(LAZY) == set(SIGNATURES)


def test_an_error_names_the_function_that_failed():
    answers = Answers(ROSTER, {"t": "soon"}, NOW)
    with pytest.raises(EvaluationError) as caught:
        evaluate(parse("1 + date(${t})"), answers)
    assert caught.value.at == 4
    assert "soon" in caught.value.in_words(str)


def test_an_unknown_question_is_an_error_that_names_it():
    with pytest.raises(EvaluationError, match="no question named missing"):
        evaluate(parse("${missing} + 1"), Answers(ROSTER, {}, NOW))


def test_work_is_bounded_when_conditions_multiply():
    answers = Answers(ROSTER, {"r": [{"x": n} for n in range(400)]}, NOW)
    started = time.perf_counter()
    with pytest.raises(EvaluationError, match="too long"):
        evaluate(parse("count(${r}[count(../r[x > 1][x > 2]) > 1])"), answers)
    assert time.perf_counter() - started < 5


def test_a_text_that_grows_too_long_is_an_error():
    answers = Answers(ROSTER, {"t": "很" * 60_000}, NOW)
    with pytest.raises(EvaluationError, match="longer than"):
        evaluate(parse("concat(${t}, ${t})"), answers)


def test_a_long_separator_is_not_multiplied_first():
    answers = Answers(ROSTER, {"t": "-" * 90_000, "r": [{"x": 1}] * 9_000}, NOW)
    started = time.perf_counter()
    with pytest.raises(EvaluationError, match="longer than"):
        evaluate(parse("join(${t}, ${x})"), answers)
    assert time.perf_counter() - started < 2


def test_a_hidden_roster_item_hides_what_is_inside():
    answers = Answers(ROSTER, {"r": [{"x": 1}, {"x": 2}]}, NOW, hidden={Place("r", (2,))})
    assert evaluate(parse("sum(${x})"), answers) == 1
    assert evaluate(parse("count(${r})"), answers) == 1


def test_a_calculation_is_seen_by_the_next_one():
    answers = Answers(ROSTER, {}, NOW)
    answers.set(Place("t"), settle(evaluate(parse("1 + 1"), answers)))
    assert evaluate(parse("${t} * 3"), answers) == 6


def test_an_empty_roster_counts_zero_and_sums_to_zero():
    assert evaluate(parse("count(${r}) + sum(${x})"), Answers(ROSTER, {}, NOW)) == 0


def test_a_choice_filter_sees_the_columns_of_the_row():
    answers = Answers(ROSTER, {"t": "云南"}, NOW)
    tree = parse("province = ${t}", columns=True)
    rows = [{"name": "km", "province": "云南"}, {"name": "cd", "province": "四川"}]
    assert [row["name"] for row in rows if evaluate(tree, answers, Place("t"), row) is True] == ["km"]


def test_a_number_as_json_and_as_text_are_the_same_answer():
    for answer in (3, "3", 3.0):
        answers = Answers(Outline([Question("n", "integer")]), {"n": answer}, NOW)
        assert evaluate(parse("${n} + 1"), answers) == 4
