"""What differs between two documents is told in words."""

import pytest

from forms.definitions.compare import differences
from tests.factories.forms import one_step, question

LIST = {"choices": [{"value": "1", "label": "一"}, {"value": "2", "label": "二"}]}


def told(old, new):
    return [(str(one.change), one.name, one.place) for one in differences(old, new)]


def test_the_same_document_has_no_differences():
    assert differences(one_step(question("text", "a")), one_step(question("text", "a"))) == []


def test_a_setting_at_its_default_is_no_difference():
    assert differences(one_step(question("text", "a")), one_step(question("text", "a", required=False))) == []


def test_added_and_removed_questions():
    old, new = one_step(question("text", "a")), one_step(question("text", "b"))
    assert told(old, new) == [
        ("added", "b", "步骤“第一步”的题目“题目b”"),
        ("removed", "a", "步骤“第一步”的题目“题目a”"),
    ]


@pytest.mark.parametrize(
    ("changes", "setting"),
    [({"label": "新"}, "题目文字"), ({"required": True}, "必答"), ({"type": "long_text"}, "题型")],
)
def test_a_changed_setting_is_named_with_what_it_was_and_is(changes, setting):
    (one,) = differences(one_step(question("text", "a")), one_step({**question("text", "a"), **changes}))
    assert [changed.label for changed in one.settings] == [setting]


def test_a_question_moved_to_another_step():
    old = one_step(question("text", "a"))
    old["steps"].append({"name": "second", "title": "第二步", "items": []})
    new = one_step()
    new["steps"].append({"name": "second", "title": "第二步", "items": [question("text", "a")]})
    (one,) = differences(old, new)
    assert (str(one.change), one.before) == ("moved", "步骤“第一步”的题目“题目a”")


def test_a_changed_choice():
    old = one_step(question("choice", "a", list="l"), lists={"l": LIST})
    changed = {"choices": [{"value": "1", "label": "壹"}, {"value": "2", "label": "二", "score": "5"}]}
    (one,) = differences(old, {**old, "lists": {"l": changed}})
    assert [(s.label, s.before, s.after) for s in one.settings] == [
        ("选项“1”", "一", "壹"),
        ("选项“2”", "二", "二 (5)"),
    ]


def test_questions_of_rosters_are_compared_too():
    roster = {"type": "roster", "name": "r", "label": "册", "items": [question("text", "a")]}
    changed = {**roster, "items": [question("text", "a", hint="如实")]}
    (one,) = differences(one_step(roster), one_step(changed))
    assert one.place == "步骤“第一步”的名册“册”的题目“题目a”"
