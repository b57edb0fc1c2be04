"""Twenty at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from forms.answers.answers import TOP
from forms.filling.actions import LostRaceError, SaveAnswers, StartDraft
from forms.filling.models import Draft
from tests.factories import make_user
from tests.factories.forms import make_version, one_step, question
from tests.forms.filling.people import make_draft

pytestmark = pytest.mark.django_db(transaction=True)


def somebody():
    """A person who may fill in everything; the site's tree is not there in a test without a transaction."""
    return make_user(is_superuser=True)


MANY = 20


def at_once(work) -> list:
    """Do the work in twenty threads, each with a connection of its own."""

    def closed(number: int):
        try:
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(closed, range(MANY)))


def test_twenty_threads_that_save_different_answers_lose_none():
    draft = make_draft(one_step(*(question("integer", f"n{i}") for i in range(MANY))), somebody())
    at_once(lambda i: SaveAnswers(draft, 0, {(TOP, f"n{i}"): i}).execute())
    row = Draft.objects.get(pk=draft.pk)
    assert row.answers.to_plain() == {f"n{i}": i for i in range(MANY)}
    assert row.revision == MANY


def test_of_twenty_threads_that_save_one_answer_one_wins_and_the_others_are_told():
    draft = make_draft(one_step(question("integer", "n")), somebody())

    def save(i: int) -> bool:
        try:
            SaveAnswers(draft, 0, {(TOP, "n"): i}).execute()
        except LostRaceError as race:
            return race.conflicts[TOP, "n"].mine != i
        return True

    assert sum(at_once(save)) == 1


def test_a_button_pressed_twenty_times_begins_one_draft():
    version, teacher = make_version(one_step(question("text", "a"))), somebody()
    uuid = Draft._meta.pk.default()
    begun = at_once(lambda _: StartDraft(version, teacher, uuid=uuid).execute().pk)
    assert set(begun) == {uuid}
    assert Draft.objects.count() == 1
