"""Twenty at once. Threads see only what is committed, so these tests write for good and the tables are put back."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from forms.answers.answers import TOP
from forms.definitions.models import FormVersion
from forms.filling.actions import LostRaceError, SaveAnswers, StartDraft
from forms.filling.models import Draft
from tests.factories import make_user
from tests.factories.forms import make_version, one_step, question

MANY = 20
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def begin(transactional_db) -> Callable[..., Draft]:
    """Begin a draft of a form with these questions, always the same form and person."""
    made: list[tuple[FormVersion, Any]] = []

    def start(*items: dict[str, Any], **options: Any) -> Draft:
        if not made:
            version = make_version(one_step(*items), slug="twenty-at-once")
            made.append((version, make_user(username="twenty", is_superuser=True)))
        version, person = made[0]
        return StartDraft(version, person, **options).execute()

    return start


def at_once(work: Callable[[int], Any]) -> list[Any]:
    """Do the work in twenty threads, each with a connection of its own."""

    def closed(number: int) -> Any:
        try:
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(closed, range(MANY)))


def test_twenty_threads_that_save_different_answers_lose_none(begin):
    draft = begin(*(question("integer", f"n{i}") for i in range(MANY)))
    at_once(lambda i: SaveAnswers(draft, 0, {(TOP, f"n{i}"): i}).execute())
    row = Draft.objects.get(pk=draft.pk)
    assert row.answers.to_plain() == {f"n{i}": i for i in range(MANY)}
    assert row.revision == MANY


def test_of_twenty_threads_that_save_one_answer_one_wins_and_the_others_are_told(begin):
    draft = begin(question("integer", "n"))

    def save(i: int) -> bool:
        try:
            SaveAnswers(draft, 0, {(TOP, "n"): i}).execute()
        except LostRaceError as race:
            return race.conflicts[TOP, "n"].mine != i
        return True

    assert sum(at_once(save)) == 1


def test_a_button_pressed_twenty_times_begins_one_draft(begin):
    first = begin(question("text", "a"))
    uuid = Draft._meta.pk.get_default()
    begun = at_once(lambda _: begin(uuid=uuid).pk)
    assert set(begun) == {uuid}
    assert Draft.objects.filter(version=first.version_id).count() == 2
