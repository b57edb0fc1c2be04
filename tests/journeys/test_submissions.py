"""What a teacher hands in comes back with a word at one answer, is put right, handed in again and approved."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.axe import assert_accessible, assert_fits
from tests.journeys.conftest import DESK, PHONE, Running
from tests.journeys.test_filling import SCHOOL, begin, press
from tests.journeys.waiting import arrive, leaving

WORD = "请写清楚{child}的班级，例如“三（2）班”。"
SIZES = pytest.mark.parametrize(
    ("size", "child"), [(PHONE, "卢青禾"), (DESK, "樊知秋")], ids=["phone", "desk"]
)


@SIZES
def test_an_answer_is_returned_put_right_and_approved(visit, running: Running, size: dict, child: str):
    teacher: Page = visit("/forms/child-archive/", size, as_user=running.account("class_teacher", SCHOOL))
    hand_in_an_archive(teacher, child)
    head: Page = visit("/submissions/review/", size, as_user=running.account("school_head", SCHOOL))
    return_with_a_word(head, child)
    put_right(teacher, child)
    approve(head, child)
    teacher.goto("/desk/")
    expect(teacher.get_by_role("region", name=re.compile("^我的儿童"))).to_contain_text(child)
    look(teacher)


def look(page: Page) -> None:
    """Look at the page with axe, and for its width."""
    assert_accessible(page)
    assert_fits(page)


def hand_in_an_archive(page: Page, child: str) -> None:
    """Fill in what must be answered, step by step, and hand in."""
    begin(page)
    page.get_by_label("姓名").fill(child)
    check(page, "性别", "女")
    page.get_by_label("出生日期").fill("2016-05-04")
    page.get_by_label("班级").fill("三班")
    check(page, "是否在校寄宿", "否")
    check(page, "关爱类别", "留守儿童")
    press(page, "下一步")
    arrive(page, "家庭与父母")
    check(page, "留守情况", "父母双方外出")
    page.locator("[data-province]").select_option("430000")
    page.locator("[data-county]").select_option("430102")
    page.get_by_label("乡镇（街道）、村（社区）及门牌号").fill("红旗村3组12号")
    check(page, "父母与孩子联系的频率", "每周")
    check(page, "是否由祖辈隔代抚养", "是")
    press(page, "下一步")
    arrive(page, "监护人")
    add_a_guardian(page)
    press(page, "下一步")
    arrive(page, "性格、兴趣与健康")
    check(page, "健康状况", "健康")
    press(page, "下一步")
    arrive(page, "五项情况摸底")
    for row in page.locator(".q__row").all():
        row.get_by_text("好", exact=True).click()
    page.get_by_label("我已阅读并同意").check()
    press(page, "核对所填内容")
    arrive(page, "请核对所填内容")
    look(page)
    with leaving(page):
        page.get_by_role("button", name="确认提交").click()
    arrive(page, "已提交")
    look(page)


def add_a_guardian(page: Page) -> None:
    """Add the grandmother to the list."""
    with leaving(page):
        page.locator(".roster__add").click()
    page.get_by_label("姓名").fill("卢桂香")
    check(page, "与儿童的关系", "祖父母")
    page.get_by_label("照护身份").select_option("entrusted")
    page.get_by_label("联系电话").fill("13812345678")
    press(page, "保存并返回列表")
    expect(page.locator(".roster-card")).to_contain_text("卢桂香")


def check(page: Page, question: str, answer: str) -> None:
    """Choose an answer by its button."""
    page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()


def open_waiting(page: Page, child: str) -> None:
    """Open what waits for review about this child."""
    page.goto("/submissions/review/")
    look(page)
    with leaving(page):
        page.get_by_role("link", name=re.compile(child)).first.click()


def return_with_a_word(page: Page, child: str) -> None:
    """Return it with a comment at the class."""
    open_waiting(page, child)
    look(page)
    page.locator("summary").filter(has_text="班级").click()
    page.get_by_label("对“班级”的批注").fill(WORD.format(child=child))
    with leaving(page):
        page.get_by_role("button", name="退回修改").click()
    expect(page.get_by_text(WORD.format(child=child)).first).to_be_visible()


def put_right(page: Page, child: str) -> None:
    """See it on the desk, read the word at the answer, correct it and hand in again."""
    page.goto("/desk/")
    returned = page.get_by_role("region", name=re.compile("^待修改")).get_by_role("listitem")
    mine = returned.filter(has_text=WORD.format(child=child))
    expect(mine).to_be_visible()
    look(page)
    with leaving(page):
        mine.get_by_role("link", name=re.compile("^去修改|^修改")).click()
    draft = re.match(r".*/fill/[0-9a-f-]+/", page.url)[0]
    page.goto(f"{draft}basic/")
    expect(page.locator("[data-question='class_name']")).to_contain_text(WORD.format(child=child))
    look(page)
    page.get_by_label("班级").fill("三（2）班")
    press(page, "下一步")
    page.goto(f"{draft}check/")
    arrive(page, "请核对所填内容")
    expect(page.locator("main")).to_contain_text(child)
    with leaving(page):
        page.get_by_role("button", name="确认提交").click()
    arrive(page, "已提交")


def approve(page: Page, child: str) -> None:
    """Look at what was corrected and approve it."""
    open_waiting(page, child)
    expect(page.get_by_text("三（2）班").first).to_be_visible()
    look(page)
    with leaving(page):
        page.get_by_role("button", name=re.compile("^通过")).click()
    expect(page.get_by_text("已通过").first).to_be_visible()
