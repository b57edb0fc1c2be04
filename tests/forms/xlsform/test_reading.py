"""What becomes of the rows of an XLSForm."""

import pytest

from forms.xlsform.notes import WorkbookRefusedError
from tests.forms.xlsform.tables import imported, question, reasons, survey

pytestmark = pytest.mark.django_db
YES_NO = """| choices |
| | list_name | name | label |
| | yn | yes | 是 |
| | yn | no | 否 |
"""


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("text", "text"), ("integer", "integer"), ("decimal", "decimal"), ("date", "date"), ("time", "time"),
        ("dateTime", "datetime"), ("geopoint", "location"), ("image", "photo"), ("audio", "file"), ("video", "file"),
        ("file", "file"), ("barcode", "text"), ("range", "integer"), ("acknowledge", "consent"), ("note", "note"),
        ("select_one yn", "choice"), ("select_multiple yn", "choices"), ("rank yn", "ranking"), ("hidden", "hidden"),
        ("add text prompt", "text"), ("q int", "integer"), ("gps", "location"), ("today", "hidden"),
    ],
)  # fmt: skip
def test_each_type_has_its_question(kind, expected):
    assert question(survey(f"{kind} | q | 题目", more=YES_NO), "q")["type"] == expected


@pytest.mark.parametrize(
    ("kind", "look", "expected"),
    [
        ("text", "multiline", {"type": "long_text"}),
        ("text", "numbers", {"type": "text", "keyboard": "digits"}),
        ("select_one yn", "minimal", {"type": "choice", "appearance": "select"}),
        ("select_one yn", "minimal autocomplete", {"type": "choice", "appearance": "search"}),
        ("image", "signature", {"type": "signature"}),
    ],
)
def test_appearances_choose_a_question(kind, look, expected):
    result = survey("type | name | label | appearance", f"{kind} | q | 题目 | {look}", more=YES_NO)
    assert expected.items() <= question(result, "q").items()
    assert result.not_carried == []


def test_a_month_is_asked_as_a_month_and_what_changes_is_listed():
    result = survey("type | name | label | appearance", "date | q | 题目 | month-year")
    assert question(result, "q")["type"] == "month"
    assert reasons(result) == [("survey", 2, "appearance")]


def test_an_appearance_that_changes_nothing_here_is_listed():
    result = survey("type | name | label | appearance", "select_one yn | q | 题目 | quick", more=YES_NO)
    assert reasons(result) == [("survey", 2, "appearance")]
    assert result.not_carried[0].value == "quick"


def test_a_range_keeps_its_steps():
    result = survey("type | name | label | parameters", "range | q | 题目 | start=0 end=10 step=5")
    expected = {"minimum": 0, "maximum": 10, "step": 5, "appearance": "slider"}
    assert expected.items() <= question(result, "q").items()


def test_rules_and_their_messages_are_kept():
    result = survey(
        "type | name | label | required | required_message | constraint | constraint_message | relevant | hint",
        "integer | a | 年龄 | yes | 必填 | . < 120 | 太大 | | 周岁",
        "text | b | 学校 | ${a} > 6 | | | | ${a} > 5 |",
    )
    assert question(result, "a") == {
        "type": "integer", "name": "a", "label": "年龄", "hint": "周岁", "required": True, "required_message": "必填",
        "constraint": ". < 120", "constraint_message": "太大",
    }  # fmt: skip
    assert question(result, "b")["required"] == "${a} > 6"
    assert question(result, "b")["relevant"] == "${a} > 5"


def test_a_default_is_a_text_or_an_expression():
    result = survey("type | name | label | default", "text | a | 甲 | 无", "date | b | 乙 | today()")
    assert question(result, "a")["default"] == "无"
    assert question(result, "b")["default"] == "=today()"


def test_a_group_at_the_top_is_a_step_and_hides_with_its_condition():
    result = survey(
        "type | name | label | relevant",
        "text | a | 甲 |",
        "begin group | g | 家庭 | ${a} != ''",
        "text | b | 乙 |",
        "end group | | |",
    )
    assert [(step.title, step.relevant) for step in result.document.steps] == [
        ("第 1 部分", ""),
        ("家庭", "${a} != ''"),
    ]


