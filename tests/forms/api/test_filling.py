"""A front end of its own can do all that the pages do, and no more."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from cms.api.tokens.actions import CreateToken
from forms.definitions.models import Audience
from forms.filling.models import Draft
from forms.submissions.models import Submission
from tests.factories import make_bureau_user, make_school, make_school_user
from tests.factories.forms import make_form, one_step, question
from tests.factories.submissions import make_submission

pytestmark = pytest.mark.django_db
ROSTER = {"type": "roster", "name": "g", "label": "监护人", "items": [question("name", "gn", required=True)]}
CONTENT = one_step(
    question("integer", "age", required=True),
    question("text", "school", relevant="${age} >= 6", required=True),
    ROSTER,
)


class Caller:
    """A program with a token."""

    def __init__(self, user=None, scopes=("fill:forms", "read:submissions")) -> None:
        self.client = Client()
        self.headers = {}
        if user is not None:
            _token, key = CreateToken("test", user, list(scopes)).execute()
            self.headers = {"authorization": f"Bearer {key}"}

    def call(self, method: str, path: str, body=None, **headers):
        headers = {**self.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
        data = json.dumps(body) if body is not None else ""
        return self.client.generic(method, f"/api/v1/{path}", data, "application/json", headers=headers)


@pytest.fixture
def teacher():
    return make_school_user(make_school(), "class_teacher")


def test_a_form_comes_with_its_document_and_the_schema_of_its_answers(teacher):
    form = make_form(CONTENT)
    answer = Caller(teacher).call("GET", f"forms/{form.slug}").json()
    assert answer["definition"]["steps"][0]["name"] == "first"
    assert answer["answers_schema"]["properties"]["age"]["type"] == "integer"
    assert "id" in answer["answers_schema"]["properties"]["g"]["items"]["properties"]
    assert "relevant" in answer["expressions"]["school"]


def test_a_draft_is_filled_step_by_step_and_submitted(teacher):
    form, api = make_form(CONTENT), Caller(teacher)
    made = api.call("POST", f"forms/{form.slug}/drafts", {"answers": {"age": 7}})
    assert made.status_code == 201
    draft = made.json()
    assert draft["errors"] == {"school": ["请填写此项。"]}
    body = {"answers": {"school": "河湾小学", "g": [{"gn": "张三"}]}}
    saved = api.call("PATCH", f"drafts/{draft['uuid']}", body, if_match=made["ETag"]).json()
    assert saved["complete"]
    assert saved["relevant"]["g[1].gn"]
    done = api.call("POST", f"drafts/{draft['uuid']}/submit")
    assert done.status_code == 201
    assert api.call("GET", "submissions").json()["items"][0]["receipt"] == done.json()["receipt"]


def test_submitting_again_is_the_same_submission(teacher):
    form, api = make_form(one_step(question("text", "a"))), Caller(teacher)
    pk = api.call("POST", f"forms/{form.slug}/drafts", {"answers": {"a": "一"}}).json()["uuid"]
    first, again = (api.call("POST", f"drafts/{pk}/submit") for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["receipt"] == again.json()["receipt"]
    assert Submission.objects.count() == 1


def test_a_lost_race_is_412_and_changes_nothing(teacher):
    form, api = make_form(one_step(question("text", "a"))), Caller(teacher)
    made = api.call("POST", f"forms/{form.slug}/drafts", {})
    pk, tag = made.json()["uuid"], made["ETag"]
    assert api.call("PATCH", f"drafts/{pk}", {"answers": {"a": "一"}}, if_match=tag).status_code == 200
    lost = api.call("PATCH", f"drafts/{pk}", {"answers": {"a": "二"}}, if_match=tag)
    assert lost.status_code == 412
    assert api.call("GET", f"drafts/{pk}").json()["answers"] == {"a": "一"}


def test_a_change_without_a_revision_is_refused(teacher):
    form, api = make_form(one_step(question("text", "a"))), Caller(teacher)
    pk = api.call("POST", f"forms/{form.slug}/drafts", {}).json()["uuid"]
    assert api.call("PATCH", f"drafts/{pk}", {"answers": {"a": "一"}}).status_code == 428
    assert api.call("PATCH", f"drafts/{pk}", {"answers": {"a": "一"}}, if_match='"abc"').status_code == 400


def test_an_incomplete_draft_is_not_submitted_and_says_why(teacher):
    form, api = make_form(CONTENT), Caller(teacher)
    pk = api.call("POST", f"forms/{form.slug}/drafts", {"answers": {"g": [{}]}}).json()["uuid"]
    refused = api.call("POST", f"drafts/{pk}/submit")
    assert refused.status_code == 422
    assert {error["name"] for error in refused.json()["errors"]} == {"age", "g[1].gn"}


def test_a_roster_is_given_whole(teacher):
    form, api = make_form(CONTENT), Caller(teacher)
    made = api.call("POST", f"forms/{form.slug}/drafts", {"answers": {"g": [{"gn": "张三"}, {"gn": "李四"}]}})
    kept = made.json()["answers"]["g"][1]["id"]
    body = {"answers": {"g": [{"id": kept, "gn": "李四光"}, {"gn": "王五"}]}}
    saved = api.call("PATCH", f"drafts/{made.json()['uuid']}", body, if_match=made["ETag"]).json()
    assert [item["gn"] for item in saved["answers"]["g"]] == ["李四光", "王五"]
    assert saved["answers"]["g"][0]["id"] == kept


@pytest.mark.parametrize("answers", [{"nothing": 1}, {"g": {"gn": "x"}}, {"g": [{"id": "none", "gn": "x"}]}])
def test_what_the_form_does_not_ask_is_refused_whole(teacher, answers):
    form, api = make_form(CONTENT), Caller(teacher)
    made = api.call("POST", f"forms/{form.slug}/drafts", {})
    body = {"answers": {"age": 7, **answers}}
    refused = api.call("PATCH", f"drafts/{made.json()['uuid']}", body, if_match=made["ETag"])
    assert refused.status_code == 422
    assert api.call("GET", f"drafts/{made.json()['uuid']}").json()["answers"] == {}


def test_what_cannot_be_read_is_kept_and_told(teacher):
    form, api = make_form(CONTENT), Caller(teacher)
    draft = api.call("POST", f"forms/{form.slug}/drafts", {"answers": {"age": "十二"}}).json()
    assert draft["answers"]["age"] == {"raw": "十二"}
    assert "age" in draft["errors"]


def test_the_same_uuid_makes_one_draft(teacher):
    form, api, pk = make_form(CONTENT), Caller(teacher), str(uuid.uuid4())
    for _ in range(2):
        assert api.call("POST", f"forms/{form.slug}/drafts", {"uuid": pk}).json()["uuid"] == pk
    assert Draft.objects.count() == 1


def test_beginning_again_under_a_uuid_changes_nothing(teacher):
    form, api, pk = make_form(CONTENT), Caller(teacher), str(uuid.uuid4())
    begin = ("POST", f"forms/{form.slug}/drafts", {"uuid": pk, "answers": {"age": 5}})
    made = api.call(*begin)
    changed = api.call(
        "PATCH", f"drafts/{pk}", {"answers": {"age": 4, "g": [{"gn": "王芳"}]}}, if_match=made["ETag"]
    )
    again = api.call(*begin)
    assert (made.status_code, again.status_code) == (201, 200)
    assert again.json()["answers"] == changed.json()["answers"]
    api.call("POST", f"drafts/{pk}/submit")
    assert api.call(*begin).json()["state"] == "submitted"


def test_answers_that_are_refused_begin_no_draft(teacher):
    form = make_form(CONTENT)
    answer = Caller(teacher).call("POST", f"forms/{form.slug}/drafts", {"answers": {"nobody": 1}})
    assert answer.status_code == 422
    assert not Draft.objects.exists()


def test_a_draft_of_another_is_not_there(teacher):
    form = make_form(CONTENT)
    pk = Caller(teacher).call("POST", f"forms/{form.slug}/drafts", {}).json()["uuid"]
    other = Caller(make_bureau_user("bureau_admin"))
    for method, path in (("GET", ""), ("DELETE", ""), ("POST", "/submit")):
        assert other.call(method, f"drafts/{pk}{path}").status_code == 404
    assert other.call("PATCH", f"drafts/{pk}", {"answers": {}}, if_match='"1"').status_code == 404
    assert Caller().call("GET", f"drafts/{pk}").status_code in {401, 404}


def test_a_public_form_is_filled_with_the_draft_s_key():
    form, api = make_form(one_step(question("text", "a")), audience=Audience.PUBLIC), Caller()
    made = api.call("POST", f"forms/{form.slug}/drafts", {})
    pk, key = made.json()["uuid"], made.json()["key"]
    assert api.call("GET", f"drafts/{pk}").status_code == 404
    body = {"answers": {"a": "一"}}
    assert api.call("PATCH", f"drafts/{pk}", body, if_match=made["ETag"], draft_key=key).status_code == 200
    assert api.call("POST", f"drafts/{pk}/submit", draft_key=key).status_code == 201


def test_the_uuid_of_a_public_draft_is_no_key_to_it():
    form, api, pk = (
        make_form(one_step(question("text", "a")), audience=Audience.PUBLIC),
        Caller(),
        str(uuid.uuid4()),
    )
    path = f"forms/{form.slug}/drafts"
    assert api.call("POST", path, {"uuid": pk, "answers": {"a": "秘密"}}).status_code == 201
    assert api.call("POST", path, {"uuid": pk}).json()["key"]
    Draft.objects.update(created_at=timezone.now() - timedelta(minutes=3))
    later = api.call("POST", path, {"uuid": pk})
    assert later.status_code == 403
    assert "秘密" not in later.content.decode()


def test_nobody_sees_a_form_that_is_not_public():
    form = make_form(CONTENT)
    assert Caller().call("GET", f"forms/{form.slug}").status_code == 404
    assert Caller().call("GET", "forms").json() == {"items": []}


def test_a_token_without_the_scope_fills_nothing(teacher):
    form = make_form(CONTENT)
    assert Caller(teacher, ["read:public"]).call("POST", f"forms/{form.slug}/drafts", {}).status_code == 403


def test_a_session_must_send_the_form_s_secret(teacher):
    form = make_form(CONTENT)
    client = Client(enforce_csrf_checks=True)
    client.force_login(teacher)
    answer = client.post(f"/api/v1/forms/{form.slug}/drafts", "{}", content_type="application/json")
    assert answer.status_code == 403


def test_the_list_of_submissions_holds_what_one_may_see_page_by_page():
    one, two = make_school(), make_school()
    form = make_form(one_step(question("text", "a")))
    for school in (one, one, two):
        make_submission(form, {"a": "一"}, school=school)
    api = Caller(make_school_user(one, "school_head"))
    first = api.call("GET", "submissions?limit=1").json()
    second = api.call("GET", first["next"].split("/api/v1/")[1]).json()
    assert len(first["items"]) == len(second["items"]) == 1
    assert first["items"][0]["uuid"] != second["items"][0]["uuid"]
    assert second["next"] is None


def test_the_number_of_queries_of_the_list_does_not_grow(django_assert_max_num_queries):
    form = make_form(one_step(question("text", "a")))
    for _ in range(6):
        make_submission(form, {"a": "一"}, school=make_school())
    api = Caller(make_bureau_user("bureau_editor"))
    with django_assert_max_num_queries(6):
        assert len(api.call("GET", "submissions").json()["items"]) == 6


def test_sensitive_answers_are_masked_in_a_submission():
    form = make_form(one_step(question("phone", "tel", sensitive=True, purpose="联系")))
    made = make_submission(form, {"tel": "13812345678"})
    answer = Caller(make_bureau_user("bureau_editor")).call("GET", f"submissions/{made.pk}")
    assert "13812345678" not in answer.content.decode()
    assert answer.json()["answers"]["tel"] == "138****5678"


def test_a_file_is_uploaded_and_named_in_an_answer(teacher, settings, tmp_path):
    settings.FORMS_FILES = tmp_path
    form, api = make_form(one_step(question("photo", "f"))), Caller(teacher)
    made = api.call("POST", f"forms/{form.slug}/drafts", {})
    pk = made.json()["uuid"]
    picture = BytesIO()
    Image.new("RGB", (20, 20), "red").save(picture, "PNG")
    upload = SimpleUploadedFile("证明.png", picture.getvalue())
    answer = api.client.post(
        f"/api/v1/drafts/{pk}/files", {"question": "f", "file": upload}, headers=api.headers
    )
    assert answer.status_code == 201
    body = {"answers": {"f": [answer.json()["id"]]}}
    saved = api.call("PATCH", f"drafts/{pk}", body, if_match=made["ETag"]).json()
    assert saved["answers"]["f"] == [answer.json()["id"]]


def test_a_file_that_is_refused_is_told_at_its_question(teacher, settings, tmp_path):
    settings.FORMS_FILES = tmp_path
    form, api = make_form(one_step(question("photo", "f"))), Caller(teacher)
    pk = api.call("POST", f"forms/{form.slug}/drafts", {}).json()["uuid"]
    sent = {"question": "f", "file": SimpleUploadedFile("证明.png", b"no picture")}
    answer = api.client.post(f"/api/v1/drafts/{pk}/files", sent, headers=api.headers)
    assert answer.status_code == 422
    assert [error["name"] for error in answer.json()["errors"]] == ["f"]


def test_the_schema_of_documents_is_published():
    assert Caller().call("GET", "forms/schema").json()["title"] == "Xinqiao form"
