"""With the keyboard alone: past the head, through the menu, the filters and the search."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import PHONE
from tests.journeys.waiting import arrive


def tab_to(page: Page, goal: Locator) -> None:
    """Press Tab until the goal has the focus; fails when 60 presses do not reach it."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if goal.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"Tab does not reach {goal}")


def test_the_skip_link_leads_past_the_head(visit):
    page = visit("/news/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_menu_of_a_phone_opens_and_leads_on(visit):
    page = visit("/", PHONE)
    tab_to(page, page.locator(".menu > summary"))
    page.keyboard.press("Enter")
    link = page.get_by_role("navigation", name="主菜单").get_by_role("link", name="学校名录")
    expect(link).to_be_visible()
    tab_to(page, link)
    page.keyboard.press("Enter")
    arrive(page, "学校名录")


def test_filters_are_opened_chosen_and_sent(visit):
    page = visit("/policies/", PHONE)
    tab_to(page, page.locator(".filters > summary"))
    page.keyboard.press("Enter")
    expect(page.get_by_label("已废止")).to_be_visible()
    tab_to(page, page.get_by_label("已废止"))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="查看结果"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("status=repealed"))
    expect(page.locator("main li").first).to_be_visible()


def test_search_is_reached_typed_and_sent(visit):
    page = visit("/")
    tab_to(page, page.get_by_role("combobox").first)
    page.keyboard.type("家访")
    page.keyboard.press("Enter")
    expect(page.locator("main mark").first).to_have_text("家访")
    page.wait_for_load_state()
    tab_to(page, page.locator("main a:has(mark)").first)
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(re.compile("/search/"))
