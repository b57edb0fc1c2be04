"""Look at a page with axe: no violation of WCAG 2.2 AA, nothing wider than the screen, nothing in the console."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE, DESK = (390, 844), (1280, 900)
SCHEMES = ("light", "dark")


def assert_accessible(page: Page) -> None:
    """Raise AssertionError with axe's report when the page as it stands has a violation."""
    result = Axe().run(
        page,
        options={
            "runOnly": {"type": "tag", "values": RULES},
            "resultTypes": ["violations"],
        },
    )
    assert result.violations_count == 0, f"{page.url}\n{result.generate_report()}"


def assert_fits(page: Page) -> None:
    """Raise AssertionError when the page scrolls sideways."""
    beyond = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert beyond <= 0, f"{page.url} is {beyond} px wider than the screen"


@contextmanager
def visitor(
    browser: Browser, size: tuple[int, int] = PHONE, scheme: str = "light", **options: object
) -> Iterator[Page]:
    """Give the page of a visitor with this screen; console errors and calls to other hosts fail at the end."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme=scheme,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        **options,
    )
    page = context.new_page()
    wrong: list[str] = []
    hosts: set[str] = set()
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    yield page
    context.close()
    assert not wrong, wrong
    assert len(hosts) <= 1, hosts


def assert_accessible_everywhere(page: Page, address: str) -> None:
    """Look at the address on a phone and on a desk, in light and in dark: loaded once, then resized."""
    page.goto(address)
    for width, height in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": height})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            assert_accessible(page)
            assert_fits(page)
