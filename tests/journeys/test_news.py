"""A school writes news with two pictures; the bureau returns them, then approves; a visitor reads them."""

from __future__ import annotations

from pathlib import Path
from secrets import token_hex

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import PHONE, Running
from tests.journeys.editing import act, add_block, ask, expect_message, field, make_picture, upload_picture
from tests.journeys.waiting import arrive, leaving

SCHOOL = "xq-05"
TITLE = f"银杏树下的读书会{token_hex(3)}"  # a site that runs already may have been played on before
REASON = "请写明参加的年级，并补上第二张图片的说明。"
NO_PEOPLE = "没有可辨认的人"


@pytest.fixture
def pictures(tmp_path: Path) -> list[Path]:
    return [make_picture(tmp_path / f"{name}.png", name) for name in ("teal", "orange")]


def test_from_the_first_draft_to_the_visitors_phone(visit, running: Running, pictures: list[Path]):
    writer = visit("/admin/", as_user=running.account("school_editor", SCHOOL))
    write_news(writer, pictures)
    act(writer, "提交审核")
    expect_message(writer, TITLE)

    visitor = visit(f"/schools/{SCHOOL}/news/", PHONE)
    expect(visitor.get_by_role("link", name=TITLE)).to_have_count(0)
    bureau = visit("/admin/", as_user=running.account("bureau_editor"))
    open_from_dashboard(bureau, "waiting")
    hidden = addresses_of_the_draft(bureau)
    assert [visitor.request.get(address).status for address in hidden] == [404] * 3
    give_back(bureau, REASON)

    writer.goto("/admin/")
    expect(writer.locator("#returned-section")).to_contain_text(REASON)
    open_from_dashboard(writer, "returned")
    expect_message(writer, REASON)
    writer.get_by_label("地点").fill("三年级教室外的银杏树下")
    act(writer, "重新提交审核")
    expect_message(writer, TITLE)

    bureau.goto("/admin/")
    open_from_dashboard(bureau, "waiting")
    act(bureau, "通过并发布")
    expect_message(bureau, TITLE)

    read_on_a_phone(visitor)
    assert [visitor.request.get(address).status for address in hidden] == [200] * 3
    read_as_json(visitor)


def write_news(page: Page, pictures: list[Path]) -> None:
    """Go to the school's news and fill in the form: a gallery of two pictures."""
    page.get_by_role("button", name="页面", exact=True).click()
    for link in ("活动新闻", "添加子页面"):
        with leaving(page):
            page.get_by_role("link", name=link, exact=True).click()
    page.locator("[name=title]").fill(TITLE)
    page.get_by_label("活动日期").fill("2026-11-20")
    page.keyboard.press("Escape")
    page.get_by_label("活动类型").select_option(index=1)
    add_block(page, "body", "图集")
    for number, path in enumerate(pictures):
        item = field(page, "body").locator("[data-contentpath=pictures] [data-contentpath=image]").nth(number)
        upload_picture(page, item, path, NO_PEOPLE)
    texts = field(page, "body").get_by_label("图片说明（替代文字）")
    texts.nth(0).fill("孩子们围坐在银杏树下")
    texts.nth(1).fill("书架上的图画书")


def addresses_of_the_draft(page: Page) -> list[str]:
    """Return where the public would find the page and its pictures, while nothing of it is public."""
    thumbs = field(page, "body").locator("[data-contentpath=image] img")
    expect(thumbs).to_have_count(2)
    sources = thumbs.evaluate_all("images => images.map(image => image.src)")
    assert [page.request.get(source).status for source in sources] == [200, 200]
    slug = page.locator("[name=slug]").input_value()
    return [f"/schools/{SCHOOL}/news/{slug}/", *sources]


def open_from_dashboard(page: Page, panel: str) -> None:
    """Go from the dashboard's panel to the news."""
    with leaving(page):
        page.locator(f"#{panel}-section").get_by_role("link", name=TITLE, exact=True).click()


def give_back(page: Page, reason: str) -> None:
    """Return the page to the school."""
    ask(page, "退回修改")
    window = page.locator(".modal-dialog")
    window.get_by_label("退回原因（需要修改什么）").fill(reason)
    with leaving(page):
        window.get_by_role("button").last.click()
    expect_message(page, TITLE)


def read_on_a_phone(page: Page) -> None:
    """Find the news on the school's page; both pictures have arrived."""
    page.goto(f"/schools/{SCHOOL}/")
    page.get_by_role("link", name=TITLE).first.click()
    arrive(page, TITLE)
    for text in ("孩子们围坐在银杏树下", "书架上的图画书"):
        picture: Locator = page.get_by_role("img", name=text)
        picture.scroll_into_view_if_needed()
        expect(picture).to_be_visible()
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("image => image.naturalWidth") > 0


def read_as_json(page: Page) -> None:
    """The same news, as a front end gets them."""
    found = page.request.get(f"/api/v1/news?school={SCHOOL}&limit=100").json()["items"]
    item = next(item for item in found if item["title"] == TITLE)
    assert page.url.endswith(item["url"].split("/", 3)[3])
    whole = page.request.get(f"/api/v1/news/{item['id']}").json()
    gallery = next(block for block in whole["body"] if block["type"] == "gallery")
    assert len(gallery["value"]["pictures"]) == 2
