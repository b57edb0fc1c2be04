"""Calendars become rows, each with its months; what is no calendar stays text."""

import pytest

from tests.cms.plan_import.samples import headings, lost, plan_of, rows

TEXT = "认真学习上级文件精神，全面掌握每个学生的情况，做到有计划、有记录、有总结。"
HEAD = f"东街小学工作计划\n{TEXT}\n"


def calendar(text: str):
    plan = plan_of(HEAD + text)
    assert lost(plan) == 0
    return plan


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("九月份：\n制定计划。\n十月份：\n家访。", [(9, 9, "九月份："), (10, 10, "十月份：")]),
        ("9月，制定计划。\n10—11月，家访。", [(9, 9, "9月，"), (10, 11, "10—11月，")]),
        ("1、调查摸底4月上旬。\n2、召开座谈会5月中旬。", [(4, 4, "4月上旬"), (5, 5, "5月中旬")]),
        (
            "（一）九月份\n制定计划。\n（二）十月份\n家访。",
            [(9, 9, "（一）九月份"), (10, 10, "（二）十月份")],
        ),
        ("1、9月：制定计划。\n2、10月：家访。", [(9, 9, "1、9月："), (10, 10, "2、10月：")]),
        ("1、2月：制定计划。\n2、3月：家访。", [(2, 2, "1、2月："), (3, 3, "2、3月：")]),
        ("1、2月：制定计划。\n3、4月：家访。", [(1, 2, "1、2月："), (3, 4, "3、4月：")]),
        (
            "准备阶段（9月）：宣传。\n实施阶段（10月—12月）：家访。",
            [(9, 9, "准备阶段（9月）："), (10, 12, "实施阶段（10月—12月）：")],
        ),
        ("第一季度：宣传。\n第二季度：家访。", [(1, 3, "第一季度："), (4, 6, "第二季度：")]),
        ("9月 制定计划\n10月 家访", [(9, 9, "9月"), (10, 10, "10月")]),
        (
            "九月开展摸底。\n十月开展家访。\n十一月开展座谈。",
            [(9, 9, "九月"), (10, 10, "十月"), (11, 11, "十一月")],
        ),
        ("【九月】制定计划。\n【十月】家访。", [(9, 9, "【九月】"), (10, 10, "【十月】")]),
        (
            "11月：家访。\n12月：总结。\n1月：考核。",
            [(11, 11, "11月："), (12, 12, "12月："), (1, 1, "1月：")],
        ),
        (
            "一、三月份工作安排\n1、家访。\n二、四月份工作安排\n1、谈心。",
            [(3, 3, "一、三月份工作安排"), (4, 4, "二、四月份工作安排")],
        ),
        ("3月：摸底。4月：建档。\n5月：家访。", [(3, 3, "3月："), (4, 4, "4月："), (5, 5, "5月：")]),
        (
            "（一）宣传阶段（2023年3月1日—3月15日）。召开动员会。\n（二）实施阶段（2023年3月16日—11月30日）。开展工作。",
            [
                (3, 3, "（一）宣传阶段（2023年3月1日—3月15日）。"),
                (3, 11, "（二）实施阶段（2023年3月16日—11月30日）。"),
            ],
        ),
        ("第1-2周：制定计划。\n第3周：家访。", [(9, 9, "第1-2周："), (9, 9, "第3周：")]),
    ],
)
def test_rows_in_every_style(text, expected):
    assert rows(calendar(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "9月，学校开学。",
        "检查验收在10月上旬前完成，各班要做好准备。",
        "10月：家访。\n8月：总结。",
        "9月：家访。\n9月：家访。",
        "5月召开家长会。\n6月开展谈心。",
    ],
)
def test_what_does_not_convince_stays_text(text):
    assert calendar(text).calendar == []


def test_points_below_a_month_belong_to_its_row():
    plan = calendar(
        "1-3月：\n1、制定计划；\n2、慰问；\n4-6月：\n1、宣传；\n2、家访。\n总之，我们要努力，把工作做好。"
    )
    assert [row.work for row in plan.calendar] == ["1、制定计划；\n2、慰问；", "1、宣传；\n2、家访。"]
    assert plan.opening[-1].text.startswith("总之")


def test_a_section_ends_the_calendar():
    plan = calendar("一、月历\n九月：\n家访。\n十月：\n谈心。\n二、要求\n" + TEXT)
    assert headings(plan) == ["一、月历", "二、要求"]
    assert plan.calendar[-1].work == "谈心。"


def test_rows_keep_the_order_of_the_file():
    plan = calendar("一、上学期\n九月：家访。\n十月：谈心。\n二、下学期\n三月：家访。\n四月：谈心。")
    assert [row.first_month for row in plan.calendar] == [9, 10, 3, 4]


def test_weeks_inside_a_month_stay_in_the_month():
    plan = calendar("九月份：\n第一周：开学。\n第二周：家访。\n十月份：\n第五周：谈心。\n第六周：总结。")
    assert rows(plan) == [(9, 9, "九月份："), (10, 10, "十月份：")]


def test_weeks_of_the_second_term_start_in_february():
    plan = plan_of(
        f"东街小学2023-2024学年第二学期工作计划\n{TEXT}\n第一周：开学。\n第三周：家访。\n第八周：谈心。"
    )
    assert [row.first_month for row in plan.calendar] == [2, 3, 4]
    assert plan.weeks_are_guessed


def test_a_stage_without_further_work_is_its_own_work():
    plan = calendar("第一阶段：准备阶段（9月）\n第二阶段：实施阶段（10月—12月）\n主要措施\n" + TEXT)
    assert [(row.label, row.work) for row in plan.calendar] == [
        ("（9月）", "第一阶段：准备阶段"),
        ("（10月—12月）", "第二阶段：实施阶段"),
    ]


def test_a_note_below_the_calendar_is_no_work():
    plan = calendar("五月：\n感恩活动\n六月：暑期安全教育\n备注：以上安排如有变动另行通知。")
    assert plan.calendar[-1].work == "暑期安全教育"
