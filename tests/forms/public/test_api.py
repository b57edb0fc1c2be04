"""The same rules for a front end of its own, without an account."""

from __future__ import annotations

import json

import pytest

from forms.public.challenge import terms
from forms.submissions.models import Submission
from tests.forms.public.conftest import Parent, work

pytestmark = pytest.mark.django_db


class Program(Parent):
    """Fills in by the API."""

    def call(self, path: str, body=None, key: str = "", method: str = "POST"):
        data = json.dumps(body) if body is not None else ""
        headers = {"Draft-Key": key} if key else {}
        return self.client.generic(method, f"/api/v1/{path}", data, "application/json", headers=headers)

    def make(self):
        answers = {"name": "王小明", "phone": "13812345678"}
        made = self.call("forms/open-day/drafts", {"answers": answers})
        assert made.status_code == 201, made.content.decode()
        return made.json()


def test_without_a_challenge_nothing_is_handed_in(form, guarded):
    api = Program()
    draft = api.make()
    refused = api.call(f"drafts/{draft['uuid']}/submit", key=draft["key"])
    assert refused.status_code == 422
    assert refused.json()["type"].endswith("challenge")
    assert not Submission.objects.exists()


def test_the_work_or_the_answer_lets_through_once(form, guarded):
    for by in ("solution", "answer"):
        api = Program()
        draft = api.make()
        path = f"drafts/{draft['uuid']}"
        given = api.call(f"{path}/challenge", key=draft["key"]).json()
        brought = {
            "solution": work(given["nonce"], given["bits"]),
            "answer": str(sum(terms(given["nonce"]))),
        }
        body = {"challenge": given["challenge"], by: brought[by]}
        first = api.call(f"{path}/submit", body, draft["key"])
        again = api.call(f"{path}/submit", body, draft["key"])
        assert (first.status_code, again.status_code) == (201, 200)
        assert first.json()["receipt"] == again.json()["receipt"]


def test_the_rules_hold_in_the_api(form, rules):
    rules(once="ever", person_by="answer", person_question="phone")
    api = Program()
    first, second = api.make(), api.make()
    assert api.call(f"drafts/{first['uuid']}/submit", key=first["key"]).status_code == 201
    refused = api.call(f"drafts/{second['uuid']}/submit", key=second["key"])
    assert refused.status_code == 422
    assert "每人只能提交一次" in refused.content.decode()


def test_a_form_tells_whether_it_is_open(form, rules):
    rules(quota=1)
    api = Program()
    before = api.call("forms/open-day", method="GET").json()["opening"]
    assert (before["standing"], before["places_left"]) == ("open", 1)
    draft = api.make()
    api.call(f"drafts/{draft['uuid']}/submit", key=draft["key"])
    assert api.call("forms/open-day", method="GET").json()["opening"]["standing"] == "full"
    assert api.call("forms/open-day/drafts", {}).status_code == 422


def test_one_address_begins_so_many_drafts(form, guarded):
    guarded.FORMS_PUBLIC_STARTS = 1
    api = Program()
    api.make()
    refused = api.call("forms/open-day/drafts", {})
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) >= 60
