"""Sensitive answers have a purpose and are shown to nobody else."""

import pytest

from tests.factories.forms import question
from tests.forms.definitions.checks.base import found, roster

pytestmark = pytest.mark.django_db
SECRET = question("text", "illness", sensitive=True, purpose="安排照顾")


def test_a_sensitive_question_says_why_it_asks():
    (fault,) = found(question("text", "a", sensitive=True, purpose=""), check="purpose-missing")
    assert fault.is_error
    assert not found(SECRET, check="purpose-missing")


def test_an_id_number_that_is_not_marked_is_doubtful():
    (fault,) = found(question("id_number", "a"), check="not-sensitive")
    assert not fault.is_error


def test_a_sensitive_answer_is_not_searched():
    assert found({**SECRET, "searchable": True}, check="sensitive-searchable")


def test_a_summary_shows_no_sensitive_answer():
    (fault,) = found(SECRET, summary="${illness}", check="sensitive-shown")
    assert fault.setting == "summary"


def test_a_list_of_items_shows_no_sensitive_answer():
    (fault,) = found(roster("r", SECRET, item_label="${illness}"), check="sensitive-shown")
    assert fault.question == "r"


def test_a_note_shows_it_to_whoever_fills_in_but_not_in_a_public_form():
    note = {"type": "note", "name": "n", "label": "您写了${illness}"}
    assert not found(SECRET, note, check="sensitive-shown")
    assert found(SECRET, note, check="sensitive-shown", public=True)
