"""A file is cut into plans; every line goes to one of them."""

import pytest

from cms.plan_import.recognise.splitting import split_plans
from tests.cms.plan_import.samples import lines_of, plan_of, plans_of

TEXT = (
    "为做好本学期的工作，让每个孩子都得到关心，根据上级要求和学校实际，特制定本计划，请各班遵照执行，认真落实到位，期末检查。"
    * 2
)


@pytest.mark.parametrize(
    "titles",
    [
        ["留守儿童关爱工作计划篇一", "留守儿童关爱工作计划篇二"],
        ["第一篇：留守儿童工作计划", "第二篇：留守儿童工作计划"],
        ["【篇1】家校共育计划", "【篇2】家校共育计划"],
        ["篇一", "篇二"],
        ["留守儿童工作计划范文1", "留守儿童工作计划范文2"],
        ["留守儿童工作计划(一)", "留守儿童工作计划(二)"],
        ["关爱留守儿童工作计划1", "关爱留守儿童工作计划2"],
        ["安全教育工作方案 第1篇", "安全教育工作方案 第２篇"],
    ],
)
def test_a_series_of_titles_cuts_the_file(titles):
    parts = split_plans(lines_of("\n".join(f"{title}\n{TEXT}" for title in titles)))
    assert [part.title[0].text for part in parts] == titles


def test_plans_with_names_of_their_own_are_cut_apart():
    names = [
        "东街小学2023年留守儿童工作计划",
        "西街小学2023年留守儿童工作计划",
        "南街小学2024年留守儿童工作计划",
    ]
    parts = split_plans(lines_of("\n".join(f"{name}\n{TEXT}" for name in names)))
    assert [part.title[0].text for part in parts] == names


def test_a_document_repeated_under_the_same_title_is_cut():
    parts = split_plans(lines_of(f"班级工作计划\n{TEXT}\n班级工作计划\n{TEXT}"))
    assert len(parts) == 2


def test_a_plan_named_in_a_sentence_or_a_list_cuts_nothing():
    text = f"东街小学留守儿童工作计划\n{TEXT}\n一、制定关爱工作计划\n{TEXT}\n要制定留守儿童工作计划。\n{TEXT}"
    assert len(split_plans(lines_of(text))) == 1


def test_a_table_of_contents_is_no_plan():
    text = f"目录\n工作计划篇一\n工作计划篇二\n工作计划篇一\n{TEXT}\n工作计划篇二\n{TEXT}"
    assert [part.title[0].text for part in split_plans(lines_of(text))] == ["工作计划篇一", "工作计划篇二"]


def test_text_before_the_first_title_goes_to_the_first_plan():
    first, _second = plans_of(f"下面是小编带来的范文，希望大家喜欢！\n计划篇一\n{TEXT}\n计划篇二\n{TEXT}")
    assert [paragraph.text for paragraph in first.front] == ["下面是小编带来的范文，希望大家喜欢！"]


def test_the_note_of_a_web_page_is_set_apart():
    plan = plan_of(f"班级工作计划\n{TEXT}\n本文由某某网收集整理，更多范文请访问某某网")
    assert len(plan.footer) == 1


def test_a_title_in_two_lines_is_one_title():
    plan = plan_of(f"心桥县城关镇中心小学\n留守儿童关爱工作计划\n（2023—2024学年度第一学期）\n{TEXT}")
    assert plan.title == "心桥县城关镇中心小学留守儿童关爱工作计划（2023—2024学年度第一学期）"


def test_a_bare_number_takes_the_name_below_it():
    first, _second = plans_of(f"第一篇\n东街小学工作计划\n{TEXT}\n第二篇\n西街小学工作计划\n{TEXT}")
    assert first.title == "第一篇东街小学工作计划"


def test_a_text_without_title_is_one_plan():
    assert plan_of(TEXT).title == ""
