"""A class teacher on her phone: the desk is hers, the admin is not."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.journeys.axe import assert_accessible, assert_fits
from tests.journeys.conftest import PHONE, Running, log_in
from tests.journeys.waiting import arrive, leaving

NEW_PASSWORD = "walnut-spoon-2026"


def test_a_class_teacher_finds_her_desk_and_changes_her_password(visit, running: Running):
    account = running.account("class_teacher", "xq-06")
    page: Page = visit("/", PHONE, as_user=account)
    page.goto("/desk/")
    expect(page.get_by_role("heading", name="本校新闻")).to_be_visible()
    assert_accessible(page)
    assert_fits(page)
    change_password(page, account["password"], NEW_PASSWORD)
    with leaving(page):
        page.get_by_role("button", name="退出登录").click()
    page.goto("/desk/")
    expect(page.get_by_label("密码")).to_be_visible()
    log_in(page, {**account, "password": NEW_PASSWORD})
    expect(page).to_have_url(f"{running.url}/desk/")
    change_password(page, NEW_PASSWORD, account["password"])


def test_the_admin_turns_a_class_teacher_back_to_her_desk(visit, running: Running):
    page = visit("/admin/", PHONE, as_user=running.account("class_teacher", "xq-06"))
    expect(page).to_have_url(f"{running.url}/desk/")
    expect(page.get_by_text("您没有权限访问管理后台")).to_be_visible()


def test_a_class_teacher_fills_in_a_home_visit_for_one_of_her_children(visit, running: Running):
    page = visit("/desk/", PHONE, as_user=running.account("class_teacher", "xq-06"))
    for heading in ("待修改", "草稿", "我的儿童", "最近提交"):
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
    look_at(page)
    with leaving(page):
        page.get_by_role("link", name="池晚晴", exact=True).click()
    arrive(page, "池晚晴")
    look_at(page)
    with leaving(page):
        page.get_by_role("link", name="家访记录", exact=True).first.click()
    begin_a_visit(page)
    page.goto("/desk/")
    with leaving(page):
        page.get_by_role("link", name="家访记录 · 池晚晴", exact=True).first.click()
    arrive(page, "了解到的情况")
    hand_in_the_visit(page)
    page.goto("/desk/")
    filed = page.get_by_role("region", name="最近提交")
    expect(filed.get_by_role("listitem").first).to_contain_text("家访记录 · 池晚晴")


def look_at(page: Page) -> None:
    """Look at a page of the desk with axe, and for its width."""
    assert_accessible(page)
    assert_fits(page)


def begin_a_visit(page: Page) -> None:
    """Answer the first step, go to the second, and stop there."""
    arrive(page, "家访记录")
    with leaving(page):
        page.get_by_role("button", name="开始填写").click()
    arrive(page, "家访情况")
    page.get_by_label("家访教师").fill("许慧心")
    for answer in ("视频", "计划内家访", "父亲"):
        page.get_by_label(answer, exact=True).check()
    with leaving(page):
        page.get_by_role("button", name="下一步").click()
    arrive(page, "了解到的情况")
    page.get_by_label("谈话要点").fill("晚晴在家读了三本书。")
    with leaving(page):
        page.get_by_role("button", name="保存并稍后继续").click()


def hand_in_the_visit(page: Page) -> None:
    """Answer what is left and hand in."""
    expect(page.get_by_label("谈话要点")).to_have_value("晚晴在家读了三本书。")
    for row in ("学习", "生活", "情绪", "交友", "身体"):
        page.get_by_role("radiogroup", name=row).get_by_label("好", exact=True).check()
    page.get_by_role("group", name="父母本月是否").get_by_label("是", exact=True).check()
    page.get_by_role("group", name="是否发现安全隐患").get_by_label("否", exact=True).check()
    page.get_by_label("暂无需要", exact=True).check()
    for button in ("下一步", "核对所填内容", "确认提交"):
        with leaving(page):
            page.get_by_role("button", name=button).click()
    expect(page.get_by_text("回执编号")).to_be_visible()


def change_password(page: Page, old: str, new: str) -> None:
    """Change the password at the desk."""
    page.get_by_role("link", name="修改密码").click()
    arrive(page, "修改密码")
    assert_accessible(page)
    assert_fits(page)
    page.locator("input[name=old_password]").fill(old)
    page.locator("input[name=new_password1]").fill(new)
    page.locator("input[name=new_password2]").fill(new)
    with leaving(page):
        page.get_by_role("button", name="保存密码").click()
    expect(page.get_by_role("link", name="修改密码")).to_be_visible()
