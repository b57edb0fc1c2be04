"""A document goes into the builder's blocks and comes back as it was."""

# ruff: noqa: E501
from __future__ import annotations

import pytest

from forms.builder.blocks.questions import KINDS
from forms.builder.convert.from_blocks import to_content
from forms.builder.convert.lines import read_choices, write_choices
from forms.builder.edit_form import BuilderForm, scores_definition, steps_definition
from forms.builder.naming import Namer
from forms.definitions.document import Document
from forms.definitions.questions import QUESTION_TYPES
from tests.factories.forms import one_step, question

pytestmark = pytest.mark.django_db
EVERYTHING = {
    "title": "全部",
    "intro": "请如实填写。",
    "thanks": "谢谢。",
    "summary": "${a}",
    "about": {"register": "children", "mode": "makes", "on": "submitted", "when": "${a} != ''"},
    "lists": {
        "home": {"choices": [{"value": "both", "label": "双亲|都在"}, {"value": "one", "label": "一方"}]},
        "level": {
            "choices": [
                {"value": "1", "label": "好", "score": "5", "extra": {"city": "4301", "kind": "x"}},
                {"value": "0", "label": "差", "score": "0"},
            ]
        },
        "towns": {"codes": "divisions"},
    },
    "steps": [
        {
            "name": "basis",
            "title": "基本情况",
            "intro": "第一步。",
            "relevant": "true()",
            "items": [
                {"type": "note", "name": "hello", "label": "您好", "appearance": "heading"},
                {
                    "type": "text",
                    "name": "a",
                    "label": "甲",
                    "hint": "如实",
                    "required": "${home} = 'both'",
                    "required_message": "要填",
                    "relevant": "true()",
                    "constraint": ". != 'x'",
                    "constraint_message": "不要 x",
                    "default": "=today()",
                    "read_only": True,
                    "sensitive": True,
                    "purpose": "联系",
                    "keep_months": 12,
                    "saves_to": "name",
                    "max_length": 20,
                    "pattern": "[a-z]+",
                },
                {"type": "integer", "name": "n", "label": "数", "minimum": 0, "maximum": 9, "step": 3, "unit": "个", "required": True},
                {"type": "decimal", "name": "d", "label": "数", "minimum": "0.5", "places": 3},
                {"type": "date", "name": "day", "label": "日", "maximum": "today"},
                {"type": "choice", "name": "home", "label": "家", "list": "home", "appearance": "select"},
                {"type": "choices", "name": "t", "label": "镇", "list": "towns", "maximum": 3, "choice_filter": "a = 1"},
                {"type": "scored", "name": "s1", "label": "一", "list": "level"},
                {
                    "type": "matrix",
                    "name": "m",
                    "label": "表",
                    "list": "level",
                    "rows": [{"name": "r1", "label": "行一"}, {"name": "r2", "label": "行二", "relevant": "${a} = 1"}],
                },
                {"type": "file", "name": "f", "label": "件", "extensions": ["pdf", "png"], "maximum": 3},
                {"type": "address", "name": "where", "label": "址", "detail_required": False, "within": "4301"},
                {"type": "consent", "name": "ok", "label": "同意", "text": "全文"},
                {"type": "calculation", "name": "c", "label": "", "calculation": "1 + 1", "result": "number", "shown": True},
                {"type": "hidden", "name": "h", "label": "", "parameter": "from"},
                {"type": "record", "name": "child", "label": "孩子", "register": "children"},
                {
                    "type": "roster",
                    "name": "people",
                    "label": "监护人",
                    "item_name": "监护人",
                    "item_label": "${p}",
                    "minimum": 1,
                    "maximum": 4,
                    "items": [
                        {"type": "name", "name": "p", "label": "姓名"},
                        {
                            "type": "roster",
                            "name": "phones",
                            "label": "电话",
                            "count": "2",
                            "items": [{"type": "phone", "name": "tel", "label": "号码", "accepts": "mobile"}],
                        },
                    ],
                },
            ],
        }
    ],
    "scores": [
        {
            "name": "total",
            "label": "总分",
            "of": ["s1", "r1"],
            "weights": {"r1": "2"},
            "bands": [{"at_least": "0", "label": "差"}, {"at_least": "5", "label": "好"}],
        },
        {"name": "other", "label": "另", "expression": "1 + 1"},
    ],
}  # fmt: skip


def through_the_builder(content):
    """Return the document after the builder has shown and read it."""
    initial = BuilderForm.initial_for(content)
    raw = [
        steps_definition().get_prep_value(initial["steps"]),
        BuilderForm().fields["lists"].block.get_prep_value(initial["lists"]),
        scores_definition().get_prep_value(initial["scores"]),
    ]
    return to_content(initial, *raw)


