"""The builder: nothing typed is lost, faults stand at their question, two editors do not overwrite each other."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from cms.people.models import Role
from forms.builder.actions.testing import StartTest
from forms.builder.models import LibraryQuestion
from forms.codes.models import CodeList
from forms.definitions.models import Form, FormVersion
from forms.filling.models import Draft
from forms.registers.models import Register
from tests.factories import make_bureau_user
from tests.factories.forms import make_form, one_step, question
from tests.forms.builder.test_convert import EVERYTHING
from tests.forms.builder.typed import shown_errors, typed

pytestmark = pytest.mark.django_db
GOOD = {
    "title": "家访记录",
    "steps": [
        {"name": "first", "title": "第一步", "items": [question("text", "a")]},
        {"name": "second", "title": "第二步", "items": [question("yes_no", "b", required=True)]},
    ],
}
TWICE = {**GOOD, "steps": [GOOD["steps"][0], {**GOOD["steps"][1], "items": [question("text", "a")]}]}


@pytest.fixture
def editor(client):
    user = make_bureau_user(Role.BUREAU_EDITOR)
    client.force_login(user)
    return user


@pytest.fixture
def children(db):
    CodeList.objects.create(name="divisions", title="行政区划")
    return Register.objects.create(name="children", title="儿童", record_name="儿童")


@pytest.fixture
def form(editor) -> Form:
    return make_form(title="家访记录")


def send(client, form: Form, content, action: str = "save", **more):
    form.refresh_from_db()
    fields = typed(content, more.pop("revision", form.working_revision), action=action, **more)
    return client.post(reverse("forms_modeladmin_edit", args=[form.pk]), fields)


def test_what_is_saved_is_what_was_typed(client, form, children):
    assert send(client, form, EVERYTHING).status_code == 302
    form.refresh_from_db()
    from forms.definitions.document import Document

    assert Document.model_validate(form.working) == Document.model_validate(EVERYTHING)
    assert (form.working_revision, form.live) == (1, None)


def test_an_unfinished_form_is_saved(client, form):
    content = {"title": "", "steps": [{"name": "s", "title": "", "items": [question("text", "a", label="")]}]}
    assert send(client, form, content).status_code == 302
    form.refresh_from_db()
    assert form.working["steps"][0]["items"][0]["label"] == ""


def test_publishing_makes_a_version_and_keeps_the_note(client, form):
    assert send(client, form, GOOD, "publish", note="第一版").status_code == 302
    form.refresh_from_db()
    assert (form.live.number, form.live.note, form.state) == (1, "第一版", "open")


def test_a_form_with_errors_is_saved_and_told_at_the_question(client, form):
    answer = send(client, form, TWICE, "publish")
    assert answer.status_code == 200
    form.refresh_from_db()
    assert form.live is None
    assert form.working["steps"][1]["items"][0]["name"] == "a"
    errors = shown_errors(answer.content.decode())
    at = errors["blockErrors"]["1"]["blockErrors"]["items"]["blockErrors"]["0"]
    assert "已经被步骤“第一步”的题目“题目a”使用" in at["blockErrors"]["name"]["messages"][0]
    assert "步骤“第二步”的题目“题目a”" in answer.content.decode()


def test_a_fault_of_the_questions_own_choices_is_told_at_the_question(client, form):
    content = one_step(question("choice", "a", list="a"), lists={"a": {"choices": []}})
    errors = shown_errors(send(client, form, content, "check").content.decode())
    at = errors["blockErrors"]["0"]["blockErrors"]["items"]["blockErrors"]["0"]
    assert at["blockErrors"]["choices"]["messages"]


def test_a_fault_of_the_form_itself_is_told_at_its_field(client, form):
    secret = question("text", "a", sensitive=True, purpose="x")
    answer = send(client, form, one_step(secret, summary="${a}"), "check")
    assert answer.context["form"].errors["summary"]


def test_the_later_of_two_editors_is_told_and_loses_nothing(client, form):
    send(client, form, GOOD)
    other = {**GOOD, "title": "另一个标题"}
    answer = send(client, form, other, revision=0)
    assert answer.status_code == 200
    assert "您填写的内容都还在" in answer.content.decode()
    assert answer.context["form"]["title"].value() == "另一个标题"
    form.refresh_from_db()
    assert form.working["title"] == "家访记录"


def test_the_later_editor_may_save_over_it(client, form):
    send(client, form, GOOD)
    assert send(client, form, {**GOOD, "title": "另一个"}, revision=0, overwrite="1").status_code == 302
    form.refresh_from_db()
    assert form.working["title"] == "另一个"


def test_what_cannot_be_kept_is_told_and_nothing_is_lost(client, form):
    fields = typed(GOOD, 0) | {"steps-0-value-items-0-value-max_length": "many"}
    answer = client.post(reverse("forms_modeladmin_edit", args=[form.pk]), fields)
    assert answer.status_code == 200
    assert shown_errors(answer.content.decode())
    assert "many" in answer.content.decode()


def test_a_published_form_goes_on_as_it_is_while_its_successor_is_built(client, form):
    send(client, form, GOOD, "publish")
    send(client, form, {**GOOD, "steps": GOOD["steps"][:1]})
    form.refresh_from_db()
    assert len(form.live.document.steps) == 2
    assert len(form.working["steps"]) == 1


def test_trying_a_form_out_makes_a_draft_that_is_no_submission(client, form, editor):
    answer = send(client, form, GOOD, "test")
    draft = Draft.objects.get(owner=editor)
    assert answer.status_code == 302
    assert str(draft.uuid) in answer["location"]
    assert draft.is_test
    assert draft.version.is_trial
    assert not form.versions.exists()
    assert not Draft.objects.for_user(editor).open().exists()


def test_trying_again_throws_the_first_trial_away(client, form):
    send(client, form, GOOD, "test")
    send(client, form, {**GOOD, "title": "再试"}, "test")
    assert Draft.objects.count() == 1
    assert FormVersion.all_objects.count() == 1


def test_publishing_after_a_trial_begins_with_version_one(client, form):
    send(client, form, GOOD, "test")
    send(client, form, GOOD, "publish")
    assert [version.number for version in form.versions.all()] == [1]


def test_a_faulty_form_cannot_be_tried(client, form):
    assert send(client, form, TWICE, "test").status_code == 200
    assert not Draft.objects.exists()


def test_a_question_goes_into_the_library_and_out_again_under_a_free_name(client, form):
    content = one_step(question("choice", "home", list="home"))
    content["lists"] = {"home": {"choices": [{"value": "1", "label": "一"}, {"value": "2", "label": "二"}]}}
    send(client, form, content, "keep", keep_name="home")
    kept = LibraryQuestion.objects.get()
    assert (kept.kind, list(kept.lists)) == ("choice", ["home"])
    send(client, form, content, "insert", library=kept.pk, library_step="first")
    form.refresh_from_db()
    items = form.working["steps"][0]["items"]
    assert [item["name"] for item in items] == ["home", "home_2"]
    assert set(form.working["lists"]) == {items[0]["list"], items[1]["list"]}


def test_the_preview_shows_what_is_typed_and_keeps_nothing(client, form):
    address = reverse("forms_builder_preview", args=[form.pk])
    answer = client.post(address, typed(GOOD))
    assert "题目b" in answer.content.decode()
    form.refresh_from_db()
    assert form.working == {}


def test_the_preview_shows_what_it_can_and_says_what_it_left_out(client, form):
    content = one_step(question("text", "a"), question("matrix", "m", list="x", rows=[]))
    text = client.post(reverse("forms_builder_preview", args=[form.pk]), typed(content)).content.decode()
    assert "题目a" in text
    assert "“行”是空的" in text


def test_the_preview_shows_every_type(client, form, children):
    answer = client.post(reverse("forms_builder_preview", args=[form.pk]), typed(EVERYTHING))
    assert answer.status_code == 200
    assert "双亲|都在" in answer.content.decode()


def test_a_form_that_is_tried_out_begins_with_its_defaults_as_it_will_for_people(form, editor):
    content = one_step(question("text", "place", default="学校"), question("date", "day", default="=today()"))
    draft = StartTest(form, content, editor).execute()
    assert draft.answers.to_plain() == {"place": "学校", "day": timezone.localdate().isoformat()}
    assert not ModelLogEntry.objects.filter(object_id=str(draft.pk)).exists()
