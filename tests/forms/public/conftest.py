"""A public form, people who fill it in without an account, and the guards as they are on a real site."""

from __future__ import annotations

import hashlib
import itertools

import pytest
from lxml import html

from forms.filling.models import Draft
from forms.public.actions import SetPublicRules
from forms.public.challenge import terms
from tests.factories.forms import make_form, one_step, question
from tests.forms.filling.people import Browser


class Parent(Browser):
    """Somebody without an account, with a browser of her own, without scripts."""

    def begin(self, slug: str = "open-day") -> Draft:
        """Press the button of the start page."""
        self.open(f"/forms/{slug}/")
        fields = dict(self.page.xpath("//form[contains(@class, 'fill__begin')]")[0].form_values())
        before = set(Draft.objects.values_list("pk", flat=True))
        self.answer = self.client.post(f"/forms/{slug}/", fields)
        assert self.answer.status_code == 302, self.answer.content.decode()
        self.open(self.answer["Location"])
        return Draft.objects.exclude(pk__in=before).get()

    def fill_in(self, slug: str = "open-day", **typed: str) -> Draft:
        """Begin, answer, and come to the check page."""
        draft = self.begin(slug)
        self.fill(**({"name": "王小明", "phone": "13812345678"} | typed))
        return draft

    def hand_in(self, **brought: str):
        """Press the button of the check page, with what is typed into its own fields."""
        form = self.page.xpath("//form[contains(@class, 'fill__hand-in')]")[0]
        data = {**dict(form.form_values()), **brought}
        self.answer = self.client.post(self.url, data, follow=True)
        self.page = html.fromstring(self.answer.content)
        return self.page

    @property
    def nonce(self) -> str:
        return self.page.xpath("//*[@data-nonce]")[0].get("data-nonce")

    def sum(self) -> str:
        """Return the answer to the question of the check page."""
        return str(sum(terms(self.nonce)))


def work(nonce: str, bits: int) -> str:
    """Do what the browser's worker does."""
    for number in itertools.count():
        digest = hashlib.sha256(f"{nonce}:{number}".encode()).digest()
        if int.from_bytes(digest, "big") >> (256 - bits) == 0:
            return str(number)
    raise AssertionError


@pytest.fixture
def form(db):
    """An enrolment for the open day."""
    content = one_step(
        question("name", "name", required=True), question("phone", "phone", required=True), title="开放日报名"
    )
    return make_form(content, audience="public", slug="open-day")


@pytest.fixture
def rules(form):
    """Set the form's rules: `rules(quota=2)`."""
    return lambda **fields: SetPublicRules(form, fields).execute()


@pytest.fixture
def guarded(settings):
    """The challenge as it is on a real site, with less work."""
    settings.FORMS_CHALLENGE_BITS = 8
    return settings
