"""A page whose token is older than the log-in loses nothing that was typed, also without scripts."""

from __future__ import annotations

import pytest
from django.test import Client
from lxml import html

from forms.filling.models import Draft
from tests.forms.filling.people import Browser, make_draft

pytestmark = pytest.mark.django_db
HERE = "http://testserver"


@pytest.fixture
def draft() -> Draft:
    return make_draft()


@pytest.fixture
def person(draft) -> Browser:
    """A browser whose page was opened before she logged in once more."""
    person = Browser()
    person.client = Client(enforce_csrf_checks=True)
    person.client.force_login(draft.owner)
    person.open(f"/fill/{draft.pk}/visit/")
    return person


def sent(person: Browser, draft: Draft, origin: str | None = HERE, **typed: str):
    data = {**person.data().dict(), "go": "next", **{f"q:{name}": text for name, text in typed.items()}}
    data["csrfmiddlewaretoken"] = "x" * 64
    headers = {"origin": origin} if origin else {}
    return person.client.post(f"/fill/{draft.pk}/visit/", data, headers=headers)


def test_what_was_typed_is_asked_for_once_more_and_then_saved(draft, person):
    answer = sent(person, draft, place="\u5bb6\u4e2d <b>", people="3")
    assert answer.status_code == 403
    assert Draft.objects.get(pk=draft.pk).answers.to_plain() == {}
    form = html.fromstring(answer.content).xpath("//main//form[@method='post']")[0]
    data = {**dict(form.form_values()), "go": "next"}
    again = person.client.post(f"/fill/{draft.pk}/visit/", data, headers={"origin": HERE})
    assert again["Location"] == f"/fill/{draft.pk}/family/"
    assert Draft.objects.get(pk=draft.pk).answers.to_plain() == {"place": "\u5bb6\u4e2d <b>", "people": 3}


@pytest.mark.parametrize("origin", ["https://evil.example", "null", None])
def test_nothing_of_another_site_s_request_is_repeated(draft, person, origin):
    answer = sent(person, draft, origin, place="untergeschoben")
    assert answer.status_code == 403
    assert "untergeschoben" not in answer.content.decode()