def test_each_screen_of_a_group_is_a_step_under_the_conditions_of_both():
    result = survey(
        "type | name | label | relevant | appearance",
        "text | a | 甲 | | ",
        "begin group | g | 家庭 | ${a} = '1' | ",
        "begin group | h | 父亲 | ${a} != '2' | field-list",
        "text | b | 乙 | | ",
        "end group | | | | ",
        "text | c | 丙 | | ",
        "end group | | | | ",
    )
    assert [(step.title, step.relevant) for step in result.document.steps] == [
        ("第 1 部分", ""),
        ("父亲", "(${a} = '1') and (${a} != '2')"),
        ("家庭", "${a} = '1'"),
    ]


def test_a_group_within_a_step_is_a_heading_and_its_condition_goes_to_its_questions():
    result = survey(
        "type | name | label | relevant",
        "begin group | g | 家庭 |",
        "text | a | 甲 |",
        "begin group | h | 父亲 | ${a} = '1'",
        "text | b | 乙 | ${a} != ''",
        "end group | | |",
        "end group | | |",
    )
    assert question(result, "h")["appearance"] == "heading"
    assert question(result, "b")["relevant"] == "(${a} = '1') and (${a} != '')"


def test_a_repeat_is_a_roster_and_one_in_it_an_inner_roster():
    result = survey(
        "type | name | label | repeat_count",
        "integer | n | 人数 |",
        "begin repeat | r | 成员 | ${n}",
        "text | a | 甲 |",
        "begin repeat | s | 电话 |",
        "text | b | 乙 |",
        "end repeat | | |",
        "end repeat | | |",
    )
    assert question(result, "r")["count"] == "${n}"
    assert [roster.name for roster in result.document.questions["b"].rosters] == ["r", "s"]


def test_a_repeat_three_deep_is_listed():
    begins = [f"begin repeat | r{n} | 层 |" for n in range(3)]
    result = survey(
        "text | a | 甲", *begins[:1], "text | b | 乙", *begins[1:], "text | c | 丙", *["end repeat | | "] * 3
    )
    assert {("survey", row, "type") for row in (6, 7)} <= set(reasons(result))


@pytest.mark.parametrize(
    ("typed", "carried"),
    [
        ("../a > 1", "${a} > 1"),
        ("/data/g/a > 1", "${a} > 1"),
        ("../../g/a = 1", "${a} = 1"),
        ("concat('../a', ${a}) = ''", "concat('../a', ${a}) = ''"),
    ],
)
def test_paths_become_names(typed, carried):
    result = survey(
        "type | name | label | relevant",
        "begin group | g | 组 |",
        "integer | a | 甲 |",
        f"text | b | 乙 | {typed}",
        "end group | | |",
    )
    assert question(result, "b")["relevant"] == carried


def test_names_that_groups_kept_apart_are_made_different_everywhere():
    result = survey(
        "type | name | label | relevant",
        "begin group | g | 组 |", "integer | a | 甲 |", "end group | | |",
        "begin group | h | 组 |", "integer | a | 甲 |", "text | b | 乙 | ../a > 1", "end group | | |",
    )  # fmt: skip
    assert question(result, "b")["relevant"] == "${h_a} > 1"
    assert ("survey", 6, "name") in reasons(result)


def test_other_adds_a_choice_and_a_text():
    result = survey("select_one yn or_other | q | 题目", more=YES_NO)
    assert [choice.value for choice in result.document.lists["yn"].choices] == ["yes", "no", "other"]
    assert question(result, "q_other")["relevant"] == "selected(${q}, 'other')"


def test_a_table_list_is_a_matrix():
    result = survey(
        "type | name | label | appearance | required",
        "begin group | g | 评价 | table-list |",
        "select_one yn | a | 学习 | | yes",
        "select_one yn | b | 生活 | | yes",
        "end group | | | |",
        more=YES_NO,
    )
    assert question(result, "g") == {
        "type": "matrix", "name": "g", "label": "评价", "list": "yn", "required": True,
        "rows": [{"name": "a", "label": "学习"}, {"name": "b", "label": "生活"}],
    }  # fmt: skip


