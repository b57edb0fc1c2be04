"""The path, the values and the errors follow from the answers alone."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from forms.answers.answers import Answers
from forms.definitions.document import Document
from forms.run.compiled import compiled
from forms.run.defaults import set_defaults
from forms.run.engine import run
from forms.run.outcome import Outcome
from tests.factories.forms import one_step, question

NOW = datetime(2026, 9, 1, 4, tzinfo=UTC)


def outcome(content: dict, plain: dict | None = None) -> Outcome:
    form = compiled(Document.model_validate(content))
    return run(form, Answers.from_plain(plain or {}, form.roster_names), NOW)


def roster(name: str, *items: dict, **more) -> dict:
    return {"type": "roster", "name": name, "label": f"名册{name}", "items": list(items), **more}


def two_steps(condition: str) -> dict:
    second = {
        "name": "second",
        "title": "第二步",
        "relevant": condition,
        "items": [question("text", "why", required=True)],
    }
    return {
        "title": "试验",
        "steps": [{"name": "first", "title": "第一步", "items": [question("integer", "age")]}, second],
    }


def test_a_step_is_on_the_path_when_its_condition_holds():
    assert outcome(two_steps("${age} > 6"), {"age": 7}).path == ("first", "second")


def test_a_step_off_the_path_has_no_errors():
    assert outcome(two_steps("${age} > 6"), {"age": 6}).complete


def test_an_answer_off_the_path_is_kept_and_does_not_count():
    done = outcome(two_steps("${age} > 6"), {"age": 6, "why": "旧答案"})
    assert done.answers.get("why") == "旧答案"
    assert ("", "why") not in done.values


def test_an_answer_off_the_path_is_empty_to_expressions():
    content = two_steps("${age} > 6")
    content["steps"][0]["items"].append(question("calculation", "seen", calculation="string-length(${why})"))
    assert outcome(content, {"age": 6, "why": "三个字"}).calculated["", "seen"] == "0"


def test_a_step_with_nothing_to_see_is_left_out():
    content = two_steps("")
    content["steps"][1]["items"][0]["relevant"] = "${age} > 6"
    assert outcome(content, {"age": 1}).path == ("first",)


def test_a_question_within_a_hidden_roster_is_not_asked():
    content = one_step(
        question("integer", "n"), roster("g", question("text", "x", required=True), relevant="${n} = 1")
    )
    assert outcome(content, {"n": 2, "g": [{}]}).complete


def test_a_condition_in_a_roster_looks_at_its_own_item():
    content = one_step(
        roster(
            "g", question("integer", "age"), question("text", "school", relevant="${age} >= 6", required=True)
        )
    )
    done = outcome(content, {"g": [{"age": 5}, {"age": 6}]})
    assert list(done.errors) == [("g.2.", "school")]


def test_a_sum_over_a_roster_counts_every_item():
    content = one_step(
        roster("g", question("integer", "x")), question("calculation", "all", calculation="sum(${x})")
    )
    assert outcome(content, {"g": [{"x": 40}, {"x": 2}]}).calculated["", "all"] == "42"


def test_an_inner_roster_is_checked_in_each_outer_item():
    content = one_step(roster("g", roster("p", question("phone", "tel"))))
    done = outcome(content, {"g": [{"p": [{"tel": "13812345678"}]}, {"p": [{"tel": "1"}]}]})
    assert list(done.errors) == [("g.2.p.1.", "tel")]


def test_a_count_adds_the_items_that_are_missing():
    content = one_step(question("integer", "n"), roster("g", question("text", "x"), count="${n}"))
    assert len(outcome(content, {"n": 3, "g": [{"x": "一"}]}).items("g")) == 3


def test_items_beyond_the_count_are_kept_and_do_not_count():
    content = one_step(
        question("integer", "n"),
        roster("g", question("integer", "x"), count="${n}"),
        question("calculation", "all", calculation="sum(${x})"),
    )
    done = outcome(content, {"n": 1, "g": [{"x": 1}, {"x": 2}]})
    assert done.calculated["", "all"] == "1"
    assert len(done.answers.items("g")) == 2


def test_a_roster_with_too_few_items_says_so():
    content = one_step(roster("g", question("text", "x"), minimum=1))
    assert ("", "g") in outcome(content).errors


@pytest.mark.parametrize("answer", [None, {"raw": "十二"}])
def test_a_required_question_needs_an_answer_that_can_be_read(answer):
    assert not outcome(one_step(question("integer", "x", required=True)), {"x": answer}).complete


def test_required_may_depend_on_another_answer():
    content = one_step(question("yes_no", "a"), question("text", "b", required="${a} = 'yes'"))
    assert not outcome(content, {"a": "yes"}).complete
    assert outcome(content, {"a": "no"}).complete


def test_a_constraint_speaks_with_its_own_message():
    content = one_step(question("integer", "x", constraint=". < 100", constraint_message="不会超过${x}吧"))
    assert outcome(content, {"x": 200}).errors["", "x"] == ["不会超过200吧"]


def test_an_empty_answer_meets_every_constraint():
    assert outcome(one_step(question("integer", "x", constraint=". < 100"))).complete


def test_a_matrix_row_is_seen_by_its_name():
    lists = {"scale": {"choices": [{"value": "1", "label": "差"}, {"value": "5", "label": "好"}]}}
    matrix = question(
        "matrix",
        "m",
        list="scale",
        rows=[{"name": "study", "label": "学习"}, {"name": "life", "label": "生活"}],
    )
    content = one_step(matrix, question("text", "why", relevant="${study} = '1'", required=True), lists=lists)
    assert not outcome(content, {"m": {"study": "1"}}).complete
    assert outcome(content, {"m": {"study": "5"}}).complete


def test_a_choice_that_the_filter_holds_back_is_an_error():
    choices = [
        {"value": "a", "label": "甲", "extra": {"of": "1"}},
        {"value": "b", "label": "乙", "extra": {"of": "2"}},
    ]
    content = one_step(
        question("text", "of"),
        question("choice", "x", list="l", choice_filter="of = ${of}"),
        lists={"l": {"choices": choices}},
    )
    assert not outcome(content, {"of": "1", "x": "b"}).complete
    assert [
        c.value
        for c in outcome(content, {"of": "1"}).choices(Document.model_validate(content).questions["x"].item)
    ] == ["a"]


def test_a_score_is_exact():
    lists = {
        "l": {
            "choices": [
                {"value": "a", "label": "甲", "score": "0.1"},
                {"value": "b", "label": "乙", "score": "0.2"},
            ]
        }
    }
    content = one_step(
        question("scored", "x", list="l"),
        question("scored", "y", list="l"),
        lists=lists,
        scores=[{"name": "total", "label": "总分", "of": ["x", "y"]}],
    )
    assert outcome(content, {"x": "a", "y": "b"}).scores["total"] == Decimal("0.3")


def test_a_score_may_be_asked_for_by_a_condition():
    lists = {"l": {"choices": [{"value": "a", "label": "甲", "score": "5"}]}}
    content = one_step(
        question("scored", "x", list="l"),
        question("text", "why", relevant="${total} >= 5", required=True),
        lists=lists,
        scores=[{"name": "total", "label": "总分", "of": ["x"]}],
    )
    assert not outcome(content, {"x": "a"}).complete


def test_an_expression_that_fails_is_the_authors_fault_and_hides_nothing():
    content = one_step(
        roster("g", question("integer", "x")),
        question("text", "y", relevant="${x} > 1"),
        question("text", "z", required=True),
    )
    done = outcome(content, {"g": [{"x": 1}, {"x": 2}], "z": "好"})
    assert done.is_relevant("y")
    assert done.complete
    assert ("", "y") in done.faults


def test_a_value_worked_out_once_stays():
    content = one_step(question("integer", "x"), question("calculation", "first", calculation="once(${x})"))
    form = compiled(Document.model_validate(content))
    answers = run(form, Answers.from_plain({"x": 1}, set()), NOW).answers
    answers.put("x", 2)
    assert run(form, answers, NOW).calculated["", "first"] == "1"


def test_a_run_changes_nothing_that_it_was_given():
    content = one_step(question("integer", "n"), roster("g", question("text", "x"), count="${n}"))
    form = compiled(Document.model_validate(content))
    answers = Answers.from_plain({"n": 3}, form.roster_names)
    run(form, answers, NOW)
    assert answers.rosters == {}


def test_a_default_is_set_where_nothing_is_answered():
    content = one_step(question("text", "x", default="汉族"), question("date", "day", default="=today()"))
    form = compiled(Document.model_validate(content))
    answers = Answers.from_plain({"x": "苗族"}, set())
    set_defaults(form, answers, now=NOW)
    assert answers.to_plain() == {"x": "苗族", "day": "2026-09-01"}


def test_a_label_shows_the_answer_as_people_read_it():
    content = one_step(question("name", "child"), question("date", "born"))
    assert (
        outcome(content, {"child": "小雨", "born": "2018-03-05"}).text("${child}，${born}生")
        == "小雨，2018年3月5日生"
    )
