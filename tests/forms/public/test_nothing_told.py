"""Nothing of a register is visible to the public, whatever is asked."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from forms.files.cleaning import clean_drafts
from forms.filling.links import link_to
from forms.filling.models import Draft
from forms.public.actions import SetPublicRules
from forms.submissions.actions import ApproveSubmission
from forms.submissions.models import Submission
from tests.factories import make_bureau_user, make_school
from tests.factories.forms import make_form, one_step, question
from tests.factories.registers import make_record, make_register
from tests.forms.public.conftest import Parent

pytestmark = pytest.mark.django_db
CANARY = "金丝雀"
NUMBER = "11010519491231002X"


@pytest.fixture
def record():
    return make_record(make_register(name="children"), make_school(), child=CANARY, id_number=NUMBER)


def test_a_record_named_in_the_address_fills_in_nothing(record):
    content = one_step(
        question("name", "name", saves_to="child"),
        about={"register": "children", "mode": "about", "on": "submitted"},
    )
    make_form(content, audience="public", slug="about")
    parent = Parent()
    shown = parent.open(f"/forms/about/?about={record.pk}")
    assert CANARY not in parent.answer.content.decode()
    assert shown is not None
    answer = parent.client.post("/forms/about/", {"about": str(record.pk)}, follow=True)
    assert CANARY not in answer.content.decode()
    assert not Draft.objects.filter(subject=record).exists()


def test_the_api_takes_no_record_from_the_public(record):
    content = one_step(question("name", "name"), about={"register": "children", "mode": "about"})
    make_form(content, audience="public", slug="about")
    client = Parent().client
    body = json.dumps({"about": str(record.pk), "copy_last": True})
    answer = client.post("/api/v1/forms/about/drafts", body, content_type="application/json")
    assert answer.status_code == 422
    assert CANARY not in answer.content.decode()


def test_no_record_is_offered_to_choose(record):
    content = one_step(question("record", "child", register="children"), question("text", "a"))
    make_form(content, audience="public", slug="choose")
    parent = Parent()
    parent.begin("choose")
    assert CANARY not in parent.answer.content.decode()
    assert str(record.pk) not in parent.answer.content.decode()


def test_a_guessed_record_is_not_named(record):
    content = one_step(question("record", "child", register="children"), question("text", "a"))
    make_form(content, audience="public", slug="choose")
    parent = Parent()
    parent.begin("choose")
    parent.fill(child=str(record.pk), a="一")
    assert CANARY not in parent.answer.content.decode()
    assert CANARY not in parent.client.get(f"/fill/{Draft.objects.get().pk}/check/").content.decode()


def test_nobody_learns_that_a_child_is_known_already(record):
    """The number is in the register: the person is told as much as with a number that is not."""
    content = one_step(
        question("name", "name", required=True, saves_to="child"),
        question("id_number", "number", required=True, sensitive=True, saves_to="id_number"),
        about={"register": "children", "mode": "makes", "on": "submitted"},
    )
    make_form(content, audience="public", slug="enrol")
    told = []
    for number in (NUMBER, "110105194912310038"):
        parent = Parent()
        parent.begin("enrol")
        parent.fill(name="王小明", number=number)
        parent.hand_in()
        page = parent.answer.content.decode()
        assert CANARY not in page
        assert str(record.pk) not in page
        told.append((parent.answer.status_code, parent.heading))
    assert told[0] == told[1]


def test_a_receipt_is_shown_to_whoever_holds_its_link_alone(form):
    parent, stranger = Parent(), Parent()
    draft = parent.fill_in()
    parent.hand_in()
    receipt = Submission.objects.get().receipt
    for path in (f"/fill/{draft.pk}/done/", f"/receipts/{draft.pk}/withdraw/", f"/submissions/{draft.pk}/"):
        answer = stranger.client.get(path, follow=True)
        assert receipt not in answer.content.decode()
    other = Parent()
    other.open(link_to(draft))
    assert receipt in other.text()


def test_who_holds_the_link_withdraws(form):
    parent = Parent()
    draft = parent.fill_in()
    parent.hand_in()
    other = Parent()
    other.open(link_to(draft))
    url = other.page.xpath("//a[contains(@href, '/withdraw/')]/@href")[0]
    assert other.client.get(url).status_code == 200
    other.open(other.client.post(url, {"comment": "不能参加了"})["Location"])
    assert other.heading == "已撤回"
    assert Submission.objects.get().state == "withdrawn"
    assert other.client.post(url).status_code == 404


def test_nobody_withdraws_what_was_approved_or_where_the_rules_say_no(form):
    parent = Parent()
    draft = parent.fill_in()
    parent.hand_in()
    url = f"/receipts/{draft.pk}/withdraw/"
    SetPublicRules(form, {"may_withdraw": False}).execute()
    assert parent.client.post(url).status_code == 404
    SetPublicRules(form, {"may_withdraw": True}).execute()
    ApproveSubmission(Submission.objects.get(), make_bureau_user()).execute()
    assert parent.client.post(url).status_code == 404
    assert Submission.objects.get().state == "approved"


def test_what_was_never_handed_in_goes_when_its_link_is_dead(form):
    kept, dropped = Parent(), Parent()
    kept.fill_in()
    kept.hand_in()
    dropped.fill_in()
    Draft.objects.update(updated_at=timezone.now() - timedelta(days=61))
    assert clean_drafts() == 1
    assert Draft.objects.get().pk == Submission.objects.get().pk