def test_a_choice_filter_and_its_columns_are_kept():
    result = survey(
        "type | name | label | choice_filter",
        "select_one yn | a | 甲 |",
        "select_one town | b | 乙 | area = ${a}",
        more="""| choices |
        | | list_name | name | label | area |
        | | yn | yes | 是 | |
        | | town | t1 | 镇 | yes |
        """.replace("        ", ""),
    )
    assert question(result, "b")["choice_filter"] == "area = ${a}"
    assert result.document.lists["town"].choices[0].extra == {"area": "yes"}


def test_choices_from_a_file_are_asked_as_text_and_listed():
    result = survey("select_one_from_file towns.csv | q | 镇")
    assert question(result, "q")["type"] == "text"
    assert reasons(result) == [("survey", 2, "type")]


def test_an_expression_that_cannot_be_carried_is_listed_with_its_reason():
    result = survey("type | name | label | constraint", "text | q | 题目 | . = pulldata('a', 'b', 'c', 'd')")
    assert "constraint" not in question(result, "q")
    assert "pulldata" in result.not_carried[0].reason


def test_chinese_is_taken_of_several_languages_and_the_others_are_listed():
    result = imported("""
        | survey |
        | | type | name | label::English (en) | label::中文 (zh) |
        | | text | q | Name | 姓名 |
    """)
    assert question(result, "q")["label"] == "姓名"
    assert reasons(result) == [("survey", 1, "label::English (en)")]


def test_a_column_without_a_meaning_here_is_listed_for_each_cell():
    result = survey("type | name | label | image | 备注", "text | q | 题目 | a.png | 旧题")
    assert reasons(result) == [("survey", 2, "image"), ("survey", 2, "备注")]


def test_settings_name_the_form_and_its_submissions():
    result = survey(
        "text | q | 题目",
        more="""| settings |
        | | form_title | form_id | version | instance_name |
        | | 家访 | home_visit | 3 | concat(${q}, '的家访') |
        """.replace("        ", ""),
    )
    assert (result.document.title, result.slug, result.document.summary) == (
        "家访",
        "home_visit",
        "${q}的家访",
    )
    assert reasons(result) == [("settings", 2, "version")]


def test_a_chinese_form_id_becomes_an_address_in_pinyin():
    more = "| settings |\n| | form_id |\n| | 家访记录 |"
    assert survey("text | q | 题目", more=more).slug == "jia-fang-ji-lu"


def test_a_form_without_groups_is_cut_at_notes_once_a_dozen_questions_stand():
    rows = [row for n in range(30) for row in (f"note | n{n} | 说明", f"text | q{n} | 题目")]
    steps = survey(*rows).document.steps
    assert [sum(item.type == "text" for item in step.items) for step in steps] == [12, 12, 6]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (["wrong | q | 题目"], "没有“wrong”这种题型"),
        (["text | q | 题目", "text | q | 题目"], "第 3 行：名称“q”在同一组中重复"),
        (["begin group | g | 组", "text | q | 题目"], "“g”的“begin group”没有结束"),
        (["select_one none | q | 题目"], "缺少工作表“choices”"),
        (["text | a b | 题目"], "第 2 行：“name”列中的内容不是有效名称"),
        (["text | | 题目"], "第 2 行：有题目或组没有填写名称"),
    ],
)
def test_what_pyxform_refuses_is_refused_in_chinese_with_the_original(rows, said):
    with pytest.raises(WorkbookRefusedError) as refused:
        survey(*rows)
    assert said in str(refused.value)
    assert "pyxform 原文" in str(refused.value)


def test_a_reference_to_nothing_is_refused_with_its_column():
    with pytest.raises(WorkbookRefusedError, match=r"relevant.*引用了 \$\{b\}"):
        survey("type | name | label | relevant", "text | a | 甲 | ${b} = 1")
