"""The two-school leak matrix: every route, every role, own school's things and the other's.

Whatever school B has not published carries a canary word. No answer to school A's people may contain it, and
no request of theirs may change a row of school B. A route that nobody has classified fails the first test.
"""

from __future__ import annotations

import json

import pytest
from django.test import Client

from cms.moderation.fence.audience import Audience, user_belongs_to
from cms.moderation.fence.routes import ADMIN_ROUTES, API_ROUTES
from tests.cms.tenancy.routes import OWN_ROUTES, Route, address, all_routes, with_parameters
from tests.cms.tenancy.snapshot import snapshot
from tests.cms.tenancy.world import CANARY

pytestmark = pytest.mark.once
ROUTES = all_routes()
SCHOOL_A = ["anonymous", "class_teacher", "school_editor", "school_head"]
BUREAU = ["inspector", "bureau_editor", "bureau_admin"]
#: Ends the session that the other requests need.
LEFT_OUT = {"wagtailadmin_logout", "cms_desk_logout"}
ESCAPED = [CANARY, json.dumps(CANARY)[1:-1], "%E9%87%91%E4%B8%9D%E9%9B%80"]
WRITES = ["POST", "DELETE"]
REFUSED = {401, 403, 404, 405}


def test_every_route_is_classified():
    unknown = sorted({route.name for route in ROUTES if route.reading() is None})
    assert not unknown, f"Say in routes.py who may enter: {unknown}"


def test_no_classified_route_is_gone():
    names = {route.name for route in ROUTES} | {"-"}
    assert not sorted({*ADMIN_ROUTES, *API_ROUTES, *OWN_ROUTES} - names)


class Walker:
    """Sends one person's requests, and keeps what came back wrong."""

    def __init__(self, world, role: str) -> None:
        self.world, self.role, self.user = world, role, world.people[role]
        self.session = world.client(role)
        self.author, self.reader = Client(), Client()
        if self.user:
            self.author = Client(headers={"authorization": f"Bearer {world.token(role)}"})
            self.reader = Client(headers={"authorization": f"Bearer {world.content_token(role)}"})
        self.before = snapshot(world.b)
        self.wrong: list[str] = []

    def send(self, route: Route, method: str, path: str, data=None):
        client = self.client_for(route)
        if method == "POST" and client is self.session:
            return client.post(path, data)
        return client.generic(method, path, json.dumps(data) if data else "", "application/json")

    def client_for(self, route: Route) -> Client:
        """Return the client that brings what the route asks for: a session, or one of the two kinds of token."""
        if route.is_authoring:
            return self.author
        return self.reader if route.is_content_api else self.session

    def look(self, route: Route, path: str) -> None:
        """Read the address; note a canary, a crash, or a closed route that opened."""
        answer = self.send(route, "GET", path)
        text = (
            b"".join(answer).decode(errors="replace")
            if answer.streaming
            else answer.content.decode(errors="replace")
        )
        if answer.status_code >= 500:
            self.wrong.append(f"GET {path}: {answer.status_code}")
        if any(word in text for word in ESCAPED) and CANARY not in path.split("?", maxsplit=1)[0]:
            self.wrong.append(f"GET {path}: tells {context_of(text)}")
        if answer.status_code == 200 and not self.may_enter(route):
            self.wrong.append(f"GET {path}: open")

    def may_enter(self, route: Route) -> bool:
        if self.user is None:
            return route.reading() is Audience.ANYONE
        return user_belongs_to(self.user, route.reading())

    def write(self, route: Route, path: str) -> None:
        """Write to the address; note what changed of school B."""
        for method in WRITES:
            answer = self.send(route, method, path, hostile_form(self.world))
            if answer.status_code >= 500 and route.name in OWN_ROUTES:
                self.wrong.append(f"{method} {path}: {answer.status_code}")
            if any(word in text_of(answer) for word in ESCAPED):
                self.wrong.append(f"{method} {path}: tells {context_of(text_of(answer))}")
            if not refused(answer):
                self.compare(f"{method} {path}")

    def compare(self, what: str) -> None:
        now = snapshot(self.world.b)
        changed = [key for key in now if now[key] != self.before[key]]
        if changed:
            self.wrong.append(f"{what}: changed {changed}")
        self.before = now


def refused(answer) -> bool:
    """Say whether the answer is a refusal; what it may have written all the same, the last comparison finds."""
    to = str(answer.get("location") or "")
    return answer.status_code in REFUSED or to == "/admin/" or to.startswith("/admin/login/")


def hostile_form(world) -> dict:
    """What a hostile form would send: ids of school B in every field."""
    b = world.b
    return {
        "title": "x",
        "new_title": "x",
        "new_slug": "x",
        "new_parent_page": b.news_index.pk,
        "destination_id": b.news_index.pk,
        "collection": b.school.media.collection_id,
        "id": b.draft.pk,
        "action-publish": "1",
        "publish_copies": "on",
        "revision_id": b.draft.latest_revision_id,
    }


def text_of(answer) -> str:
    content = b"".join(answer) if answer.streaming else answer.content
    return content.decode(errors="replace")


def context_of(text: str) -> str:
    at = min((text.find(word) for word in ESCAPED if word in text), default=0)
    return " ".join(text[max(0, at - 60) : at + 40].split())


def routes():
    return [route for route in ROUTES if route.name not in LEFT_OUT and route.reading() is not None]


@pytest.mark.parametrize("role", SCHOOL_A)
def test_nothing_of_another_school_is_read(world, role):
    walker = Walker(world, role)
    for route in routes():
        for things in (world.a, world.b):
            walker.look(route, address(route, things))
        for path in with_parameters(route, world.b):
            walker.look(route, path)
    assert not walker.wrong, "\n".join(walker.wrong)


@pytest.mark.parametrize("role", SCHOOL_A)
def test_nothing_of_another_school_is_written(world, role):
    walker = Walker(world, role)
    for route in routes():
        walker.write(route, address(route, world.b))
    walker.compare("all together")
    assert not walker.wrong, "\n".join(walker.wrong)


@pytest.mark.parametrize("role", BUREAU)
def test_what_a_role_of_the_bureau_does_not_open_stays_closed(world, role):
    walker = Walker(world, role)
    for route in routes():
        if not walker.may_enter(route):
            walker.look(route, address(route, world.a))
    assert not walker.wrong, "\n".join(walker.wrong)
