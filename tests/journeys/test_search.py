"""Finding: a plan of last year by two words and a facet, what is like it, and a new plan from it; and by keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESK, PHONE, Running
from tests.journeys.editing import expect_message, field
from tests.journeys.waiting import leaving

FOUND = "石桥镇初级中学2025—2026学年亲情电话与寄宿生关爱工作计划"
LAST_YEAR = "2025—2026学年"


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_last_years_plan_is_found_and_a_new_one_begun_from_it(visit, running: Running, size):
    page = visit("/admin/search/", size, as_user=running.account("bureau_editor"))
    page.get_by_role("combobox", name="要找的词").fill("亲情电话 寄宿")
    page.keyboard.press("Enter")
    expect(page.locator(".xq-found mark").first).to_be_visible()
    filters = page.locator(".xq-search-filters")
    if size == PHONE:
        filters.get_by_text("筛选").first.click()
    filters.get_by_label(re.compile(LAST_YEAR)).first.check()
    with leaving(page):
        page.get_by_role("button", name="查看结果").click()
    expect(page).to_have_url(re.compile("school_year=2025"))
    item = page.locator(".xq-found__item").filter(has_text=re.compile("石桥镇初级中学2025"))
    with leaving(page):
        item.get_by_role("link", name=re.compile("^相似计划")).click()
    expect(page.get_by_role("heading", name="相似计划").last).to_be_visible()
    expect(page.locator(".xq-found__item").first).to_be_visible()
    with leaving(page):
        page.locator(".xq-found__item").first.get_by_role("link", name=re.compile("^参照此计划新建")).click()
    expect(page.get_by_label("标题")).not_to_have_value("")
    with leaving(page):
        page.locator("main").get_by_role("button", name="新建计划").click()
    expect_message(page, "计划")
    expect(field(page, "sections").locator(".xq-section").first).to_be_visible()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_visitor_follows_similar_plans_below_a_plan(visit, size):
    page = visit("/search/?q=亲情电话&school_year=2025&kind=plan", size)
    with leaving(page):
        page.locator(".found").get_by_role("link", name=re.compile("石桥镇初级中学2025")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(FOUND)
    section = page.locator("[data-part]")
    section.scroll_into_view_if_needed()
    with leaving(page):
        section.locator(".item__title a").first.click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text(FOUND)


def test_suggestions_are_chosen_with_the_keyboard(visit):
    page = visit("/search/")
    box = page.locator("#page-search")
    box.press_sequentially("lset")
    offered = page.get_by_role("listbox").get_by_role("option")
    expect(offered.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(offered.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", re.compile("suggestions-"))
    expect(box).to_have_value(re.compile("留守儿童"))
    page.keyboard.press("Escape")
    expect(box).to_have_value("lset")
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("main mark").first).to_be_visible()
