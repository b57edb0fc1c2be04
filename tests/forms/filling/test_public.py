"""A public form: begun without a log-in, held by a signed link."""

from __future__ import annotations

import re

import pytest

from forms.filling.links import link_to
from forms.filling.models import Draft
from tests.factories.forms import make_form, one_step, question
from tests.forms.filling.people import Browser, make_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def form():
    content = one_step(
        question("text", "a", required=True),
        {"type": "hidden", "name": "from", "parameter": "from"},
    )
    return make_form(content, audience="public", slug="open-form")


def begin(query: str = "") -> tuple[Browser, Draft]:
    person = Browser()
    person.open(f"/forms/open-form/{query}")
    fields = dict(person.page.xpath("//form[contains(@class, 'fill__begin')]")[0].form_values())
    answer = person.client.post(f"/forms/open-form/{query}", fields)
    person.open(answer["Location"])
    return person, Draft.objects.get()


def test_anybody_begins_and_hands_in_a_public_form(form):
    person, draft = begin()
    assert draft.owner is None
    person.fill(a="你好")
    person.hand_in()
    assert person.heading == "已提交"


def test_another_browser_opens_the_draft_by_its_link_alone(form):
    person, draft = begin()
    person.fill(go="later", a="你好")
    link = re.search(r"/fill/p/[^\"<]+/", person.answer.content.decode())[0]
    other = Browser()
    assert other.client.get(f"/fill/{draft.pk}/first/").status_code == 302
    other.open(link)
    assert other.data()["q:a"] == "你好"


def test_a_bent_link_opens_nothing(form):
    _, draft = begin()
    good = link_to(draft)
    for bad in (good[:-3] + "xx/", good.replace("p/", "p/a"), "/fill/p/x/"):
        assert Browser().client.get(bad).status_code == 404


def test_a_link_does_not_open_the_draft_of_somebody_who_logs_in():
    draft = make_draft()
    assert Browser().client.get(link_to(draft)).status_code == 404


def test_a_parameter_of_the_address_fills_in_its_hidden_question(form):
    _, draft = begin("?from=qr&owner=1")
    assert draft.answers.to_plain() == {"from": "qr"}


def test_a_form_for_teachers_asks_a_visitor_to_log_in():
    make_form(one_step(question("text", "a")), slug="teachers")
    assert Browser().client.get("/forms/teachers/").status_code == 302


def test_a_closed_form_says_so(form):
    form.state = "closed"
    form.save()
    person = Browser()
    person.open("/forms/open-form/")
    assert "表单已关闭" in person.text() or "不能" in person.text() or "暂" in person.text()
    assert person.client.post("/forms/open-form/", {}).status_code == 404


def test_a_get_of_the_start_page_begins_nothing(form):
    Browser().open("/forms/open-form/")
    assert not Draft.objects.exists()
