"""What a visitor does on a phone: find a policy, read a school's news, with and without JavaScript."""

import re
from unicodedata import normalize

import pytest
from playwright.sync_api import expect

from tests.journeys import public_site
from tests.journeys.axe import DESK, PHONE, visitor
from tests.journeys.waiting import arrive

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def test_a_visitor_finds_a_policy_with_filters_and_without_javascript(browser, live_server):
    public_site.build()
    with visitor(browser, PHONE, java_script_enabled=False) as page:
        page.goto(live_server.url)
        page.get_by_role("link", name="查找政策文件").click()
        arrive(page, "政策文件")
        page.get_by_text("筛选", exact=True).click()
        page.get_by_label("现行有效").check()
        page.get_by_role("button", name="查看结果").click()
        expect(page.get_by_text("共1条")).to_be_visible()
        expect(page).to_have_url(re.compile("status=in_force"))
        page.get_by_role("link", name=public_site.LONG).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(public_site.LONG)


def test_a_replaced_policy_leads_to_the_one_in_its_place(browser, live_server):
    public_site.build()
    with visitor(browser, PHONE) as page:
        page.goto(live_server.url + "/policies/?status=repealed")
        page.get_by_role("link", name="校园安全工作意见（试行）").click()
        expect(page.get_by_text("本文件已废止")).to_be_visible()
        page.get_by_role("link", name=public_site.LONG).click()
        expect(page.get_by_text("替代的文件")).to_be_visible()


def test_a_parent_reads_the_news_of_her_school_on_a_phone(browser, live_server):
    public_site.build()
    with visitor(browser, PHONE) as page:
        page.goto(live_server.url)
        page.locator(".menu > summary").click()
        page.get_by_role("navigation", name="主菜单").get_by_role("link", name="学校名录").click()
        for heading, link in (("学校名录", "河湾小学"), ("河湾小学", "中秋写家书")):
            arrive(page, heading)
            page.get_by_role("link", name=link).click()
        arrive(page, "中秋写家书")
        page.get_by_role("link", name=re.compile("上一篇")).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(public_site.LONG)


def test_search_marks_what_it_found(browser, live_server):
    public_site.build()
    with visitor(browser, PHONE) as page:
        page.goto(live_server.url)
        page.get_by_role("combobox").first.fill("家书")
        page.keyboard.press("Enter")
        expect(page.locator("mark").first).to_have_text("家书")


def test_the_current_month_is_marked_by_the_script_alone(browser, live_server):
    public_site.build()
    from cms.pages.models import PlanPage

    url = live_server.url + PlanPage.objects.get().url
    with visitor(browser, DESK) as page:
        page.clock.set_fixed_time("2026-10-08T08:00:00+08:00")
        page.goto(url)
        expect(page.locator(".month--now .month__name")).to_have_text("9月至10月 本月")
    with visitor(browser, DESK, java_script_enabled=False) as page:
        page.goto(url)
        expect(page.locator(".month--now")).to_have_count(0)


def test_the_keyboard_reaches_the_text_first_and_shows_where_it_is(browser, live_server):
    public_site.build()
    with visitor(browser, DESK) as page:
        page.goto(live_server.url + "/policies/")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
        assert page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)") >= 2
        page.keyboard.press("Enter")
        expect(page.locator("#main")).to_be_focused()


def test_first_load_is_light(browser, live_server):
    """At most 100 kB without pictures, before compression."""
    public_site.build()
    with visitor(browser, PHONE) as page:
        sizes: list[int] = []
        page.on(
            "response",
            lambda r: sizes.append(len(r.body())) if r.request.resource_type != "image" else None,
        )
        page.goto(live_server.url)
        page.wait_for_load_state("networkidle")
        assert 0 < sum(sizes) <= 100_000


def test_a_policy_prints_as_an_official_document(browser, live_server, tmp_path):
    """Red head with the issuing body, number, signature; no menu, no foot."""
    from pypdf import PdfReader

    public_site.build()
    with visitor(browser, DESK) as page:
        page.goto(live_server.url + "/policies/?status=in_force")
        page.get_by_role("link", name=public_site.LONG).click()
        arrive(page, public_site.LONG)
        path = tmp_path / "policy.pdf"
        page.pdf(path=str(path), prefer_css_page_size=True)
    reader = PdfReader(path)
    pages = "".join(p.extract_text() for p in reader.pages)
    text = normalize("NFKC", pages).replace("\n", "")  # fonts give some characters as radicals
    assert "心桥县教育局文件" in text
    assert "最新政策" not in text
    assert "主菜单" not in text
    width, height = (round(float(side) / 72 * 25.4) for side in reader.pages[0].mediabox[2:])
    assert (width, height) == (210, 297)