def test_nothing_of_a_document_is_lost_on_the_way():
    before = Document.model_validate(EVERYTHING).compact()
    after = Document.model_validate(through_the_builder(before)).compact()
    assert after == before


def test_the_document_of_the_builder_is_a_document_as_it_stands():
    assert through_the_builder(EVERYTHING)["steps"][0]["items"][2]["minimum"] == 0


@pytest.mark.parametrize("kind", QUESTION_TYPES)
def test_every_type_of_question_has_a_block_for_each_of_its_settings(kind):
    block = dict(steps_definition().child_blocks["step"].child_blocks["items"].child_blocks)[kind]
    settings = {field.alias or name for name, field in QUESTION_TYPES[kind].model_fields.items()} - {"type"}
    unasked = {
        "required",
        "required_message",
        "constraint",
        "constraint_message",
        "read_only",
        "hint",
        "guidance",
        "default",
    }
    missing = settings - set(block.child_blocks)
    assert missing <= (unasked if kind in ("calculation", "hidden") else set())


def test_there_is_a_block_a_type():
    assert {kind.type for kind in KINDS} == set(QUESTION_TYPES)


def test_names_are_made_from_the_texts_and_never_twice():
    blocks = [
        {"type": "text", "value": {"label": "出生日期"}},
        {"type": "text", "value": {"label": "出生日期"}},
        {"type": "text", "value": {"label": "2026年", "name": ""}},
        {"type": "text", "value": {"label": "★"}},
        {"type": "text", "value": {"label": "其他", "name": "chu_sheng_ri_qi_2"}},
    ]
    content = to_content({}, [{"type": "step", "value": {"title": "基本情况", "items": blocks}}], [], [])
    names = [item["name"] for item in content["steps"][0]["items"]]
    assert names == ["chu_sheng_ri_qi", "chu_sheng_ri_qi_3", "q_2026_nian", "text", "chu_sheng_ri_qi_2"]
    assert content["steps"][0]["name"] == "ji_ben_qing_kuang"


def test_choices_are_written_in_the_question():
    value = {"label": "颜色", "name": "colour", "choices": "红\n蓝\n\nx|绿 色\n"}
    content = to_content(
        {}, [{"type": "step", "value": {"items": [{"type": "choice", "value": value}]}}], [], []
    )
    assert content["lists"] == {
        "colour": {
            "choices": [
                {"value": "hong", "label": "红"},
                {"value": "lan", "label": "蓝"},
                {"value": "x", "label": "绿 色"},
            ]
        }
    }


def test_an_unfinished_form_comes_back_too():
    content = {
        "title": "",
        "steps": [{"name": "s", "title": "", "items": [question("choice", "a", list="a")]}],
    }
    again = through_the_builder(content)
    assert again["steps"][0]["items"][0]["list"] == "a"
    assert again["lists"] == {"a": {"choices": []}}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("好", {"value": "hao", "label": "好"}),
        ("a|好", {"value": "a", "label": "好"}),
        ("a｜好", {"value": "a", "label": "好"}),
        ("a|好|5", {"value": "a", "label": "好", "score": "5"}),
        ("|好|5", {"value": "hao", "label": "好", "score": "5"}),
        ("a|好||b=1;c=2", {"value": "a", "label": "好", "extra": {"b": "1", "c": "2"}}),
        ("a|好\\|坏", {"value": "a", "label": "好|坏"}),
    ],
)
def test_a_line_is_read_as_a_choice_and_written_again(text, expected):
    assert read_choices(text) == [expected]
    assert read_choices(write_choices([expected])) == [expected]


def test_in_a_scored_question_a_number_behind_the_text_is_its_points():
    assert read_choices("好|5", scored=True) == [{"value": "hao", "label": "好", "score": "5"}]
    assert read_choices("5|好", scored=True) == [{"value": "5", "label": "好"}]


def test_a_shared_list_keeps_its_place_below():
    content = one_step(question("choice", "a", list="x"), question("choice", "b", list="x"))
    content["lists"] = {"x": {"choices": [{"value": "1", "label": "一"}, {"value": "2", "label": "二"}]}}
    assert through_the_builder(content) == content


def test_a_namer_gives_each_name_once():
    namer = Namer(["A"])
    assert [namer.make("a", "x"), namer.make("", "x"), namer.make("", "x")] == ["a_2", "x", "x_2"]
