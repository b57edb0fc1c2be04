"""axe finds nothing on our own admin screens, on a desk and on a phone, and nothing scrolls sideways.

Whole screens are looked at, Wagtail's frame around ours included: nothing is left out.
"""

from __future__ import annotations

import pytest
from django.test import Client

from tests.journeys import admin_site
from tests.journeys.admin_screens import NO_SCREENS, SCREENS, own_names
from tests.journeys.admin_states import STATES
from tests.journeys.axe import DESK, Findings, visitor
from tests.journeys.form_screens import FORM_NO_SCREENS, FORM_SCREENS
from tests.journeys.form_site import add_forms

live = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_no_screen_of_ours_is_forgotten():
    own, no_screens = own_names(), set(NO_SCREENS) | set(FORM_NO_SCREENS)
    assert own - {screen.name for screen in [*SCREENS, *FORM_SCREENS]} - no_screens == set()
    assert no_screens - own == set()


@live
def test_each_screen_as_each_role_finds_it(browser, live_server):
    site = admin_site.build()
    assert look_at(SCREENS, site, browser, live_server) == []


@live
def test_each_screen_of_forms_and_records(browser, live_server):
    site = admin_site.build()
    add_forms(site)
    assert look_at(FORM_SCREENS, site, browser, live_server) == []


def look_at(screens, site, browser, live_server) -> list:
    """Open each screen as each of its roles; return what axe finds."""
    findings = Findings()
    for role in dict.fromkeys(role for screen in screens for role in screen.roles):
        with visitor(browser, DESK, reduced_motion="reduce") as page:
            log_in(page, live_server.url, site.people.get(role))
            for screen in screens:
                if role in screen.roles:
                    answer = page.goto(live_server.url + screen.path(site))
                    if answer.status != screen.status:
                        findings.found.append((screen.name, role, answer.status))
                        continue
                    findings.look(page)
    return findings.found


@live
def test_each_state_that_an_answer_leads_to(browser, live_server):
    site, findings = admin_site.build(), Findings()
    for role in dict.fromkeys(role for role, _reach in STATES):
        with visitor(browser, DESK, reduced_motion="reduce") as page:
            log_in(page, live_server.url, site.people.get(role))
            page.goto(live_server.url + "/healthz")
            for reach in (reach for its, reach in STATES if its == role):
                reach(page, site)
                findings.look(page)
    assert findings.found == []


def log_in(page, address: str, user) -> None:
    """Give the browser a session of the user."""
    if user is not None:
        client = Client()
        client.force_login(user)
        cookie = client.cookies["sessionid"]
        page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": address}])
