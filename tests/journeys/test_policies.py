"""The bureau publishes a policy that replaces another; readers of the old one are told."""

from __future__ import annotations

from secrets import token_hex

from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Running
from tests.journeys.editing import act, add_block, expect_message, field, write_text
from tests.journeys.waiting import arrive, leaving

MARK = token_hex(3)  # a site that runs already may have been played on before
OLD, NEW = f"校车安全管理办法（试行）{MARK}", f"校车安全管理办法{MARK}"


def test_a_policy_takes_the_place_of_an_earlier_one(visit, running: Running):
    bureau = visit("/admin/", as_user=running.account("bureau_editor"))
    write_policy(bureau, OLD)
    act(bureau, "发布")
    expect_message(bureau, OLD)

    write_policy(bureau, NEW)
    choose_replaced(bureau, OLD)
    act(bureau, "发布")
    expect_message(bureau, NEW)

    visitor = visit("/policies/?status=repealed", PHONE)
    visitor.get_by_role("link", name=OLD).click()
    expect(visitor.get_by_text("本文件已废止")).to_be_visible()
    visitor.locator("main").get_by_role("link", name=NEW).first.click()
    arrive(visitor, NEW)
    assert status_in_the_api(visitor, OLD) == "repealed"
    assert status_in_the_api(visitor, NEW) == "in_force"


def write_policy(page: Page, title: str) -> None:
    """Fill in the form of a new policy."""
    page.goto("/admin/pages/")
    for link in ("查看'首页'的子页面", "查看'政策文件'的子页面", "添加子页面"):
        with leaving(page):
            page.get_by_role("link", name=link).click()
    page.locator("[name=title]").fill(title)
    page.get_by_label("成文日期").fill("2026-11-20")
    page.keyboard.press("Escape")
    page.get_by_label("发文机关").fill("心桥县教育局")
    add_block(page, "body", "正文")
    write_text(field(page, "body"), "各学校应当每学期检查一次校车，并把结果报教育局。")


def choose_replaced(page: Page, title: str) -> None:
    """Name the policy that the new one replaces."""
    page.get_by_role("button", name="增加 原文件").click()
    page.get_by_role("button", name="选择").first.click()
    window = page.locator(".modal-dialog")
    window.get_by_role("searchbox").or_(window.locator("[name=q]")).first.fill(title)
    window.get_by_role("link", name=title, exact=True).click()
    expect(window).to_have_count(0)


def status_in_the_api(page: Page, title: str) -> str:
    """Return the policy's status as a front end gets it."""
    items = page.request.get("/api/v1/policies?limit=100").json()["items"]
    return next(item["status"] for item in items if item["title"] == title)
