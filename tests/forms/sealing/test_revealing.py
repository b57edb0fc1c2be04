"""A sensitive answer is shown to one who has the right, for a reason that is logged."""

import pytest
from django.urls import reverse

from cms.service import Role
from forms.sealing.models import RevealLog
from tests.factories import make_bureau_user, make_school, make_school_user
from tests.factories.forms import make_version, one_step, question
from tests.factories.registers import make_filing, make_record, make_register

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(db):
    return make_school()


@pytest.fixture
def record(school):
    return make_record(make_register(), school, child="王一", phone="13812345678")


def ask(client, record, **more):
    data = {"kind": "record", "thing": str(record.pk), "name": "phone", "reason": "联系监护人", **more}
    return client.post(reverse("forms_reveal"), data, headers={"accept": "application/json"})


def person(client, school, role, keeps=None):
    user = make_school_user(school, role) if school else make_bureau_user(role)
    if keeps:
        keeps.keepers.create(user=user)
    client.force_login(user)
    return user


def test_a_look_is_logged_with_who_what_when_and_why(client, school, record):
    user = person(client, school, Role.SCHOOL_HEAD)
    answer = ask(client, record)
    assert answer.json() == {"value": "13812345678"}
    assert "no-store" in answer["Cache-Control"]
    look = RevealLog.objects.get()
    assert (look.user, look.record, look.questions, look.reason) == (user, record, "监护人电话", "联系监护人")
    assert look.ip == "127.0.0.1"


def test_without_a_reason_nothing_is_shown(client, school, record):
    person(client, school, Role.SCHOOL_HEAD)
    assert ask(client, record, reason="  ").status_code == 400
    assert not RevealLog.objects.exists()


@pytest.mark.parametrize("role", [Role.SCHOOL_EDITOR, Role.CLASS_TEACHER])
def test_who_has_not_the_right_sees_nothing_and_nothing_is_logged(client, school, record, role):
    person(client, school, role)
    assert ask(client, record).status_code == 403
    assert not RevealLog.objects.exists()


def test_a_keeper_may_see(client, school, record):
    person(client, school, Role.CLASS_TEACHER, keeps=record)
    assert ask(client, record).status_code == 200


def test_an_inspector_sees_masks(client, record):
    person(client, None, Role.INSPECTOR)
    assert ask(client, record).status_code == 403


def test_another_school_s_head_learns_not_even_that_it_is_there(client, record):
    person(client, make_school(), Role.SCHOOL_HEAD)
    assert ask(client, record).status_code == ask(client, record, thing="0" * 32).status_code == 403


@pytest.mark.parametrize("more", [{"kind": "user"}, {"thing": "x"}, {"name": "nothing"}])
def test_unknown_things_and_names_are_refused(client, school, record, more):
    person(client, school, Role.SCHOOL_HEAD)
    assert ask(client, record, **more).status_code in {400, 403}


def test_looking_is_a_click_and_never_a_link(client, school, record):
    person(client, school, Role.SCHOOL_HEAD)
    assert client.get(reverse("forms_reveal"), {"kind": "record"}).status_code == 405


def test_without_scripts_a_page_shows_it(client, school, record):
    person(client, school, Role.SCHOOL_HEAD)
    data = {"kind": "record", "thing": str(record.pk), "name": "phone", "reason": "x", "back": "//evil.test/"}
    page = client.post(reverse("forms_reveal"), data).content.decode()
    assert "13812345678" in page
    assert "evil" not in page


def test_an_answer_of_a_submission_is_shown_to_who_handed_it_in(client, school):
    user = person(client, school, Role.CLASS_TEACHER)
    roster = {
        "type": "roster",
        "name": "family",
        "label": "家人",
        "items": [question("phone", "tel", sensitive=True)],
    }
    revision = make_filing(make_version(one_step(roster)), {"family": [{"tel": "13812345678"}]}, school, user)
    item = revision.answers.items("family")[0]
    data = {
        "kind": "submission",
        "thing": str(revision.submission_id),
        "item": item,
        "name": "tel",
        "reason": "核对",
    }
    answer = client.post(reverse("forms_reveal"), data, headers={"accept": "application/json"})
    assert answer.json() == {"value": "13812345678"}
