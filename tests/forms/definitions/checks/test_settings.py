"""Settings that contradict each other."""

import pytest

from tests.factories.forms import question
from tests.forms.definitions.checks.base import COLOURS, found, roster

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "broken",
    [
        question("integer", "a", minimum=5, maximum=4),
        question("decimal", "a", minimum="1.5", maximum="1.4"),
        question("date", "a", minimum="2026-02-01", maximum="2026-01-01"),
        question("choices", "a", list="colours", minimum=2, maximum=1),
        roster("a", question("text", "b"), minimum=5, maximum=4),
    ],
)
def test_limits_do_not_cross(broken):
    (fault,) = found(broken, lists={"colours": COLOURS}, check="limits-crossed")
    assert fault.is_error


def test_no_more_choices_are_asked_than_there_are():
    asked = question("choices", "a", list="colours", minimum=3)
    assert found(asked, lists={"colours": COLOURS}, check="limits-too-high")


def test_a_limit_is_a_day_of_the_calendar():
    assert found(question("date", "a", minimum="2026-02-30"), check="no-such-day")


def test_what_nobody_can_write_is_not_required():
    assert found(question("text", "a", required=True, read_only=True), check="required-read-only")
    assert not found(
        question("text", "a", required=True, read_only=True, default="x"), check="required-read-only"
    )


def test_what_is_never_asked_is_not_required():
    assert found(question("calculation", "a", calculation="1", required=True), check="required-unasked")


@pytest.mark.parametrize(
    ("kind", "default", "more"),
    [
        ("integer", "several", {}),
        ("integer", "7", {"maximum": 6}),
        ("date", "2026-02-30", {}),
        ("choice", "green", {"list": "colours"}),
        ("choices", "red green", {"list": "colours"}),
        ("yes_no", "perhaps", {}),
        ("file", "x", {}),
        ("text", "long", {"max_length": 2}),
    ],
)
def test_a_default_that_the_question_would_refuse(kind, default, more):
    (fault,) = found(
        question(kind, "a", default=default, **more), lists={"colours": COLOURS}, check="default-unfit"
    )
    assert fault.setting == "default"


@pytest.mark.parametrize(
    ("kind", "default", "more"),
    [("integer", "6", {"maximum": 6}), ("choice", "red", {"list": "colours"}), ("date", "=today()", {})],
)
def test_a_default_that_fits(kind, default, more):
    asked = question(kind, "a", default=default, **more)
    assert not found(asked, lists={"colours": COLOURS}, check="default-unfit")


def test_a_pattern_with_a_mistake():
    assert found(question("text", "a", pattern="([0-9"), check="pattern-unfit")


def test_a_condition_explains_itself():
    assert found(question("text", "a", constraint=". != ''"), check="condition-unexplained")


def test_a_score_is_of_questions_that_bring_points():
    score = {"name": "s", "label": "总分", "of": ["a"]}
    assert found(question("text", "a"), scores=[score], check="score-of-nothing")


def test_bands_rise():
    score = {
        "name": "s",
        "label": "总分",
        "expression": "1",
        "bands": [{"at_least": 60, "label": "合格"}, {"at_least": 0, "label": "不合格"}],
    }
    assert found(question("text", "a"), scores=[score], check="bands-disordered")


def test_an_empty_step_and_a_form_that_asks_nothing():
    assert found(check="step-empty")
    (doubt,) = found({"type": "note", "name": "n", "label": "说明"}, check="asks-nothing")
    assert not doubt.is_error


def test_a_slider_has_both_ends():
    whole = question("integer", "a", minimum=0, maximum=9, appearance="slider")
    assert not found(whole, check="slider-without-ends")
    (fault,) = found({**whole, "maximum": None}, check="slider-without-ends")
    assert not fault.is_error
