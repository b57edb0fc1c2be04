"""Times of a calendar are read in every way people write them."""

import pytest

from cms.plan_import.recognise.months import says_only_months, span_at, span_at_end


@pytest.mark.parametrize(
    ("text", "label", "months"),
    [
        ("九月份：家访", "九月份", (9, 9)),
        ("元月份：", "元月份", (1, 1)),
        ("1-3月：", "1-3月", (1, 3)),
        ("７—９月，", "７—９月", (7, 9)),
        ("十一月", "十一月", (11, 11)),
        ("十、十一月份", "十、十一月份", (10, 11)),
        ("4月上旬开会", "4月上旬", (4, 4)),
        ("3月上旬—4月中旬", "3月上旬—4月中旬", (3, 4)),
        ("9月1日-10日：", "9月1日-10日", (9, 9)),
        ("2023年9月至2024年1月", "2023年9月至2024年1月", (9, 1)),
        ("20xx年10月", "20xx年10月", (10, 10)),
        ("二〇二三年九月", "二〇二三年九月", (9, 9)),
        ("9月至次年1月", "9月至次年1月", (9, 1)),
        ("第二季度：", "第二季度", (4, 6)),
        ("四季度：", "四季度", (10, 12)),
    ],
)
def test_a_time_at_the_start_is_read(text, label, months):
    span = span_at(text)
    assert (text[: span.end], (span.first, span.last)) == (label, months)


@pytest.mark.parametrize(
    "text", ["2—5名的奖励", "12个小组", "10.1国庆节", "第一，加强领导", "月份", "一名教师", "三个优先"]
)
def test_what_is_no_time_is_none(text):
    assert span_at(text) is None


def test_a_time_at_the_end_is_read_whole():
    text = "调查摸底2024年4月上旬"
    span = span_at_end(text, len(text))
    assert text[span.start :] == "2024年4月上旬"


def test_weeks_count_from_the_start_of_the_term():
    span = span_at("第10-11周：")
    assert span.weeks
    assert span.months("autumn") == (11, 11)
    assert span.months("spring") == (4, 5)


@pytest.mark.parametrize(
    ("label", "answer"),
    [
        ("九月份：", True), ("7—9月，", True), ("1-3月：", True), ("9月", True), ("4月上旬", False),
        ("9月1日", False), ("第一阶段（9月）：", False), ("2023年9月", False), ("第一周", False), ("第一季度：", False),
    ],
)  # fmt: skip
def test_a_label_may_add_nothing_to_its_months(label, answer):
    assert says_only_months(label) is answer
