"""What keeps programs out of public forms, and lets people through without scripts."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from cms.people.models import Role
from forms.public.challenge import number_in
from forms.public.throttle import WRONG_OF_DRAFT
from forms.submissions.models import Submission
from tests.factories import make_school, make_school_user
from tests.forms.public.conftest import Parent, work

pytestmark = pytest.mark.django_db


def at_check(**typed: str) -> Parent:
    parent = Parent()
    parent.fill_in(**typed)
    return parent


def test_a_sum_in_words_lets_people_without_scripts_through(form, guarded):
    parent = at_check()
    assert "加" in parent.text()
    parent.hand_in(answer=parent.sum())
    assert parent.heading == "已提交"


def test_the_browsers_work_lets_through(form, guarded):
    parent = at_check()
    parent.hand_in(solution=work(parent.nonce, 8))
    assert parent.heading == "已提交"


def test_without_an_answer_nothing_is_handed_in_and_nothing_lost(form, guarded):
    parent = at_check()
    parent.hand_in()
    assert parent.answer.status_code == 422
    assert "王小明" in parent.text()
    parent.hand_in(answer=parent.sum())
    assert parent.heading == "已提交"


def test_a_wrong_answer_gets_a_new_question_at_the_field(form, guarded):
    parent = at_check()
    old = parent.nonce
    parent.hand_in(answer="99")
    assert parent.answer.status_code == 422
    assert parent.nonce != old
    field = parent.page.get_element_by_id("proof-answer")
    assert field.get("aria-invalid") == "true"
    assert "不正确" in parent.page.get_element_by_id("proof-answer:error").text_content()


def test_work_that_was_not_done_does_not_count(form, guarded):
    guarded.FORMS_CHALLENGE_BITS = 30
    parent = at_check()
    parent.hand_in(solution="1")
    assert not Submission.objects.exists()


def test_a_question_answered_wrongly_is_used_up(form, guarded):
    parent = at_check()
    token = dict(parent.page.xpath("//form[contains(@class, 'fill__hand-in')]")[0].form_values())["challenge"]
    answer = parent.sum()
    parent.hand_in(answer="99")
    parent.hand_in(challenge=token, answer=answer)
    assert not Submission.objects.exists()
    assert "已失效" in parent.text()


def test_a_challenge_counts_once(form, guarded):
    first = at_check()
    fields = dict(first.page.xpath("//form[contains(@class, 'fill__hand-in')]")[0].form_values())
    answer = first.sum()
    second = Parent()
    second.fill_in()
    second.hand_in(challenge=fields["challenge"], answer=answer)
    assert not Submission.objects.exists()
    first.hand_in(answer=answer)
    assert Submission.objects.count() == 1


def test_a_challenge_lasts_an_hour(form, guarded):
    parent = at_check()
    answer = parent.sum()
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        parent.hand_in(answer=answer)
    assert "已失效" in parent.text()
    assert not Submission.objects.exists()


def test_a_bent_challenge_does_not_count(form, guarded):
    parent = at_check()
    parent.hand_in(challenge="x:y:z", answer=parent.sum())
    assert not Submission.objects.exists()


def test_guesses_are_limited(form, guarded):
    parent = at_check()
    for _ in range(WRONG_OF_DRAFT):
        parent.hand_in(answer="99")
    parent.hand_in(answer=parent.sum())
    assert parent.answer.status_code == 429
    assert "分钟后" in parent.text()
    assert "王小明" in parent.text()


def test_the_field_that_nobody_sees_stops_programs(form, guarded):
    parent = at_check()
    parent.hand_in(answer=parent.sum(), website="https://example.com")
    assert not Submission.objects.exists()
    assert parent.answer.status_code == 422


def test_nobody_is_that_quick(form, guarded):
    guarded.FORMS_PUBLIC_MIN_SECONDS = 30
    parent = at_check()
    parent.hand_in(answer=parent.sum())
    assert "太快" in parent.text()
    with time_machine.travel(timezone.now() + timedelta(seconds=40)):
        parent.hand_in(answer=parent.sum())
    assert parent.heading == "已提交"


def test_people_with_an_account_are_asked_nothing(form, guarded):
    guarded.FORMS_PUBLIC_MIN_SECONDS = 30
    teacher = Parent(make_school_user(make_school(), Role.CLASS_TEACHER))
    teacher.fill_in()
    assert not teacher.page.xpath("//*[@data-nonce]")
    teacher.hand_in()
    assert teacher.heading == "已提交"


def test_one_address_begins_so_many_an_hour(form, guarded):
    guarded.FORMS_PUBLIC_STARTS = 2
    parent = Parent()
    for _ in range(2):
        parent.begin()
    parent.open("/forms/open-day/")
    fields = dict(parent.page.xpath("//form[contains(@class, 'fill__begin')]")[0].form_values())
    refused = parent.client.post("/forms/open-day/", fields)
    assert refused.status_code == 429
    assert "分钟后" in refused.content.decode()
    other = parent.client.post("/forms/open-day/", fields, REMOTE_ADDR="10.0.0.9")
    assert other.status_code == 302


def test_one_address_hands_in_so_often_an_hour(form, guarded):
    guarded.FORMS_PUBLIC_SUBMITS = 1
    for expected in (200, 429):
        parent = at_check()
        parent.hand_in(answer=parent.sum())
        assert parent.answer.status_code == expected
    assert Submission.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("7", 7),
        ("１２", 12),
        ("七", 7),
        ("十", 10),
        ("十二", 12),
        ("一十八", 18),
        ("", None),
        ("多", None),
        ("二十", None),
    ],
)
def test_numbers_are_read_as_people_write_them(typed, number):
    assert number_in(typed) == number
