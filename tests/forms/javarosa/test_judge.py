"""JavaRosa runs forms with rosters, constraints and errors, many at once."""

import os

import pytest

from forms.javarosa import Run, judge, missing

CI = os.environ.get("CI") == "true"


@pytest.fixture(autouse=True)
def _java():
    if (lacking := missing()) and not CI:
        pytest.skip(lacking)


def _form(**changes: str) -> str:
    from pyxform.xls2xform import convert

    survey = [
        {"type": "integer", "name": "age", "label": "Age", "constraint": ". < 150", "required": "yes"},
        {"type": "text", "name": "school", "label": "School", "relevant": "${age} > 5"},
        {"type": "begin group", "name": "home", "label": "Home"},
        {"type": "begin repeat", "name": "people", "label": "People"},
        {"type": "integer", "name": "income", "label": "Income"},
        {"type": "begin repeat", "name": "jobs", "label": "Jobs"},
        {"type": "text", "name": "job", "label": "Job"},
        {"type": "calculate", "name": "nth", "calculation": "position(..)"},
        {"type": "end repeat"},
        {"type": "end repeat"},
        {"type": "end group"},
        {"type": "calculate", "name": "total", "calculation": "sum(${income})", **changes},
    ]
    return convert(xlsform={"survey": survey}, form_name="data").xform


ANSWERS = {
    "age": 10,
    "school": "石桥小学",
    "people": [{"income": 1, "jobs": [{"job": "a"}, {"job": "b"}]}, {"income": 2}],
}


def test_values_relevance_and_verdicts_are_told_by_place():
    (outcome,) = judge([Run(_form(), ANSWERS)])
    assert outcome.error == ""
    assert outcome.values["total"] == "3"
    assert outcome.values["people[1].jobs[2].job"] == "b"
    assert outcome.values["people[1].jobs[2].nth"] == "2"
    assert outcome.values["school"] == "石桥小学"
    assert outcome.relevant["people[2].income"]
    assert outcome.required["age"]
    assert outcome.verdicts["age"] == "accepted"


def test_a_refused_answer_and_what_it_hides():
    refused, young = judge([Run(_form(), {**ANSWERS, "age": 200}), Run(_form(), {**ANSWERS, "age": 3})])
    assert refused.verdicts["age"] == "refused"
    assert young.relevant["school"] is False


def test_a_failure_of_one_form_leaves_the_others_alone():
    broken, whole = judge([Run(_form(calculation="sum(1)"), ANSWERS), Run(_form(), ANSWERS)])
    assert "not a nodeset" in broken.error
    assert whole.values["total"] == "3"
