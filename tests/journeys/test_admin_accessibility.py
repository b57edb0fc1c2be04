"""axe finds nothing on our own admin screens, on a desk and on a phone, and nothing scrolls sideways.

Whole screens are looked at, Wagtail's frame around ours included: nothing is left out.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests.journeys.axe import DESK, PHONE, assert_accessible, assert_fits
from tests.journeys.conftest import Running

SCREENS = {
    "bureau_admin": [
        "/admin/",
        "/admin/people/",
        "/admin/people/invite/",
        "/admin/people/import/",
        "/admin/schools/",
        "/admin/schools/create/",
        "/admin/schools/import/",
        "/admin/webhooks/",
        "/admin/webhooks/create/",
        "/admin/webhook-deliveries/",
        "/admin/content-tokens/",
        "/admin/content-tokens/create/",
        "/admin/plan-import/",
    ],
    "bureau_editor": ["/admin/", "/admin/plans/start/"],
    "inspector": ["/admin/"],
    "school_head": ["/admin/", "/admin/people/", "/admin/people/invite/"],
    "school_editor": ["/admin/", "/admin/plans/start/", "/admin/plan-import/"],
    "class_teacher": ["/desk/", "/desk/password/"],
}


@pytest.mark.parametrize("role", SCREENS)
def test_screens_of(role: str, visit, running: Running):
    page = visit(SCREENS[role][0], as_user=running.account(role))
    for path in SCREENS[role]:
        page.goto(path)
        look(page)


@pytest.mark.parametrize("path", ["edit", "inspect", "close", "merge"])
def test_screens_of_one_school(path: str, visit, running: Running):
    page = visit("/admin/schools/", as_user=running.account("bureau_admin"))
    href = page.locator("a[href*='/admin/schools/inspect/']").first.get_attribute("href")
    assert page.goto(href.replace("inspect", path)).status == 200
    look(page)


def test_screens_of_one_person(visit, running: Running):
    page = visit("/admin/people/", as_user=running.account("bureau_admin"))
    page.get_by_role("link", name="何静之").click()
    page.wait_for_url(re.compile(r"/people/\d+/$"))
    look(page)
    page.goto(f"{page.url}edit/")
    look(page)


def test_the_log_in(visit):
    look(visit("/admin/login/"))


def look(page: Page) -> None:
    """Look at the screen as it stands in both sizes."""
    for width, height in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": height})
        assert_accessible(page)
        assert_fits(page)
