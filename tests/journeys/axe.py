"""Look at a page with axe: no violation of WCAG 2.2 AA, nothing wider than the screen, nothing in the console."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE, DESK = (390, 844), (1280, 900)
SCHEMES = ("light", "dark")


OPTIONS = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
AXE = Axe()
#: Runs axe, which stands in the page already, and returns what is wrong: rule, place, why.
RUN = """async options => (await axe.run(options)).violations.flatMap(
  rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 200)} ${node.failureSummary}`))"""


#: Waits until what fades or slides in stands; what turns forever is not waited for.
SETTLED = """() => Promise.allSettled(document.getAnimations()
  .filter(a => a.effect.getComputedTiming().endTime !== Infinity).map(a => a.finished)).then(() => true)"""


def violations(page: Page) -> list[str]:
    """Return what axe finds on the page as it stands."""
    page.evaluate(SETTLED)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.axe_script)
    return page.evaluate(RUN, OPTIONS)


def width_beyond(page: Page) -> int:
    """Return how many pixels the page is wider than the screen."""
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


#: Names the fields and buttons that reach beyond the right edge where nobody can scroll to them.
CUT_OFF = """() => [...document.querySelectorAll('main :is(input, select, textarea, button)')]
  .filter(e => e.checkVisibility({visibilityProperty: true, opacityProperty: true}))
  .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
  .filter(e => {
    for (let up = e.parentElement; up; up = up.parentElement)
      if (/auto|scroll/.test(getComputedStyle(up).overflowX)) return false
    return true
  }).map(e => `cut off: ${e.outerHTML.slice(0, 200)}`)"""


def assert_accessible(page: Page) -> None:
    """Raise AssertionError with axe's findings when the page as it stands has a violation."""
    found = violations(page)
    assert found == [], page.url


def assert_fits(page: Page) -> None:
    """Raise AssertionError when the page scrolls sideways."""
    beyond = width_beyond(page)
    assert beyond <= 0, f"{page.url} is {beyond} px wider than the screen"


class Findings:
    """Looks at pages in both sizes and keeps what is wrong, so that one run tells of all of them."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def look(self, page: Page) -> None:
        """Look at the page as it stands on a desk and on a phone; afterwards it is as on a desk."""
        for size in (PHONE, DESK):
            page.set_viewport_size({"width": size[0], "height": size[1]})
            wrong = violations(page) + page.evaluate(CUT_OFF)
            if (beyond := width_beyond(page)) > 0:
                wrong.append(f"{beyond} px wider than the screen")
            self.found += [f"{page.url} at {size[0]}: {text}" for text in wrong]


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
    page.on("console", lambda message: wrong.append(message.text) if _is_fault(message, page) else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    yield page
    context.close()
    assert not wrong, wrong
    assert len(hosts) <= 1, hosts


def _is_fault(message: ConsoleMessage, page: Page) -> bool:
    """Say whether the console tells of a fault: that a page answers 422 to a bad form is none."""
    refused = message.text.startswith("Failed to load resource") and message.location["url"] == page.url
    return message.type == "error" and not refused


def assert_accessible_everywhere(page: Page, address: str) -> None:
    """Look at the address on a phone and on a desk, in light and in dark: loaded once, then resized."""
    page.goto(address)
    for width, height in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": height})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            assert_accessible(page)
            assert_fits(page)
