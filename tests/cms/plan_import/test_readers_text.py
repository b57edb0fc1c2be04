"""Plain text is read in every encoding that Chinese files come in, and refused when it is none."""

import codecs
import random

import pytest

from cms.plan_import.readers import ReadError, read_document
from tests.cms.plan_import.samples import SCHOOL_PLAN

FIRST = SCHOOL_PLAN.splitlines()[0]


def lines(data: bytes, name: str = "plan.txt") -> list[str]:
    return [line.text for line in read_document(name, data).lines]


@pytest.mark.parametrize(
    "data",
    [
        SCHOOL_PLAN.encode(),
        SCHOOL_PLAN.encode("utf-8-sig"),
        SCHOOL_PLAN.encode("gb18030"),
        SCHOOL_PLAN.encode("utf-16"),
        codecs.BOM_UTF16_BE + SCHOOL_PLAN.encode("utf-16-be"),
        SCHOOL_PLAN.encode("utf-16-le"),
        SCHOOL_PLAN.encode("utf-16-be"),
        SCHOOL_PLAN.encode("utf-32"),
    ],
    ids=["utf-8", "utf-8-bom", "gb18030", "utf-16", "utf-16-be-bom", "utf-16-le", "utf-16-be", "utf-32"],
)
def test_every_encoding_gives_the_same_lines(data):
    assert lines(data) == SCHOOL_PLAN.splitlines()


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\u2028", "\n\n\n"])
def test_every_line_end_parts_lines(end):
    assert lines(SCHOOL_PLAN.replace("\n", end).encode()) == SCHOOL_PLAN.splitlines()


def test_signs_that_nobody_sees_are_dropped():
    assert lines(f"\ufeff{FIRST}\x00\u200b".encode()) == [FIRST]


def test_a_paragraph_broken_in_the_middle_of_a_word_is_joined():
    broken = (
        "在班会课和谈心活动中，注重开展心理咨询，每周团队活动时间定期开展思想教育、情感教育和体谅父母教\n"
    )
    rest = "育等，使每个孩子感到备受关爱，体验到成长的快乐与幸福，养成乐观向上的生活态度。\n"
    assert len(lines((broken + rest).encode())) == 1


def test_lines_of_one_width_are_put_together_to_paragraphs():
    paragraph = "全面掌握每个学生的情况做到有计划有记录有总结" * 12
    wrapped = "\n".join(paragraph[start : start + 30] for start in range(0, len(paragraph), 30))
    assert lines(f"一、措施\n{wrapped}\n二、要求\n{wrapped}".encode()) == [
        "一、措施",
        paragraph,
        "二、要求",
        paragraph,
    ]


@pytest.mark.parametrize(
    "data",
    [
        random.Random(1).randbytes(4000),
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
    ],
    ids=["noise", "picture"],
)
def test_what_is_no_text_is_refused(data):
    with pytest.raises(ReadError, match="编码"):
        lines(data)


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(data):
    with pytest.raises(ReadError, match=r"空|没有文字"):
        lines(data)
