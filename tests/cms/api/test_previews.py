"""Drafts: by right, and by a link that ends."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cms.api.previews.actions import SharePreview
from cms.api.previews.links import PreviewLink
from cms.people.groups import sync_groups
from cms.people.models import Membership
from cms.people.permissions import forget_memberships
from tests.cms.api.test_door import bearer, make_token
from tests.factories import (
    make_bureau_user,
    make_image,
    make_news,
    make_plan,
    make_policy,
    make_school,
    make_school_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    page = make_news(make_school(), "已发布的标题")
    page.title = "改过的标题"
    page.save_revision()
    return page


def share(page, user, **fields) -> str:
    link = SharePreview(page, user, **fields).execute()
    return f"/api/v1/previews/{link.text()}"


def test_a_link_shows_the_draft_in_the_published_shape(client, draft):
    published = client.get(f"/api/v1/news/{draft.pk}").json()
    response = client.get(share(draft, make_school_user(draft.school)))
    assert response.status_code == 200
    assert response.json() == {**published, "title": "改过的标题"}
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers


@pytest.mark.parametrize("make", [make_plan, make_policy, make_news])
def test_a_page_that_was_never_published_can_be_shared(client, make):
    arguments = [] if make is make_policy else [make_school()]
    page = make(*arguments, title="新稿", live=False)
    answer = client.get(share(page, make_bureau_user())).json()
    assert answer["title"] == "新稿"
    assert "body" in answer


def test_an_editor_makes_a_link_through_the_api(client, draft):
    client.force_login(make_school_user(draft.school))
    made = client.post("/api/v1/previews", {"page": draft.pk, "hours": 2}, content_type="application/json")
    assert made.status_code == 201
    assert Client().get(made.json()["url"]).json()["title"] == "改过的标题"


def test_a_session_needs_the_csrf_secret(draft):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(make_school_user(draft.school))
    made = browser.post("/api/v1/previews", {"page": draft.pk}, content_type="application/json")
    assert made.status_code == 403


def test_a_token_with_the_scope_makes_a_link_and_one_without_does_not(client, draft):
    editor = make_school_user(draft.school)
    _token, key = make_token("write:previews", owner=editor)
    body = {"page": draft.pk}
    made = client.post("/api/v1/previews", body, content_type="application/json", headers=bearer(key))
    assert made.status_code == 201
    _token, key = make_token("read:drafts", owner=editor)
    made = client.post("/api/v1/previews", body, content_type="application/json", headers=bearer(key))
    assert made.status_code == 403


def test_nobody_shares_a_page_of_another_school(client, draft):
    client.force_login(make_school_user(make_school()))
    made = client.post("/api/v1/previews", {"page": draft.pk}, content_type="application/json")
    assert made.status_code == 403
    assert Client().post("/api/v1/previews", {"page": 1}, content_type="application/json").status_code == 401


def test_an_expired_link_is_gone(client, draft):
    link = PreviewLink(draft.pk, make_bureau_user().pk, timezone.now() - timedelta(seconds=1))
    response = client.get(f"/api/v1/previews/{link.text()}")
    assert response.status_code == 410
    assert response.json()["type"].endswith("#preview-over")


def test_a_link_ends_with_the_page(client, draft):
    address = share(draft, make_bureau_user())
    draft.delete()
    assert client.get(address).status_code == 410


def test_a_link_ends_with_the_makers_right(client, draft):
    editor = make_school_user(draft.school)
    address = share(draft, editor)
    Membership.objects.filter(user=editor).delete()
    forget_memberships(editor)
    sync_groups(editor)
    assert client.get(address).status_code == 410


def test_a_link_ends_with_the_token_that_made_it(client, draft):
    token, _key = make_token("write:previews", owner=make_school_user(draft.school))
    address = share(draft, token.user, token=token)
    assert client.get(address).status_code == 200
    token.revoked_at = timezone.now()
    token.save()
    assert client.get(address).status_code == 410


def test_a_forged_link_is_not_found(client, draft):
    address = share(draft, make_bureau_user())
    assert client.get(f"{address[:-3]}abc").status_code == 404
    assert client.get("/api/v1/previews/x").status_code == 404


def test_a_draft_is_read_by_right_alone(client, draft):
    address = f"/api/v1/drafts/{draft.pk}"
    assert client.get(address).status_code == 401
    _token, key = make_token("read:drafts", owner=make_school_user(draft.school))
    assert client.get(address, headers=bearer(key)).json()["title"] == "改过的标题"
    _token, key = make_token("read:drafts", owner=make_school_user(make_school()))
    assert client.get(address, headers=bearer(key)).status_code == 403


def test_a_token_for_one_school_reads_no_other(client, draft):
    _token, key = make_token("read:drafts", owner=make_bureau_user(), school=make_school())
    assert client.get(f"/api/v1/drafts/{draft.pk}", headers=bearer(key)).status_code == 403


def test_the_admin_offers_to_share_and_shows_the_link(client, draft):
    client.force_login(make_school_user(draft.school))
    assert f"/admin/previews/{draft.pk}/" in client.get(f"/admin/pages/{draft.pk}/edit/").content.decode()
    page = client.post(f"/admin/previews/{draft.pk}/", {"hours": "24"})
    assert "/api/v1/previews/" in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]


def test_the_admin_refuses_a_page_of_another_school(client, draft):
    client.force_login(make_school_user(make_school()))
    assert client.post(f"/admin/previews/{draft.pk}/", {"hours": "24"}).status_code in (302, 403)


def test_sharing_is_in_the_pages_history(draft):
    from wagtail.models import PageLogEntry

    share(draft, make_bureau_user())
    assert PageLogEntry.objects.filter(page=draft, action="cms.preview.share").exists()


def test_the_pictures_of_a_shared_draft_can_be_seen_by_the_link_alone(client):
    school = make_school()
    page = make_news(school, live=False, picture=make_image(school=school))
    answer = client.get(share(page, make_school_user(school))).json()
    signed = answer["picture"]["src"]
    assert client.get(signed).status_code == 200
    assert client.get(signed.split("?")[0]).status_code == 404
