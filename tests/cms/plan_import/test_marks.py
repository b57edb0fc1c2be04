"""Numbering is read in every style in use."""

import pytest

from cms.plan_import.recognise.marks import mark_of, number_of


@pytest.mark.parametrize(
    ("text", "rank", "number"),
    [
        ("第二部分 工作内容", 1, 2),
        ("三、主要措施", 2, 3),
        ("十二．其他", 2, 12),
        ("（四）家访", 3, 4),
        ("(五)、家访", 3, 5),
        ("6、家访", 4, 6),
        ("７．家访", 4, 7),
        ("8. 家访", 4, 8),
        ("（9）家访", 5, 9),
        ("10）家访", 5, 10),
        ("⑪家访", 6, 11),
        ("B、家访", 7, 2),
    ],
)
def test_a_number_has_a_rank_and_a_value(text, rank, number):
    mark = mark_of(text)
    assert (mark.rank, mark.number) == (rank, number)


@pytest.mark.parametrize(
    "text", ["2023年工作", "9.1开学", "一年来", "（通过家访）", "3000元", "1.5米", "十佳少年"]
)
def test_a_number_in_a_sentence_is_no_mark(text):
    assert mark_of(text) is None


@pytest.mark.parametrize(
    ("word", "number"), [("十", 10), ("二十一", 21), ("一百零三", 103), ("二零二三", 2023)]
)
def test_chinese_numbers_are_counted(word, number):
    assert number_of(word) == number
