"""Saving a step, as a browser does: the page is read, its fields filled in and sent, through all middleware."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client, override_settings
from lxml import html

from bench.forming.documents import answers, content, typed
from bench.forming.figures import Times

SERVER = {"SERVER_NAME": "localhost"}
FORM_ENCODED = "application/x-www-form-urlencoded"


class Page:
    """A page that is read (not measured) and then sent (measured)."""

    def __init__(self, client: Client, url: str, form: str, prefix: str) -> None:
        self.client, self.url, self.xpath, self.prefix = client, url, form, prefix
        self.times = Times()

    def save(self, turn: int) -> None:
        """Read the page, type into every field, send it and note how long that took."""
        body, kind = self._filled(turn)
        begun = time.perf_counter()
        answer = self.client.generic("POST", self.url, body, content_type=kind)
        self.times.add(time.perf_counter() - begun)
        if answer.status_code != 302:
            raise SystemExit(f"{self.url} was not saved: {answer.status_code}")

    def _filled(self, turn: int) -> tuple[bytes, str]:
        form = html.fromstring(self.client.get(self.url).content).xpath(self.xpath)[0]
        found = dict(form.form_values())
        names = {n for one in form.inputs if (n := one.name) and n.startswith(self.prefix)}
        found |= {name: typed(int(name.removeprefix(self.prefix)), turn) for name in names}
        if form.get("enctype") == "multipart/form-data":
            return _multipart(found)
        return urlencode(found).encode(), FORM_ENCODED


def _multipart(data: dict[str, str]) -> tuple[bytes, str]:
    from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

    return encode_multipart(BOUNDARY, data), MULTIPART_CONTENT


def make_draft(questions: int, steps: int, owner: Any) -> Any:
    """Return a draft of a form of that size in which every question is answered."""
    from forms.answers.answers import Answers
    from forms.definitions.actions import CreateForm, PublishForm
    from forms.filling.models import Draft

    form = CreateForm({"slug": f"steps-{secrets.token_hex(4)}", "title": f"{questions}题"}).execute()
    version = PublishForm(form, content(questions, steps)).execute()
    draft = Draft(version=version, owner=owner, visited=[step.name for step in version.document.steps])
    draft.keep(Answers.from_plain(answers(questions), set()))
    draft.answered_at = {f"/q{n}": [0, "0123456789ab"] for n in range(questions)}
    draft.save()
    return draft


def step_page(client: Client, questions: int, steps: int, owner: Any) -> Page:
    """Return the page in the middle of a form, of which every question is answered."""
    draft = make_draft(questions, steps, owner)
    return Page(client, f"/fill/{draft.pk}/s{steps // 2}/", "//form[@id='fill']", "q:q")


def measure(owner: Any, rounds: int, chosen: Callable[[str], bool]) -> dict[str, Times]:
    """Save in turns the bare form, a step of a hundred questions, and steps of longer forms."""
    from bench.forming import bare  # models: only in a process in which Django is set up

    key = bare.make_table()
    ours, django = (Client(enforce_csrf_checks=True, **SERVER) for _ in range(2))
    for client in (ours, django):
        client.force_login(owner)
    with override_settings(ROOT_URLCONF="bench.forming.bare"):
        with override_settings(MIDDLEWARE=bare.MIDDLEWARE):
            django.handler.load_middleware()
        assert settings.MIDDLEWARE != bare.MIDDLEWARE  # noqa: S101 - ours goes through all of the site's
        pages = {
            "bare": Page(django, f"/bare/{key}/", "//form", "q"),
            "100 on a page": step_page(ours, 100, 1, owner),
            "100 in 5 steps": step_page(ours, 100, 5, owner),
            "2000 in 40 steps": step_page(ours, 2000, 40, owner),
            "2000 in 20 steps": step_page(ours, 2000, 20, owner),
        }
        pages = {name: page for name, page in pages.items() if chosen(name)}
        for turn in range(rounds + 3):
            for page in pages.values():
                page.save(turn)
            if turn == 2:
                for page in pages.values():
                    page.times.clear()
    return {name: page.times for name, page in pages.items()}
