"""`?search=` of the authoring API finds Chinese, within what the token's holder may see."""

import pytest
from wagtail.models import APIToken

from cms.people.models import Role
from tests.factories import (
    make_bureau_user,
    make_document,
    make_image,
    make_plan,
    make_school,
    make_school_user,
)

pytestmark = pytest.mark.django_db


def titles(client, user, kind: str, text: str) -> list[str]:
    token = APIToken.create_token(user=user, name="test")[1]
    headers = {"authorization": f"Bearer {token}"}
    answer = client.get(f"/api/v3/{kind}/", {"search": text}, headers=headers)
    assert answer.status_code == 200, answer.content
    return sorted(item["title"] for item in answer.json()["items"])


def plan(school, title: str):
    body = "<p>班主任很忙。开通亲情电话。</p>"
    return make_plan(school, title, sections=[("section", {"heading": "措施", "body": body, "key": ""})])


@pytest.mark.parametrize("text", ["亲情电话", "親情電話", "关爱"])
def test_pages_are_found_by_any_piece_of_their_text(client, text):
    plan(make_school(), "关爱计划")
    assert titles(client, make_bureau_user(Role.BUREAU_EDITOR), "pages", text) == ["关爱计划"]


def test_an_editor_does_not_find_drafts_of_another_school(client):
    school = make_school()
    plan(school, "本校计划")
    make_plan(make_school(), "别校的亲情电话草稿", live=False)
    assert titles(client, make_school_user(school), "pages", "亲情电话") == ["本校计划"]


def test_pictures_and_documents_are_found(client):
    make_image(title="开学典礼照片")
    make_document(title="资助标准表")
    user = make_bureau_user(Role.BUREAU_EDITOR)
    assert titles(client, user, "images", "典礼") == ["开学典礼照片"]
    assert titles(client, user, "documents", "标准") == ["资助标准表"]


def test_the_lists_of_the_public_api_look_through_the_text(client):
    plan(make_school(), "关爱计划")
    answer = client.get("/api/v1/plans", {"q": "親情電話"})
    assert [item["title"] for item in answer.json()["items"]] == ["关爱计划"]
