"""Labels are there and show what exists."""

import pytest

from tests.factories.forms import question
from tests.forms.definitions.checks.base import found, roster

pytestmark = pytest.mark.django_db


def note(text):
    return {"type": "note", "name": "n", "label": text}


def test_a_question_without_text():
    assert found({"type": "text", "name": "a", "label": ""}, check="label-missing")


def test_a_hidden_value_needs_no_text():
    assert not found({"type": "hidden", "name": "a"}, check="label-missing")


def test_a_name_that_nothing_has():
    (fault,) = found(question("text", "mother"), note("您好，${mothr}"), check="label-unknown-name")
    assert "mothr" in fault.message
    assert "${mother}" in fault.advice


def test_the_text_of_a_question_in_place_of_its_name():
    (fault,) = found(question("text", "a"), note("${题目a}"), check="label-unknown-name")
    assert "${a}" in fault.advice


def test_one_of_many_is_not_shown_outside():
    inner = roster("r", question("text", "a"), {**note("${a}"), "name": "inside"})
    (fault,) = found(inner, note("${a}"), check="label-one-of-many")
    assert fault.question == "n"


def test_items_that_look_alike_are_doubtful():
    assert found(roster("r", question("text", "a")), check="item-label-missing")
    assert not found(roster("r", question("text", "a"), item_label="${a}"), check="item-label-missing")
