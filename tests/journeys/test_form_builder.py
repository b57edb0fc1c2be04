"""A bureau editor builds a form: two steps, preview, told of a fault at its question, put right, published."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Running


def test_build_preview_mend_and_publish(visit, running: Running):
    page = visit("/admin/forms/create/", as_user=running.account("bureau_editor"))
    page.get_by_label("表单标题").fill("家访小记")
    page.get_by_role("button", name="建立并开始设计").click()
    page.wait_for_url("**/admin/forms/edit/*/")

    page.locator("[name='steps-0-value-title']").fill("基本情况")
    choose(page, "steps-0-value-items", "姓名")
    page.locator("[name='steps-0-value-items-0-value-label']").fill("孩子姓名")
    choose(page, "steps-0-value-items", "单选")
    page.locator("[name='steps-0-value-items-1-value-label']").fill("与谁同住")

    page.locator("[name='steps-count']").locator("xpath=..").locator(".c-sf-add-button").last.click()
    page.locator("[name='steps-1-value-title']").fill("家访情况")
    choose(page, "steps-1-value-items", "多行文本")
    page.locator("[name='steps-1-value-items-0-value-label']").fill("家访记录")

    preview = page.frame_locator("[data-builder-preview]")
    expect(preview.get_by_role("heading", name="家访情况")).to_be_visible()
    expect(preview.get_by_text("孩子姓名")).to_be_visible()

    page.get_by_role("button", name="发布", exact=True).click()
    faults = page.locator(".xq-faults")
    expect(faults.get_by_role("link", name="步骤“基本情况”的题目“与谁同住”")).to_be_visible()
    expect(faults).to_contain_text("列表里没有选项")
    choices = page.locator("[name='steps-0-value-items-1-value-choices']")

    choices.fill("父母\n祖父母")
    page.get_by_role("button", name="发布", exact=True).click()
    expect(page.get_by_text("第 1 版已发布并开放填写")).to_be_visible()


def choose(page: Page, stream: str, label: str) -> None:
    """Add a block of this type at the end of a stream of blocks."""
    holder = page.locator(f"[name='{stream}-count']").locator("xpath=..")
    holder.locator(".c-sf-add-button").last.click()
    page.get_by_role("option", name=label, exact=True).first.click()
