"""What editors do in the admin, in words: open, write, add blocks, upload pictures, hand in, decide."""

from __future__ import annotations

import re
from pathlib import Path
from secrets import token_hex

from PIL import Image, ImageDraw
from playwright.sync_api import Locator, Page, expect

from tests.journeys.waiting import leaving

#: The name of the button that opens the list of blocks, and of the one that opens more actions.
INSERT, MORE = "插入", "更多动作"


def make_picture(path: Path, colour: str) -> Path:
    """Write a PNG of one colour with a shape on it, unlike any before it; return its path."""
    image = Image.new("RGB", (1200, 800), colour)
    ImageDraw.Draw(image).ellipse((400, 200, 800, 600), fill="#" + token_hex(3))
    image.save(path)
    return path


def field(page: Page, name: str) -> Locator:
    """Return what belongs to a field of the page: its panel."""
    return page.locator(f"[data-contentpath={name}]")


def add_block(page: Page, name: str, kind: str) -> None:
    """Add a block of the kind at the end of a stream."""
    field(page, name).get_by_role("button", name=INSERT).last.click()
    page.get_by_role("option", name=kind, exact=True).click()


def upload_picture(page: Page, chooser: Locator, path: Path, consent: str | None = None) -> None:
    """Upload a picture through the chooser's window; `consent` is the choice, None leaves it unasked."""
    chooser.get_by_role("button", name="选择一个图片").first.click()
    window = page.locator(".modal-dialog")
    window.get_by_role("tab", name="上传").click()
    window.locator("[name=image-chooser-upload-file]").set_input_files(path)
    expect(window.locator("[name=image-chooser-upload-title]")).not_to_have_value("")
    if consent:
        window.get_by_label("肖像授权").select_option(label=consent)
    window.get_by_role("button", name="上传").click()
    expect(window).to_have_count(0)


def write_text(block: Locator, text: str) -> None:
    """Type into the first rich text field of the block, and wait until the form holds the text.

    The editor hands it over a quarter of a second after the last key; a script can press the button before that.
    """
    area = block.locator(".w-field--draftail_rich_text_area").first
    area.locator("[role=textbox][contenteditable=true]").fill(text)
    expect(area.locator("input[type=hidden]").first).to_have_value(re.compile(re.escape(text)))


def ask(page: Page, action: str) -> None:
    """Press a button of the editor's footer, opening the list of actions when it is in there.

    The editor's page must stand, not only have been asked for.
    """
    button = page.locator("footer").get_by_role("button", name=action, exact=True)
    if not button.is_visible():
        page.locator("footer").get_by_role("button", name=MORE).click()
    button.click()


def act(page: Page, action: str) -> None:
    """Press a button of the editor's footer and wait for the page that it leads to."""
    with leaving(page):
        ask(page, action)


def expect_message(page: Page, text: str) -> None:
    """Wait for the admin to say so."""
    expect(page.locator(".messages").get_by_text(text).first).to_be_visible()
