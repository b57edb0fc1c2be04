"""A school's plan: started from a template, written, submitted; and imported from a text file."""

from __future__ import annotations

from pathlib import Path
from secrets import token_hex

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Running
from tests.journeys.editing import act, expect_message, field, write_text
from tests.journeys.waiting import leaving

SCHOOL = "xq-07"
MARK = token_hex(3)  # a site that runs already may have been played on before
TITLE = f"枫林乡中心小学关爱计划{MARK}"
IMPORTED = f"河口小学2026—2027学年度留守儿童关爱工作计划{MARK}"
TEXT = f"""{IMPORTED}

一、指导思想
坚持以人为本，关心每一个孩子。
二、工作目标
（一）建立档案
建立留守儿童档案和联系卡。
三、具体安排
9月：摸底登记。
10月：开展家访。
"""


def test_a_plan_is_started_from_a_template_and_submitted(visit, running: Running):
    page = visit("/admin/plans/start/", as_user=running.account("school_editor", SCHOOL))
    page.get_by_label("学校关爱工作计划模板").check()
    page.get_by_label("标题").fill(TITLE)
    with leaving(page):
        page.get_by_role("button", name="新建计划").click()
    expect_message(page, TITLE)
    expect(page.locator(".xq-section__guidance").first).to_be_visible()
    sections = field(page, "sections").locator(".xq-section")
    expect(sections).not_to_have_count(0)
    for section in sections.all():
        write_text(section, "由校长负责，班主任每月家访一次。")
    act(page, "提交审核")
    expect_message(page, TITLE)
    page.goto("/admin/")
    expect(page.locator("#submitted-section").get_by_role("link", name=TITLE)).to_be_visible()


def test_a_text_file_is_imported_and_taken_back(visit, running: Running, tmp_path: Path):
    file = tmp_path / "plan.txt"
    file.write_text(TEXT, encoding="utf-8")
    page: Page = visit("/admin/", as_user=running.account("school_editor", SCHOOL))
    page.get_by_role("link", name="导入计划").click()
    page.get_by_label("文件").set_input_files(file)
    page.get_by_role("button", name="检查文件").click()
    confirm = page.get_by_role("button", name="为选中的计划生成页面")
    expect(confirm).to_be_visible()
    expect(page.get_by_text("这是预览")).to_be_visible()
    expect(page.get_by_text(IMPORTED).first).to_be_visible()
    confirm.click()
    expect(page.get_by_text("页面都是草稿").or_(page.get_by_text("撤销本次导入")).first).to_be_visible()
    expect(page.locator("main").get_by_role("link", name=IMPORTED)).to_be_visible()
    page.locator(".xq-import-undo summary").click()
    page.locator(".xq-import-undo").get_by_role("button").click()
    expect(page.get_by_text("已删除 1 个页面").or_(page.locator(".messages li").first).first).to_be_visible()
    expect(page.locator("main").get_by_role("link", name=IMPORTED)).to_have_count(0)
