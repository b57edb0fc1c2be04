"""A teacher fills in a child's archive: interrupted, on another device, in two tabs, without scripts."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.journeys.axe import assert_accessible, assert_fits
from tests.journeys.conftest import DESK, PHONE, Running
from tests.journeys.waiting import arrive, leaving

FORM = "/forms/child-archive/"
SCHOOL = "xq-06"
SAVED = re.compile(r"已保存 \d\d:\d\d")


def look(page: Page) -> None:
    """Look at the page with axe, on a phone and on a desk."""
    before = page.viewport_size
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        assert_accessible(page)
        assert_fits(page)
    page.set_viewport_size(before)


def begin(page: Page) -> str:
    """Begin a new archive and return the address of its draft."""
    page.goto(FORM)
    with leaving(page):
        page.locator(".fill__begin button").first.click()
    arrive(page, "学生基本情况")
    return re.match(r".*/fill/[0-9a-f-]+/", page.url)[0]


def press(page: Page, name: str) -> None:
    """Press a button at the foot of the page."""
    with leaving(page):
        page.locator(".fill__verbs").get_by_role("button", name=name, exact=True).click()


def test_a_teacher_is_interrupted_and_goes_on_at_her_desk(visit, running: Running):
    teacher = running.account("class_teacher", SCHOOL)
    phone: Page = visit(FORM, PHONE, as_user=teacher)
    look(phone)
    draft = begin(phone)
    look(phone)
    phone.locator("[name='q:name']").fill("赵小满")
    expect(phone.locator("[data-saved]")).to_have_text(SAVED)
    phone.goto("/desk/")
    with leaving(phone):
        phone.get_by_role("button", name="退出登录").click()

    desk: Page = visit("/fill/", DESK, as_user=teacher)
    look(desk)
    desk.goto(draft)
    arrive(desk, "学生基本情况")
    expect(desk.locator("[name='q:name']")).to_have_value("赵小满")
    press(desk, "下一步")
    expect(desk.locator("#mistakes")).to_be_focused()
    look(desk)
    desk.go_back()
    expect(desk.locator("[name='q:name']")).to_have_value("赵小满")


def test_two_tabs_come_to_a_clear_choice_and_lose_nothing(visit, running: Running):
    teacher = running.account("class_teacher", SCHOOL)
    first: Page = visit(FORM, DESK, as_user=teacher)
    draft = begin(first)
    second = first.context.new_page()
    second.goto(f"{draft}basic/")
    first.locator("[name='q:class_name']").fill("三（1）班")
    expect(first.locator("[data-saved]")).to_have_text(SAVED)
    second.locator("[name='q:name']").fill("钱小雨")
    second.locator("[name='q:class_name']").fill("三（2）班")
    conflict = second.locator(".conflict")
    expect(conflict).to_contain_text("三（1）班")
    assert_accessible(second)
    conflict.get_by_role("button", name="保留我的").click()
    expect(second.locator("[data-saved]")).to_have_text(SAVED)
    first.goto(f"{draft}basic/")
    expect(first.locator("[name='q:class_name']")).to_have_value("三（2）班")
    expect(first.locator("[name='q:name']")).to_have_value("钱小雨")


def test_questions_come_and_go_while_one_types(visit, running: Running):
    page: Page = visit(FORM, PHONE, as_user=running.account("class_teacher", SCHOOL))
    draft = begin(page)
    page.goto(f"{draft}character/")
    detail = page.locator("[data-question='health_detail']")
    page.locator("[name='q:health']").first.check()
    expect(detail).to_be_hidden()
    page.locator("[name='q:health']").last.check()
    expect(detail).to_be_visible()


def test_guardians_are_added_moved_removed_and_put_back(visit, running: Running):
    page: Page = visit(FORM, PHONE, as_user=running.account("class_teacher", SCHOOL))
    draft = begin(page)
    page.goto(f"{draft}guardians/")
    for name in ("孙大山", "李秀英"):
        with leaving(page):
            page.locator(".roster__add").click()
        page.locator("[name='q:guardian_name']").fill(name)
        look(page)
        press(page, "暂不检查，返回列表")
    cards = page.locator(".roster-card h3")
    expect(cards).to_have_count(2)
    with leaving(page):
        page.get_by_role("button", name="上移").last.click()
    expect(cards.first).to_contain_text("李秀英")
    with leaving(page):
        page.get_by_role("button", name=re.compile("^移除")).first.click()
    expect(cards).to_have_count(1)
    look(page)
    with leaving(page):
        page.get_by_role("button", name="撤销").click()
    expect(cards).to_have_count(2)


def test_what_is_typed_without_a_connection_is_saved_when_it_is_back(visit, running: Running):
    page: Page = visit(FORM, PHONE, as_user=running.account("class_teacher", SCHOOL))
    draft = begin(page)
    page.context.set_offline(True)
    page.locator("[name='q:name']").fill("周小舟")
    expect(page.locator("[data-saved]")).to_contain_text("网络已断开")
    page.context.set_offline(False)
    expect(page.locator("[data-saved]")).to_have_text(SAVED)
    page.goto(f"{draft}basic/")
    expect(page.locator("[name='q:name']")).to_have_value("周小舟")


def test_an_archive_is_finished_without_any_script(visit, running: Running):
    page: Page = visit(
        FORM, PHONE, as_user=running.account("class_teacher", SCHOOL), java_script_enabled=False
    )
    begin(page)
    fill_whole(page)
    for _ in range(12):
        if "/check/" in page.url:
            break
        press(page, page.locator(".fill__verbs button").first.inner_text())
        fill_whole(page)
    arrive(page, "请核对所填内容")
    expect(page.locator("#mistakes")).to_have_count(0)
    with leaving(page):
        page.get_by_role("button", name="确认提交").click()
    arrive(page, "已提交")
    expect(page.locator(".receipt__number strong")).not_to_be_empty()


TYPED = {
    "q:name": "吴小禾",
    "q:birth_date": "2016-05-04",
    "q:class_name": "三（1）班",
    "q:home_address:detail": "红旗村3组12号",
    "q:guardian_name": "吴大山",
    "q:guardian_phone": "13812345678",
    "q:health_detail": "对青霉素过敏",
    "q:needs": "学习辅导",
    "q:away_since": "2024-02-20",
}


def fill_whole(page: Page) -> None:
    """Answer what the page asks: the typed answers, the first of each choice, an address; one guardian."""
    if page.locator(".roster__add").count() and not page.locator(".roster-card").count():
        with leaving(page):
            page.locator(".roster__add").click()
    for name, text in TYPED.items():
        field = page.locator(f"[name='{name}']")
        if field.count() and field.is_visible():
            field.fill(text)
    for question in page.locator("[data-question]:visible").all():
        choice = question.locator("input[type=radio], input[type=checkbox][value]:not([name^='clear'])")
        if choice.count() and not question.locator("input:checked").count():
            choice.first.check()
    for select in page.locator("select:visible:not([data-county])").all():
        select.select_option(index=1)
    if page.locator("[data-province]:visible").count():
        with leaving(page):
            page.get_by_role("button", name="列出市县").click()
        page.locator("[data-county]").select_option(index=1)
    for row in page.locator(".q__row:visible").all():
        row.locator("input").first.check()
