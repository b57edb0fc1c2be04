"""form_run: what it prints, and that it stores nothing."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from forms.definitions.models import Form
from forms.filling.models import Draft
from forms.javarosa import missing
from forms.run import engines
from forms.run.engines import EngineMissingError
from tests.factories.forms import make_form, one_step, question

pytestmark = pytest.mark.django_db
FORM = one_step(
    question("integer", "n", required=True, constraint=". < 10", constraint_message="太多"),
    question("calculation", "twice", calculation="${n} * 2", result="number"),
    {
        "type": "roster", "name": "child", "label": "孩子", "items": [
            question("text", "name"), question("integer", "age"),
            question("text", "school", relevant="${age} >= 6", required=True),
        ],
    },
)  # fmt: skip
ANSWERS = {"n": 12, "child": [{"name": "甲", "age": 7}, {"name": "乙", "age": 3, "school": "无"}]}
EXPECTED = {
    "path": ["first"],
    "relevant": {
        "n": True, "twice": True,
        "child[1].name": True, "child[1].age": True, "child[1].school": True,
        "child[2].name": True, "child[2].age": True, "child[2].school": False,
    },
    "values": {
        "n": 12, "twice": "24", "child[1].name": "甲", "child[1].age": 7, "child[2].name": "乙", "child[2].age": 3,
    },
    "errors": {"n": ["太多"], "child[1].school": ["请填写此项。"]},
}  # fmt: skip


def run(tmp_path, answers, *more):
    form = make_form(FORM) if not Form.objects.exists() else Form.objects.get()
    path = tmp_path / "answers.json"
    path.write_text(answers if isinstance(answers, str) else json.dumps(answers))
    out = StringIO()
    call_command("form_run", form.slug, str(path), *more, stdout=out)
    return json.loads(out.getvalue())


@pytest.mark.parametrize("engine", ["python", "javarosa"])
def test_path_relevance_values_and_errors_are_printed(tmp_path, engine):
    if engine == "javarosa" and (lacking := missing()):
        pytest.skip(lacking)
    assert run(tmp_path, ANSWERS, "--engine", engine) == EXPECTED


def test_nothing_is_stored(tmp_path):
    run(tmp_path, ANSWERS)
    assert not Draft.objects.exists()


@pytest.mark.parametrize("text", ["[1]", "{", ""])
def test_answers_that_are_no_object_are_refused(tmp_path, text):
    with pytest.raises(CommandError):
        run(tmp_path, text)


def test_an_unknown_form_is_refused(tmp_path):
    with pytest.raises(CommandError):
        call_command("form_run", "nothing", str(tmp_path / "a.json"))


def test_what_an_engine_lacks_is_said(tmp_path, monkeypatch):
    def lacking(*_arguments):
        raise EngineMissingError("没有 Java")

    monkeypatch.setitem(engines.ENGINES, "javarosa", lacking)
    with pytest.raises(CommandError, match="没有 Java"):
        run(tmp_path, ANSWERS, "--engine", "javarosa")


def test_names_that_the_form_lacks_and_what_cannot_be_read_do_no_harm(tmp_path):
    found = run(tmp_path, {"n": "许多", "nobody": 1, "child": "x", "twice": 5})
    assert found["values"] == {}
    assert "n" in found["errors"]


def test_what_is_left_out_is_told_beside_the_result(tmp_path, capsys):
    run(tmp_path, {"nobody": 1, "age": 3, "child": [{"name": "甲", "n": 1}, "乙"]})
    told = capsys.readouterr().err
    assert [place for place in ("nobody", "age", "child[1].n", "child[2]") if place in told.split()] == [
        "nobody", "age", "child[1].n", "child[2]",
    ]  # fmt: skip
    assert "child[1].name" not in told


def test_a_file_with_a_byte_order_mark_is_read(tmp_path):
    assert run(tmp_path, "\ufeff" + json.dumps({"n": 1}))["values"]["n"] == 1


def test_answers_nested_without_end_are_refused(tmp_path):
    with pytest.raises(CommandError):
        run(tmp_path, '{"n":' * 100_000)
