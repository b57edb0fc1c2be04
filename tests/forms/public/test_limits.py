"""How often one address saves and uploads without an account. Whoever is held back loses nothing that she typed."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cms.people.models import Role
from forms.filling.models import Draft
from tests.factories import make_school, make_school_user
from tests.factories.forms import make_form, one_step, question
from tests.factories.media import png_bytes
from tests.forms.public.conftest import Parent

pytestmark = pytest.mark.django_db
ELSEWHERE = {"REMOTE_ADDR": "10.0.0.9"}


@pytest.fixture
def form(db):
    items = (question("name", "name"), question("photo", "photo", maximum=3), question("signature", "sign"))
    return make_form(one_step(*items), audience="public", slug="open-day")


def autosave(parent: Parent, draft: Draft, name: str, **more: str):
    parent.open(f"/fill/{draft.pk}/first/")
    data = {**parent.data().dict(), "q:name": name, "go": "autosave"}
    return parent.client.post(
        f"/fill/{draft.pk}/first/", data, headers={"accept": "application/json"}, **more
    )


def upload(client: Client, draft: Draft, **more: str):
    data = {"question": "photo", "file": SimpleUploadedFile("p.png", png_bytes())}
    return client.post(f"/fill/{draft.pk}/upload/", data, **more)


def test_one_address_saves_by_script_so_often_an_hour(form, settings):
    settings.FORMS_PUBLIC_SAVES = 1
    parent = Parent()
    draft = parent.begin()
    assert autosave(parent, draft, "王小").status_code == 200
    refused = autosave(parent, draft, "王小明")
    assert (refused.status_code, refused.json()["problem"]) == (429, "too_often")
    assert "分钟后" in refused.json()["message"]
    assert int(refused["Retry-After"]) >= 60
    assert Draft.objects.get().answers.get("name") == "王小"
    assert autosave(parent, draft, "王小明", **ELSEWHERE).status_code == 200


def test_the_button_still_saves_when_the_script_may_not(form, settings):
    settings.FORMS_PUBLIC_SAVES = 1
    parent = Parent()
    draft = parent.begin()
    for name in ("王", "王小"):
        autosave(parent, draft, name)
    parent.fill(name="王小明")
    assert parent.answer.status_code == 200
    assert Draft.objects.get().answers.get("name") == "王小明"


def test_a_page_that_is_held_back_keeps_what_was_typed_to_be_sent_again(form, settings):
    settings.FORMS_PUBLIC_SAVES = 1
    parent = Parent()
    draft = parent.begin()
    parent.fill("stay", name="王小")
    parent.fill("stay", name="王小明")
    assert parent.answer.status_code == 429
    assert "分钟后" in parent.text()
    typed = dict(parent.page.xpath("//main//form")[0].form_values())
    settings.FORMS_PUBLIC_SAVES = 0
    parent.client.post(f"/fill/{draft.pk}/first/", typed)
    assert Draft.objects.get().answers.get("name") == "王小明"


def test_one_address_uploads_so_many_files_an_hour(form, settings):
    settings.FORMS_PUBLIC_UPLOADS = 1
    parent = Parent()
    draft = parent.begin()
    assert upload(parent.client, draft).status_code == 201
    refused = upload(parent.client, draft)
    assert refused.status_code == 429
    assert "分钟后" in refused.json()["message"]
    assert upload(parent.client, draft, **ELSEWHERE).status_code == 201


def test_files_that_come_with_the_page_count_too_and_are_refused_at_the_question(form, settings):
    settings.FORMS_PUBLIC_UPLOADS = 1
    parent = Parent()
    parent.begin()
    data = parent.data()
    files = [SimpleUploadedFile(f"{number}.png", png_bytes()) for number in range(2)]
    sent = parent.client.post(
        parent.url, {**data.dict(), "q:name": "王小明", "q:photo:new": files, "go": "next"}, follow=True
    )
    assert "1.png：" in sent.content.decode()
    assert "分钟后" in sent.content.decode()
    kept = Draft.objects.get().answers
    assert (kept.get("name"), len(kept.get("photo"))) == ("王小明", 1)


def test_the_api_keeps_to_the_same_limits(form, settings):
    settings.FORMS_PUBLIC_SAVES = settings.FORMS_PUBLIC_UPLOADS = 1
    client = Client()
    made = client.post("/api/v1/forms/open-day/drafts", "{}", "application/json").json()
    path, key = f"/api/v1/drafts/{made['uuid']}", {"draft-key": made["key"]}
    for revision, expected in ((0, 200), (1, 429)):
        body = json.dumps({"answers": {"name": f"王小{'明' * (revision + 1)}"}})
        saved = client.patch(path, body, "application/json", headers={**key, "if-match": f'"{revision}"'})
        assert saved.status_code == expected
    for expected in (201, 429):
        data = {"question": "photo", "file": SimpleUploadedFile("p.png", png_bytes())}
        assert client.post(f"{path}/files", data, headers=key).status_code == expected


def test_people_with_an_account_are_not_counted(form, settings):
    settings.FORMS_PUBLIC_SAVES = settings.FORMS_PUBLIC_UPLOADS = 1
    teacher = Parent(make_school_user(make_school(), Role.CLASS_TEACHER))
    draft = teacher.begin()
    assert [autosave(teacher, draft, name).status_code for name in ("王", "王小")] == [200, 200]
    assert [upload(teacher.client, draft).status_code for _ in range(2)] == [201, 201]
