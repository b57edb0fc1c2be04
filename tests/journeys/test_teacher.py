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
