"""Window, places and turns of a public form."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from cms.people.models import Role
from forms.definitions.actions import FaultyFormError, PublishForm
from forms.filling.actions import StartDraft
from forms.filling.models import Draft
from forms.public.actions import SetPublicRules
from forms.public.models import PublicRules, Turn
from forms.public.opening import NotOpenError, Standing, opening_of
from forms.submissions.actions import ReturnSubmission, SubmitDraft, WithdrawSubmission
from forms.submissions.models import Submission
from tests.factories import make_bureau_user, make_school, make_school_user
from tests.factories.forms import make_form, one_step, question
from tests.forms.public.conftest import Parent

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_a_form_without_rules_is_open_to_everybody_as_often_as_they_like(form):
    parent = Parent()
    for _ in range(2):
        parent.fill_in()
        parent.hand_in()
        assert parent.heading == "已提交"
    assert Submission.objects.count() == 2


def test_a_form_is_not_begun_before_it_opens(form, rules):
    rules(opens_at=timezone.now() + HOUR)
    parent = Parent()
    parent.open("/forms/open-day/")
    assert "尚未开放" in parent.text()
    assert not parent.page.xpath("//form[contains(@class, 'fill__begin')]")
    with pytest.raises(NotOpenError):
        StartDraft(form).execute()


def test_what_was_begun_in_time_is_not_handed_in_too_late_and_stays(form, rules):
    rules(closes_at=timezone.now() + HOUR)
    parent = Parent()
    draft = parent.fill_in()
    with time_machine.travel(timezone.now() + 2 * HOUR):
        parent.hand_in()
    assert parent.answer.status_code == 409
    assert "截止" in parent.text()
    draft.refresh_from_db()
    assert draft.is_open
    assert draft.answers.to_plain()["name"] == "王小明"
    assert not Submission.objects.exists()


def test_the_last_place_is_given_once(form, rules):
    rules(quota=1)
    first, second = Parent(), Parent()
    first.fill_in()
    second.fill_in()
    first.hand_in()
    second.hand_in()
    assert first.heading == "已提交"
    assert "名额已满" in second.text()
    assert Submission.objects.count() == 1


def test_a_withdrawn_submission_makes_room_again(form, rules):
    rules(quota=1)
    parent = Parent()
    parent.fill_in()
    parent.hand_in()
    assert opening_of(form).standing is Standing.FULL
    WithdrawSubmission(Submission.objects.get()).execute()
    assert opening_of(form).left == 1


def test_the_same_browser_hands_in_once(form, rules):
    rules(once="ever")
    parent = Parent()
    parent.fill_in()
    parent.hand_in()
    parent.open("/forms/open-day/")
    assert "每人只能提交一次" in parent.text()
    assert parent.page.xpath("//a[contains(@href, '/done/')]")
    assert not parent.page.xpath("//form[contains(@class, 'fill__begin')]")


def test_a_second_draft_of_the_same_browser_is_refused_and_kept(form, rules):
    rules(once="ever")
    parent = Parent()
    parent.fill_in()
    one = parent.url
    second = parent.fill_in()
    parent.hand_in()
    parent.open(one)
    parent.hand_in()
    assert parent.answer.status_code == 409
    assert "每人只能提交一次" in parent.text()
    assert Draft.objects.filter(state="open").count() == 1
    assert Submission.objects.get().pk == second.pk


def test_another_browser_may_hand_in(form, rules):
    rules(once="ever")
    for parent in (Parent(), Parent()):
        parent.fill_in()
        parent.hand_in()
        assert parent.heading == "已提交"


def test_the_same_answer_is_taken_once_from_whatever_browser(form, rules):
    rules(once="ever", person_by="answer", person_question="phone")
    first, second, third = Parent(), Parent(), Parent()
    first.fill_in()
    first.hand_in()
    second.fill_in(phone="138 1234 5678")
    second.hand_in()
    assert "每人只能提交一次" in second.text()
    third.fill_in(phone="13987654321")
    third.hand_in()
    assert third.heading == "已提交"


def test_no_answer_is_kept_to_tell_people_apart(form, rules):
    rules(once="ever", person_by="answer", person_question="phone")
    parent = Parent()
    parent.fill_in()
    parent.hand_in()
    turn = Turn.objects.get()
    assert re.fullmatch("[0-9a-f]{64}", turn.person)
    assert "13812345678" not in turn.person


def test_once_a_day_opens_again_the_next_day(form, rules):
    rules(once="daily")
    parent = Parent()
    parent.fill_in()
    parent.hand_in()
    parent.open("/forms/open-day/")
    assert "今天已提交过" in parent.text()
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        parent.fill_in()
        parent.hand_in()
    assert parent.heading == "已提交"


def test_people_with_an_account_count_by_it(form, rules):
    rules(once="ever")
    teacher = make_school_user(make_school(), Role.CLASS_TEACHER)
    for _ in range(2):
        parent = Parent(teacher)
        parent.open("/forms/open-day/")
        if parent.page.xpath("//form[contains(@class, 'fill__begin')]"):
            parent.fill_in()
            parent.hand_in()
    assert "每人只能提交一次" in parent.text()
    assert Submission.objects.count() == 1


def test_who_withdrew_may_hand_in_again(form, rules):
    rules(once="ever")
    parent = Parent()
    parent.fill_in()
    parent.hand_in()
    WithdrawSubmission(Submission.objects.get()).execute()
    parent.fill_in()
    parent.hand_in()
    assert parent.heading == "已提交"


def test_a_correction_keeps_its_turn_and_cannot_take_anothers(form, rules):
    rules(once="ever", person_by="answer", person_question="phone", quota=2)
    first, second = Parent(), Parent()
    first.fill_in()
    first.hand_in()
    second.fill_in(phone="13987654321")
    second.hand_in()
    mine = Submission.objects.latest("submitted_at")
    ReturnSubmission(mine, make_bureau_user(), comment="请核对电话").execute()
    second.open(f"/fill/{mine.pk}/first/")
    second.fill(phone="13812345678")
    second.hand_in()
    assert "每人只能提交一次" in second.text()
    second.open(f"/fill/{mine.pk}/first/")
    second.fill(phone="13700000000")
    second.hand_in()
    assert second.heading == "已提交"


def test_the_same_draft_again_is_the_same_submission_though_all_places_are_taken(form, rules):
    rules(quota=1, once="ever")
    parent = Parent()
    draft = parent.fill_in()
    parent.hand_in()
    again = SubmitDraft(Draft.objects.get(pk=draft.pk)).execute()
    assert again == Submission.objects.get()


def test_rules_are_for_public_forms_alone():
    form = make_form(one_step(question("text", "a")))
    with pytest.raises(ValidationError):
        SetPublicRules(form, {"quota": 1}).execute()


def test_a_form_closes_after_it_opens(form):
    now = timezone.now()
    with pytest.raises(ValidationError) as refused:
        SetPublicRules(form, {"opens_at": now, "closes_at": now - HOUR}).execute()
    assert "closes_at" in refused.value.error_dict


def test_people_are_told_apart_only_by_what_everybody_answers():
    content = one_step(question("phone", "p"), question("text", "a", required=True))
    form = make_form(content, audience="public")
    with pytest.raises(ValidationError):
        SetPublicRules(form, {"once": "ever", "person_by": "answer", "person_question": "p"}).execute()


def test_a_new_version_may_not_drop_the_answer_that_tells_people_apart(form, rules):
    rules(once="ever", person_by="answer", person_question="phone")
    content = one_step(question("name", "name", required=True), title="开放日报名")
    with pytest.raises(FaultyFormError, match="phone"):
        PublishForm(form, content).execute()


def test_nobody_sets_the_rules_of_another_schools_form():
    mine, other = make_school(), make_school()
    editor = make_school_user(mine, Role.SCHOOL_EDITOR)
    form = make_form(one_step(question("text", "a")), audience="public", school=other)
    with pytest.raises(PermissionDenied):
        SetPublicRules(form, {"quota": 1}, editor).execute()
    assert not PublicRules.objects.exists()


def test_a_correction_on_a_later_day_cannot_take_anothers_turn_of_that_day(form, rules):
    rules(once="daily", person_by="answer", person_question="phone")
    first, second = Parent(), Parent()
    first.fill_in()
    first.hand_in()
    second.fill_in(phone="13987654321")
    second.hand_in()
    mine = Submission.objects.latest("submitted_at")
    ReturnSubmission(mine, make_bureau_user(), comment="请核对电话").execute()
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        second.open(f"/fill/{mine.pk}/first/")
        second.fill(phone="13812345678")
        second.hand_in()
    assert second.answer.status_code == 409
