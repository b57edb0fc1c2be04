"""What goes to the browser so that a page answers at once, and what never does."""

from __future__ import annotations

import json
from typing import Any

import pytest

from forms.answers.answers import Answers
from forms.definitions.document import Document
from forms.filling.live import live_page
from forms.filling.models import Draft
from forms.filling.places import Place
from forms.run.compiled import compiled
from forms.run.engine import run
from tests.factories.forms import question
from tests.forms.filling.people import Browser, make_draft

pytestmark = pytest.mark.django_db
SECRET = "11010519491231002X"


def two_steps(before: list[dict[str, Any]], page: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    steps = [
        {"name": "one", "title": "一", "items": before},
        {"name": "two", "title": "二", "items": page},
    ]
    return {"title": "表单", "steps": steps, **more}


def live_of(content: dict[str, Any], **answers: Any) -> dict[str, Any] | None:
    """Return what goes to the browser with the second step."""
    document = Document.model_validate(content)
    given = Answers.from_plain(answers, frozenset(document.rosters))
    return live_page(run(compiled(document), given), Place(document, document.steps[1]))


def parts_of(live: dict[str, Any]) -> dict[str, Any]:
    return {part["name"]: part for part in live["parts"]}


def test_a_page_without_logic_needs_no_script():
    assert live_of(two_steps([question("text", "a", relevant="1 = 1")], [question("text", "b")])) is None


def test_only_what_the_page_looks_at_is_sent():
    content = two_steps(
        [question("integer", "n"), question("text", "other")], [question("text", "b", relevant="${n} > 1")]
    )
    live = live_of(content, n=3, other="不相干")
    assert live["given"] == {"n": "3"}
    assert "relevant" in parts_of(live)["b"]


def test_what_depends_on_a_sensitive_answer_elsewhere_stays_on_the_server():
    content = two_steps(
        [
            question("id_number", "secret", sensitive=True),
            question("calculation", "sex", calculation="id-sex(${secret})"),
        ],
        [
            question("text", "direct", relevant="${secret} != ''"),
            question("text", "derived", relevant="${sex} = 'male'"),
            question("text", "checked", constraint="${sex} = 'male' or . = ''"),
            {"type": "note", "name": "told", "label": "性别 ${sex}"},
            question("text", "free", relevant="${checked} != ''"),
        ],
    )
    live = live_of(content, secret=SECRET)
    sent = json.dumps(live, ensure_ascii=False)
    assert SECRET not in sent
    assert "male" not in sent
    assert parts_of(live)["direct"] == {
        "name": "direct",
        "inside": "/two",
        "type": "question",
        "server": True,
    }
    assert parts_of(live)["derived"]["server"]
    assert "constraint" not in parts_of(live)["checked"]
    assert live["texts"] == {}
    assert "relevant" in parts_of(live)["free"]


@pytest.mark.parametrize("kind", ["hidden", "photo"])
def test_hidden_values_and_files_are_not_sent(kind):
    content = two_steps([question(kind, "h")], [question("text", "b", relevant="${h} != ''")])
    value: Any = "aus dem Register" if kind == "hidden" else ["6e3f5d2e-9a51-4d35-8a0f-1d1f6a1f8a11"]
    live = live_of(content, h=value)
    assert live is None or live["given"] == {}


def test_sensitive_answers_in_rosters_are_left_out_and_the_others_sent():
    roster = {
        "type": "roster",
        "name": "child",
        "label": "孩子",
        "items": [question("integer", "age"), question("phone", "tel", sensitive=True)],
    }
    page = [
        question("text", "b", relevant="sum(${age}) > 3"),
        question("text", "c", relevant="count(${tel}) > 0"),
    ]
    live = live_of(two_steps([roster], page), child=[{"age": 3, "tel": "13812345678"}, {"age": 4}])
    assert live["given"] == {"child": [{"age": "3"}, {"age": "4"}]}
    assert parts_of(live)["c"]["server"]


def test_what_is_drawn_by_lot_stays_on_the_server():
    content = two_steps([question("text", "a")], [question("text", "b", relevant="random() > 0.5 or ${a}")])
    assert live_of(content) is None


def test_long_lists_stay_on_the_server():
    lists = {
        "l": {"choices": [{"value": f"v{n}", "label": "项", "extra": {"of": "a"}} for n in range(301)]},
        "s": {"choices": [{"value": "a", "label": "甲", "extra": {"of": "a", "note": "不用"}}]},
    }
    page = [
        question("text", "group"),
        question("choice", "long", list="l", choice_filter="of = ${group}"),
        question("choice", "short", list="s", choice_filter="of = ${group}"),
    ]
    live = live_of(two_steps([question("text", "a")], page, lists=lists))
    assert live["lists"] == {"s": [{"of": "a", "name": "a"}]}
    assert "filter" not in parts_of(live)["long"]


def test_the_word_after_saving_tells_no_value_that_the_page_does_not_show():
    draft: Draft = make_draft(
        two_steps(
            [question("text", "a")],
            [
                question("integer", "n", constraint=". < 9", constraint_message="太多"),
                question("calculation", "hidden_one", calculation="${n} + 1"),
                question("calculation", "shown_one", calculation="${n} + 2", shown=True, label="和"),
                {"type": "note", "name": "told", "label": "共 ${n}"},
            ],
        )
    )
    person = Browser(draft.owner)
    person.open(f"/fill/{draft.pk}/two/")
    data = {**person.data().dict(), "q:n": "12", "go": "autosave"}
    state = person.client.post(f"/fill/{draft.pk}/two/", data, headers={"accept": "application/json"}).json()
    assert state["calculated"] == {"shown_one": "14"}
    assert state["texts"] == {"told:label": "共 12"}
    assert state["problems"] == {"n": ["太多"]}
