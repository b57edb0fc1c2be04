"""Each name is given once."""

import pytest

from tests.factories.forms import one_step, question
from tests.forms.definitions.checks.base import COLOURS, found, found_in, roster

pytestmark = pytest.mark.django_db
NOTE = {"type": "note", "name": "a", "label": "说明"}
MATRIX = question("matrix", "m", list="colours", rows=[{"name": "a", "label": "行"}])


@pytest.mark.parametrize("second", [question("date", "a"), NOTE, roster("a", question("text", "b")), MATRIX])
def test_a_name_is_not_given_twice(second):
    (fault,) = found(question("text", "a"), second, check="name-twice", lists={"colours": COLOURS})
    assert fault.is_error
    assert fault.question == "a"
    assert "题目“题目a”" in fault.message


def test_a_name_within_a_roster_is_not_given_again():
    assert found(question("text", "a"), roster("r", question("text", "a")), check="name-twice")


def test_a_score_does_not_take_a_questions_name():
    score = {"name": "a", "label": "总分", "expression": "1"}
    assert found(question("text", "a"), scores=[score], check="name-twice")


def test_two_steps_do_not_share_a_name():
    content = one_step(question("text", "a"))
    content["steps"].append({"name": "first", "title": "第二步", "items": [question("text", "b")]})
    (fault,) = found_in(content, check="name-twice")
    assert fault.path == ("steps", 1)


def test_a_list_may_have_a_questions_name():
    assert not found(question("choice", "a", list="a"), lists={"a": COLOURS}, check="name-twice")


def test_names_that_differ_in_case_alone_are_doubtful():
    (fault,) = found(question("text", "age"), question("text", "Age"), check="name-alike")
    assert not fault.is_error


def test_a_reserved_name_is_refused():
    assert found(question("text", "meta"), check="name-reserved")
