"""What is no document is told in Chinese: where, what, and what to do."""

import pytest

from forms.definitions.reading import read_document, read_leniently
from tests.factories.forms import one_step, question

BIRTH = {"type": "date", "name": "birth", "label": "出生日期"}


def form(*items, **more):
    content = one_step(*items, **more)
    content["steps"][0]["title"] = "基本情况"
    return content


def the_fault(content):
    document, found = read_document(content)
    assert document is None
    assert len(found) == 1, [str(one) for one in found]
    return found[0]


def test_a_fault_names_the_step_and_the_question_and_says_what_to_do():
    fault = the_fault(form({**BIRTH, "minimum": "昨天"}))
    assert str(fault) == (
        "步骤“基本情况”的题目“出生日期”：“至少”含有不允许的字符。请写成 2026-09-01 这样的日期，或写 today（今天）。"
    )
    assert (fault.path, fault.setting, fault.question) == (("steps", 0, "items", 0), "minimum", "birth")


def test_a_fault_within_a_roster_names_the_roster():
    roster = {
        "type": "roster",
        "name": "g",
        "label": "监护人",
        "items": [question("text", "a", max_length=0)],
    }
    fault = the_fault(form(roster))
    assert fault.place == "步骤“基本情况”的名册“监护人”的题目“题目a”"
    assert fault.path == ("steps", 0, "items", 0, "items", 0)


def test_a_part_without_label_is_named_by_its_place():
    fault = the_fault(form({"type": "text", "name": "a"}))
    assert fault.place.endswith("题目“a”")
    assert fault.setting == "label"
    assert the_fault(form({"type": "text", "label": ""})).place.endswith("第1题")


@pytest.mark.parametrize(
    ("broken", "setting", "words"),
    [
        ({"max_length": 9999}, "max_length", "太大（最大 5000）"),
        ({"max_length": 0}, "max_length", "太小（最小 1）"),
        ({"max_length": "many"}, "max_length", "不是整数"),
        ({"required": 3}, "required", ""),
        ({"colour": "red"}, "colour", "这里没有这项设置"),
        ({"name": "1 a"}, "name", "含有不允许的字符"),
        ({"hint": "x" * 5001}, "hint", "太长（最多 5000 个字符）"),
        ({"label": 5}, "label", "不是文字"),
        ({"sensitive": "perhaps"}, "sensitive", "既不是“是”也不是“否”"),
    ],
)
def test_each_kind_of_fault_speaks_chinese(broken, setting, words):
    fault = the_fault(form({**question("text", "a"), **broken}))
    assert fault.setting == setting
    assert words in fault.message
    assert not any(word in str(fault).replace("colour", "") for word in ("should", "Input", "valid"))


def test_an_unknown_type_is_told():
    fault = the_fault(form(question("hologram", "a")))
    assert "hologram" in fault.message


def test_a_form_without_steps_is_told():
    assert "步骤" in str(the_fault({"title": "x", "steps": []}))


def test_what_can_be_read_is_read():
    document, found = read_leniently(
        form(question("text", "a", max_length=0), question("hologram", "b"), BIRTH)
    )
    assert [one.question for one in found] == ["a", "b"]
    assert list(document.questions) == ["a", "birth"]


def test_what_cannot_be_read_at_all_gives_nothing():
    document, found = read_leniently({"steps": "none"})
    assert document is None
    assert found
