"""A public form: an editor puts its page up and takes the QR code; a parent scans it, fills in, has had her turn."""

from __future__ import annotations

from pathlib import Path
from secrets import randbelow, token_hex

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.axe import assert_accessible, assert_fits
from tests.journeys.conftest import DESK, PHONE, Running
from tests.journeys.editing import act, add_block, expect_message, field, write_text
from tests.journeys.waiting import arrive, leaving

FORM = "校园开放日报名"
SIZES = pytest.mark.parametrize("size", [PHONE, DESK], ids=["390", "1280"])
#: Milliseconds: who hands in sooner after beginning is taken for a program.
QUICK = 3_500
DIGITS = "零一二三四五六七八九"


def number() -> str:
    """Return a phone number that nobody has used."""
    return f"139{randbelow(10**8):08d}"


def read_code(path: Path) -> str:
    """Return what a QR code holds."""
    (code,) = zxingcpp.read_barcodes(Image.open(path).convert("L"))
    return code.text


def put_up_page(editor: Page, title: str) -> None:
    """Make a form page below the home page and publish it."""
    home = editor.request.get("/api/v1/pages", params={"path": "/"}).json()["id"]
    editor.goto(f"/admin/pages/add/forms/formpage/{home}/")
    editor.locator("[name=title]").fill(title)
    field(editor, "form").get_by_role("combobox").select_option(label=FORM)
    add_block(editor, "body", "正文")
    write_text(field(editor, "body"), "开放日当天请带好家长证。")
    act(editor, "发布")
    expect_message(editor, title)


def look_at(page: Page) -> None:
    """Look at a page with axe, and for its width."""
    assert_accessible(page)
    assert_fits(page)


def answer_all(page: Page, phone: str) -> None:
    """Begin and answer both steps, up to the check."""
    page.get_by_role("button", name="开始填写").click()
    arrive(page, "家庭信息")
    page.get_by_label("怎样称呼您").fill("陈女士")
    page.get_by_label("手机号").fill(phone)
    page.get_by_label("小学一至三年级", exact=True).check()
    page.get_by_label("到场人数").fill("3")
    page.get_by_role("button", name="下一步").click()
    arrive(page, "参观安排")
    page.get_by_label("上午场").check()
    page.get_by_role("button", name="核对所填内容").click()
    arrive(page, "请核对所填内容")


def hand_in(page: Page) -> None:
    page.get_by_role("button", name="确认提交").click()


@SIZES
def test_a_parent_comes_by_the_code_and_has_one_turn(visit, running: Running, tmp_path: Path, size):
    title = f"开放日报名{token_hex(2)}"
    editor = visit("/admin/", size, as_user=running.account("bureau_editor"))
    put_up_page(editor, title)
    editor.get_by_role("link", name=title).first.click()
    editor.wait_for_load_state()
    with editor.expect_download() as given:
        editor.get_by_role("link", name="下载二维码图片").click()
    given.value.save_as(tmp_path / "code.png")
    address = read_code(tmp_path / "code.png")
    expect(editor.locator("[data-short-url]")).to_have_text(address)

    parent = visit(address, size)
    arrive(parent, title)
    look_at(parent)
    parent.get_by_role("link", name="填写表单").click()
    arrive(parent, FORM)
    look_at(parent)
    phone = number()
    answer_all(parent, phone)
    expect(parent.get_by_text("安全校验已完成")).to_be_visible()
    look_at(parent)
    parent.wait_for_timeout(QUICK)
    with leaving(parent):
        hand_in(parent)
    arrive(parent, "已提交")
    expect(parent.get_by_text("回执编号").first).to_be_visible()
    look_at(parent)

    again = visit("/forms/open-day/", size)
    answer_all(again, phone)
    again.wait_for_timeout(QUICK)
    with leaving(again):
        hand_in(again)
    expect(again.get_by_text("每人只能提交一次")).to_be_visible()
    expect(again.get_by_text("陈女士")).to_be_visible()
    look_at(again)


@SIZES
def test_a_parent_without_scripts_answers_a_sum_and_withdraws(visit, size):
    parent = visit("/forms/open-day/", size, java_script_enabled=False)
    answer_all(parent, number())
    label = parent.locator("label[for=proof-answer]")
    expect(label).to_be_visible()
    parent.locator("#proof-answer").fill("99")
    parent.wait_for_timeout(QUICK)
    hand_in(parent)
    expect(parent.get_by_text("回答不正确").first).to_be_visible()
    expect(parent.get_by_text("陈女士")).to_be_visible()
    question = label.inner_text().partition("：")[2]
    first, _plus, rest = question.strip().partition("加")
    parent.locator("#proof-answer").fill(str(DIGITS.index(first) + DIGITS.index(rest[0])))
    hand_in(parent)
    arrive(parent, "已提交")
    parent.get_by_role("link", name="撤回").click()
    arrive(parent, "撤回")
    parent.get_by_role("button", name="撤回").click()
    arrive(parent, "已撤回")


@SIZES
def test_an_editor_sets_the_rules(visit, running: Running, size):
    editor = visit("/admin/forms/", size, as_user=running.account("bureau_editor"))
    editor.get_by_role("link", name=FORM, exact=True).click()
    editor.get_by_text("版本及其他").click()
    editor.get_by_role("link", name="公开填报规则").click()
    expect(editor.get_by_text("名额", exact=True)).to_be_visible()
    assert_accessible(editor)
    assert_fits(editor)
    editor.get_by_label("名额").fill("250")
    with leaving(editor):
        editor.get_by_role("button", name="保存").click()
    expect_message(editor, "规则已保存")
    page = visit("/forms/open-day/", size)
    expect(page.get_by_text("共 250 个")).to_be_visible()
