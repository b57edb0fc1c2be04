"""axe finds nothing on any public page: on a phone and on a desk, in light and in dark."""

import pytest

from tests.journeys import public_site
from tests.journeys.axe import PHONE, assert_accessible, assert_accessible_everywhere, assert_fits, visitor

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def test_every_public_page(browser, live_server):
    paths = public_site.build()
    with visitor(browser) as page:
        for path in paths:
            assert_accessible_everywhere(page, live_server.url + path)


def test_the_library_of_components(browser, live_server):
    public_site.build()
    with visitor(browser) as page:
        assert_accessible_everywhere(page, live_server.url + "/design/")


def test_empty_site(browser, live_server):
    with visitor(browser) as page:
        for path in ("/", "/policies/", "/news/", "/schools/"):
            assert_accessible_everywhere(page, live_server.url + path)


def test_open_menu_and_open_filters_on_a_phone(browser, live_server):
    public_site.build()
    for scheme in ("light", "dark"):
        with visitor(browser, PHONE, scheme) as page:
            page.goto(live_server.url + "/policies/?topic=none")
            page.locator(".filters > summary").click()
            assert_accessible(page)
            page.locator(".menu > summary").click()
            assert_accessible(page)
            assert_fits(page)


def test_nothing_scrolls_sideways_on_the_smallest_phone_or_at_twice_the_size(browser, live_server):
    paths = public_site.build()
    for size in ((320, 640), (640, 450)):  # 1280 × 900 at 200 % is 640 × 450
        with visitor(browser, size) as page:
            for path in paths:
                page.goto(live_server.url + path)
                assert_fits(page)


def test_everything_one_taps_is_large_enough(browser, live_server):
    """44 px high, except links inside running text (WCAG 2.5.8 has the same exception)."""
    paths = public_site.build()
    small = """() => [...document.querySelectorAll('a, button, input, select, summary')]
      .filter(e => e.checkVisibility({visibilityProperty: true}) && e.type !== 'hidden')
      .filter(e => !e.closest('.rich, .item__title, .card__title, .task, .choice, .skip'))
      .map(e => [e.getBoundingClientRect().height, e.outerHTML.slice(0, 90)])
      .filter(([height]) => height > 0 && height < 43.5)"""
    with visitor(browser, PHONE) as page:
        for path in paths:
            page.goto(live_server.url + path)
            assert page.evaluate(small) == [], path


def test_error_page(browser, live_server):
    page = browser.new_page()
    response = page.goto(live_server.url + "/no-such-page/")
    assert response.status == 404
    assert_accessible(page)
    page.close()
