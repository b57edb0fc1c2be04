"""A bureau editor brings in an XLSForm workbook and publishes it; a teacher fills the form in."""

from __future__ import annotations

import re
from io import BytesIO

from openpyxl import Workbook
from playwright.sync_api import Page, expect

from tests.journeys.axe import assert_accessible, assert_fits
from tests.journeys.conftest import DESK, PHONE, Running
from tests.journeys.waiting import arrive, leaving

SHEETS: dict[str, list[tuple]] = {
    "survey": [
        ("type", "name", "label", "required", "relevant", "constraint", "constraint_message", "calculation"),
        ("begin_group", "room", "宿舍情况"),
        ("text", "building", "宿舍楼", "yes"),
        ("integer", "beds", "床位数", "yes", "", ". > 0 and . <= 200", "床位数在 1 到 200 之间。"),
        ("integer", "children", "住宿人数", "yes"),
        ("calculate", "free", "", "", "", "", "", "${beds} - ${children}"),
        ("note", "told", "还空 ${free} 个床位。", "", "${children} != ''"),
        ("end_group",),
        ("begin_group", "safety", "安全检查"),
        ("select_one ok", "exits", "安全出口是否畅通", "yes"),
        ("text", "hazard", "哪里不畅通", "yes", "${exits} = 'no'"),
        ("begin_repeat", "night", "值班人员"),
        ("text", "who", "姓名", "yes"),
        ("end_repeat",),
        ("end_group",),
    ],
    "choices": [("list_name", "name", "label"), ("ok", "yes", "畅通"), ("ok", "no", "不畅通")],
    "settings": [("form_title", "form_id", "style"), ("学生宿舍检查表", "dormitory-check", "pages")],
}


def workbook() -> bytes:
    """Return the form as an .xlsx file."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in SHEETS.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_workbook_is_brought_in_published_and_filled_in(visit, running: Running):
    bring_in(visit("/admin/form-workbooks/import/", DESK, as_user=running.account("bureau_editor")))
    teacher = running.account("class_teacher", "xq-06")
    fill_in(visit("/forms/dormitory-check/", PHONE, as_user=teacher), "东楼")
    fill_in(visit("/forms/dormitory-check/", DESK, as_user=teacher), "西楼")


def bring_in(page: Page) -> None:
    """Hand the workbook in, read what it carries, publish."""
    page.get_by_label("工作簿").set_input_files(
        {"name": "dormitory-check.xlsx", "mimeType": "application/octet-stream", "buffer": workbook()}
    )
    with leaving(page):
        page.get_by_role("button", name="预览导入内容").click()
    carried = page.locator(".xq-section").first
    for text in ("宿舍情况", "住宿人数", "安全检查", "值班人员"):
        expect(carried).to_contain_text(text)
    assert_accessible(page)
    with leaving(page):
        page.get_by_role("button", name="发布表单").click()
    expect(page.get_by_text("学生宿舍检查表").first).to_be_visible()


def fill_in(page: Page, building: str) -> None:
    """Fill the form in as a teacher: the note counts, the question comes, the roster takes somebody."""
    arrive(page, "学生宿舍检查表")
    with leaving(page):
        page.locator(".fill__begin button").first.click()
    arrive(page, "宿舍情况")
    page.get_by_label("宿舍楼").fill(building)
    page.get_by_label("床位数").fill("40")
    page.get_by_label("住宿人数").fill("36")
    expect(page.get_by_text("还空 4 个床位。")).to_be_visible()
    look(page)
    with leaving(page):
        page.get_by_role("button", name="下一步", exact=True).last.click()
    arrive(page, "安全检查")
    hazard = page.get_by_label("哪里不畅通")
    expect(hazard).to_be_hidden()
    page.get_by_label("不畅通", exact=True).check()
    expect(hazard).to_be_visible()
    hazard.fill("东侧楼梯口堆着旧课桌")
    with leaving(page):
        page.locator(".roster__add").click()
    page.get_by_label("姓名").fill("尚德明")
    with leaving(page):
        page.locator(".fill__verbs button").first.click()
    expect(page.locator(".roster-card")).to_contain_text("尚德明")
    with leaving(page):
        page.get_by_role("button", name="核对所填内容").click()
    arrive(page, "请核对所填内容")
    expect(page.locator("main")).to_contain_text("东侧楼梯口堆着旧课桌")
    look(page)
    with leaving(page):
        page.get_by_role("button", name="确认提交").click()
    arrive(page, "已提交")
    expect(page.locator(".receipt__number strong")).to_have_text(re.compile(r"\w+-\d{6}-\w{5}-\w"))


def look(page: Page) -> None:
    """Look at the page with axe, and for its width."""
    assert_accessible(page)
    assert_fits(page)
