"""The real work plans, where the folder of the corpus is beside the repository (or CORPUS names it)."""

import os
from pathlib import Path

import pytest

from cms.plan_import.lines import count_characters
from cms.plan_import.readers import read_document
from cms.plan_import.recognise.plan import recognise
from cms.plan_import.recognise.splitting import split_plans
from tests.cms.plan_import.samples import headings, lost, rows

ROOT = Path(__file__).resolve().parents[3]
CORPUS = Path(os.environ.get("CORPUS", ROOT.parent / "shared" / "corpus")) / "care-plans.txt"
pytestmark = pytest.mark.skipif(
    not CORPUS.exists(), reason=f"no corpus at {CORPUS}; set CORPUS to its folder"
)
NUMBERS = [*"一二三四五六七八九十", "十一", "十二", "十三", "十四"]


@pytest.fixture(scope="module")
def data():
    return CORPUS.read_bytes()


@pytest.fixture(scope="module")
def plans(data):
    return [recognise(part) for part in split_plans(read_document("care-plans.txt", data).lines)]


def test_there_are_fourteen_plans_with_their_titles(plans):
    assert [plan.title for plan in plans] == [f"留守儿童关爱工作计划篇{number}" for number in NUMBERS]


def test_no_character_of_the_file_is_lost(plans, data):
    assert [lost(plan) for plan in plans] == [0] * 14
    assert sum(count_characters("".join(plan.source)) for plan in plans) == count_characters(data.decode())


def test_the_levels_are_those_of_the_texts(plans):
    assert [plan.level for plan in plans] == [
        "school", "class", "city", "school", "school", "class", "school",
        "school", "school", "school", "school", "township", "school", "city",
    ]  # fmt: skip


CALENDARS = {
    1: [
        (9, 9, "九月份："),
        (10, 10, "十月份："),
        (11, 11, "十一月份："),
        (12, 12, "十二月份："),
        (1, 1, "元月份："),
    ],
    6: [(4, 4, "4月上旬"), (4, 4, "4月下旬"), (5, 5, "5月中旬"), (5, 5, "5月下旬"), (6, 6, "6月")],
    12: [(1, 3, "1-3月："), (4, 6, "4-6月："), (7, 9, "7-9月："), (10, 12, "10-12月：")],
    14: [(5, 5, "5月，"), (6, 6, "6月，"), (7, 9, "7—9月，"), (10, 11, "10—11月，"), (12, 12, "12月，")],
}


@pytest.mark.parametrize("number", CALENDARS)
def test_calendars_become_rows(plans, number):
    assert rows(plans[number - 1]) == CALENDARS[number]


def test_no_other_plan_has_a_calendar(plans):
    assert [number for number, plan in enumerate(plans, 1) if plan.calendar] == list(CALENDARS)


def test_a_row_holds_its_own_work_alone(plans):
    first, twelfth = plans[0].calendar, plans[11].calendar
    assert [len(row.work.split("\n")) for row in first] == [1, 1, 1, 1, 1]
    assert [len(row.work.split("\n")) for row in twelfth] == [3, 4, 4, 3]
    assert plans[11].calendar[-1].work.endswith("活动。")


def test_sections_follow_the_numbering(plans):
    assert headings(plans[7]) == ["一、指导思想", "二、工作目标", "三、主要措施"]
    assert [heading[0] for heading in headings(plans[1])] == ["一", "二", "三"]
    assert len(headings(plans[0])) == 6


def test_lists_of_people_are_found_even_without_names(plans):
    assert [(person.role, person.names) for person in plans[8].people] == [
        ("组长：", "xxx"), ("副组长：", "xxx"), ("成员：", "xxx xxx xxx"),
    ]  # fmt: skip
    assert [person.names for person in plans[10].people] == ["", "", "各班班主任"]


def test_documents_that_a_plan_rests_on_are_found(plans):
    assert len(plans[0].basis) == 1
    assert len(plans[2].basis) == 4


def test_what_stands_around_the_plans_is_kept_apart(plans):
    assert len(plans[0].front) == 2
    assert len(plans[13].footer) == 1
