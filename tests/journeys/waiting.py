"""Waiting for a page: Playwright's click returns before the page that it leads to is there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, expect


def arrive(page: Page, heading: str) -> None:
    """Wait until the page with this heading of first level stands, with its styles and scripts."""
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    page.wait_for_load_state()


@contextmanager
def leaving(page: Page) -> Iterator[None]:
    """Wait until what is done inside has led to another page, or to the same one anew, and that stands."""
    with page.expect_navigation(wait_until="load"):
        yield
