"""Expressions are read, fit what they speak of, and do not wait for themselves."""

import pytest

from tests.factories.forms import question
from tests.forms.definitions.checks.base import COLOURS, found, found_in, roster

pytestmark = pytest.mark.django_db


def test_an_expression_that_cannot_be_read_names_its_place():
    (fault,) = found(question("integer", "a", constraint=". > and 3"), check="expression-unreadable")
    assert fault.question == "a"
    assert fault.setting == "constraint"
    assert "5" in fault.message


def test_an_unknown_name_is_an_error_that_names_the_nearest():
    (fault,) = found(
        question("integer", "mother"),
        question("text", "b", relevant="${mothr} > 3"),
        check="expression-mistaken",
    )
    assert fault.is_error
    assert "${mother}" in fault.message


def test_an_answer_of_a_roster_is_not_taken_for_one_answer():
    (fault,) = found(
        roster("people", question("integer", "income")),
        question("text", "b", relevant="${income} > 3"),
        check="expression-mistaken",
    )
    assert fault.question == "b"


def test_a_question_of_the_same_item_is_one_answer():
    inner = (question("integer", "income"), question("text", "b", relevant="${income} > 3"))
    assert not found(roster("people", *inner), check="expression-mistaken")


def test_a_date_that_is_compared_with_a_text_is_doubtful():
    (fault,) = found(question("date", "a", constraint=". > '2026-01-01'"), check="expression-doubtful")
    assert not fault.is_error
    assert "date('2026-01-01')" in fault.message


def test_a_choice_that_the_list_has_not_is_doubtful():
    assert found(
        question("choice", "a", list="colours"),
        question("text", "b", relevant="${a} = 'green'"),
        check="expression-doubtful",
        lists={"colours": COLOURS},
    )


def test_a_circle_is_told_by_its_questions():
    (fault,) = found(
        {**question("calculation", "a"), "calculation": "${b} + 1"},
        {**question("calculation", "b"), "calculation": "${a} + 1"},
        check="expression-circle",
    )
    assert "题目a" in fault.message
    assert "题目b" in fault.message


def test_a_step_that_waits_for_its_own_question_is_a_circle():
    content = {
        "title": "试验",
        "steps": [
            {"name": "s", "title": "第一步", "relevant": "${a} = 1", "items": [question("integer", "a")]}
        ],
    }
    assert found_in(content, check="expression-circle")


def test_a_step_that_no_answer_brings_up_is_an_error():
    steps = [
        {"name": "one", "title": "第一步", "items": [question("integer", "a")]},
        {"name": "two", "title": "第二步", "relevant": "1 = 2", "items": [question("integer", "b")]},
    ]
    (fault,) = found_in({"title": "试验", "steps": steps}, check="never-reached")
    assert fault.is_error


def test_a_step_that_looks_at_later_answers_only_is_doubtful():
    steps = [
        {"name": "one", "title": "第一步", "relevant": "${b} = 1", "items": [question("integer", "a")]},
        {"name": "two", "title": "第二步", "items": [question("integer", "b")]},
    ]
    (fault,) = found_in({"title": "试验", "steps": steps}, check="asked-too-late")
    assert not fault.is_error


def test_a_condition_on_the_clock_is_not_called_unreachable():
    assert not found(question("text", "a", relevant="today() > date('2030-01-01')"), check="never-reached")


def test_expressions_that_are_right_pass():
    items = (
        question("integer", "a", constraint=". >= 0 and . < 150"),
        question("date", "d", constraint=". <= today()"),
        question("choices", "m", list="colours"),
        question("text", "b", relevant="selected(${m}, 'red') and ${a} > 3"),
        roster("r", question("integer", "x"), count="${a}"),
        {**question("calculation", "sum"), "calculation": "sum(${x}) + count(${r})"},
    )
    for name in ("expression-unreadable", "expression-mistaken", "expression-doubtful", "expression-circle"):
        assert not found(*items, check=name, lists={"colours": COLOURS})
