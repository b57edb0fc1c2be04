"""Lists of choices: there, filled, used, without doubles, with points where they count."""

import pytest

from forms.codes.models import CodeList
from tests.factories.forms import question
from tests.forms.definitions.checks.base import COLOURS, found

pytestmark = pytest.mark.django_db
ASK = question("choice", "a", list="colours")


def choices(*rows):
    keys = ("value", "label", "score")
    return {"choices": [dict(zip(keys, row, strict=False)) for row in rows]}


def test_a_list_that_is_not_there():
    (fault,) = found(ASK, check="list-unknown")
    assert (fault.question, fault.setting) == ("a", "list")


def test_a_list_that_nobody_uses_is_doubtful():
    (fault,) = found(question("text", "a"), lists={"colours": COLOURS}, check="list-unused")
    assert not fault.is_error
    assert fault.question == "colours"
    assert not found(ASK, lists={"colours": COLOURS}, check="list-unused")


def test_a_list_without_choices():
    assert found(ASK, lists={"colours": {}}, check="list-empty")


def test_a_code_list_that_the_site_does_not_have():
    assert found(ASK, lists={"colours": {"codes": "schools"}}, check="codes-unknown")
    CodeList.objects.create(name="schools", title="学校")
    assert not found(ASK, lists={"colours": {"codes": "schools"}}, check="codes-unknown")


def test_a_value_twice():
    (fault,) = found(ASK, lists={"colours": choices(("r", "红"), ("r", "绿"))}, check="choice-twice")
    assert "“r”" in fault.message


def test_a_label_twice_is_doubtful():
    (fault,) = found(ASK, lists={"colours": choices(("r", "红"), ("g", "红"))}, check="choice-label-twice")
    assert not fault.is_error


def test_a_choice_without_text():
    assert found(ASK, lists={"colours": choices(("r", "红"), ("g", ""))}, check="choice-unlabelled")


def test_one_choice_is_none():
    assert found(ASK, lists={"colours": choices(("r", "红"))}, check="list-short")


def test_a_scored_question_without_points():
    scored = question("scored", "a", list="colours")
    (fault,) = found(scored, lists={"colours": COLOURS}, check="points-missing")
    assert fault.is_error
    (fault,) = found(scored, lists={"colours": choices(("r", "红", 5), ("g", "绿"))}, check="points-missing")
    assert not fault.is_error
    assert "绿" in fault.message
    assert not found(
        scored, lists={"colours": choices(("r", "红", 5), ("g", "绿", 0))}, check="points-missing"
    )


def test_a_code_list_is_not_ranked():
    CodeList.objects.create(name="schools", title="学校")
    ranking = question("ranking", "a", list="colours")
    assert found(ranking, lists={"colours": {"codes": "schools"}}, check="ranking-codes")
