"""The authoring API: the calls that `wagtail-cli` makes, and each hole that stock Wagtail leaves there."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import APIToken, Site

from cms.media.models import Consent, SiteImage
from cms.pages.models import ActivityKind, ActivityNewsPage, BasePage, PolicyIndexPage, PolicyPage
from tests.cms.tenancy.world import CANARY
from tests.factories import make_image, make_news, make_policy
from tests.factories.media import png_bytes

API = "/api/v3"


class Caller:
    """A client with a token, like `wt`."""

    def __init__(self, client, token: str) -> None:
        self.client = client
        self.headers = {"authorization": f"Bearer {token}"}

    def call(self, method: str, path: str, data=None):
        body = {"data": json.dumps(data), "content_type": "application/json"} if data is not None else {}
        return self.client.generic(method, f"{API}{path}", headers=self.headers, **_as_generic(body))

    def get(self, path):
        return self.call("GET", path)

    def post(self, path, data=None):
        return self.call("POST", path, data if data is not None else {})


def _as_generic(body):
    return {"data": body.get("data", ""), "content_type": body.get("content_type", "application/json")}


@pytest.fixture
def wt(world, client):
    return lambda role: Caller(client, world.token(role))


def news(parent, **fields):
    meta = {"type": "cms.ActivityNewsPage", "parent_id": parent.pk, **fields.pop("meta", {})}
    return {
        "meta": meta,
        "title": "秋季运动会",
        "date": "2026-10-09",
        "intro": "全校参加。",
        "place": "操场",
        "body": [{"type": "text", "value": "<p>比赛开始。</p>"}],
        **fields,
    }


# What it is for.


def test_an_editor_writes_news_and_corrects_it(wt, world):
    kind = ActivityKind.objects.first()
    answer = wt("school_editor").post("/pages/", news(world.a.news_index, kind_id=kind.pk))
    assert answer.status_code == 201, answer.content
    page = ActivityNewsPage.objects.get(pk=answer.json()["id"])
    assert (page.live, page.place, page.kind, page.school) == (False, "操场", kind, world.a.school)
    meta = {"type": "cms.ActivityNewsPage"}
    answer = wt("school_editor").call("PATCH", f"/pages/{page.pk}/", {"meta": meta, "place": "体育馆"})
    assert answer.status_code == 200, answer.content
    assert answer.json()["place"] == "体育馆"


def test_an_editor_writes_a_plan(wt, world):
    parent = world.a.plan.get_parent()
    section = {"heading": "主要措施", "body": "<p>家访。</p>", "key": ""}
    row = {"first_month": "9", "last_month": "", "label": "", "work": "摸底", "key": ""}
    data = {
        "meta": {"type": "cms.PlanPage", "parent_id": parent.pk},
        "title": "2026年工作计划",
        "school_year": 2026,
        "sections": [{"type": "section", "value": section}],
        "calendar": [{"type": "row", "value": row}],
    }
    answer = wt("school_editor").post("/pages/", data)
    assert answer.status_code == 201, answer.content
    assert answer.json()["calendar"][0]["value"]["work"] == "摸底"


def test_the_bureau_publishes_a_policy_that_replaces_another(wt, world):
    earlier = make_policy("旧办法")
    data = {
        "meta": {
            "type": "cms.PolicyPage",
            "parent_id": PolicyIndexPage.objects.get().pk,
            "action": "publish",
        },
        "title": "新办法",
        "issuing_body": "心桥县教育局",
        "date": "2026-11-01",
        "body": [{"type": "text", "value": "<p>各学校：</p>"}],
        "replacements": [{"earlier_id": earlier.pk, "kind": "whole"}],
    }
    answer = wt("bureau_editor").post("/pages/", data)
    assert answer.status_code == 201, answer.content
    page = PolicyPage.objects.get(pk=answer.json()["id"])
    assert page.live
    assert page.replacements.get().earlier == earlier


def test_an_editor_uploads_a_picture_with_its_consent(wt, world, client):
    from django.core.files.uploadedfile import SimpleUploadedFile

    caller = wt("school_editor")
    file = SimpleUploadedFile("p.png", png_bytes(), "image/png")
    data = {"file": file, "title": "操场", "consent": "no_people"}
    answer = client.post(f"{API}/images/", data, headers=caller.headers)
    assert answer.status_code == 201, answer.content
    image = SiteImage.objects.get(pk=answer.json()["id"])
    assert image.collection == world.a.school.media.collection
    assert image.consent == Consent.NO_PEOPLE


def test_word_lists_are_read_by_writers_and_written_by_the_bureau(wt):
    answer = wt("school_editor").get("/snippets/cms.ActivityKind/")
    assert answer.status_code == 200
    assert answer.json()["count"] == ActivityKind.objects.count()
    word = {"name": "研学", "slug": "yanxue", "order": 5}
    assert wt("school_editor").post("/snippets/cms.ActivityKind/", word).status_code == 403
    assert wt("bureau_editor").post("/snippets/cms.ActivityKind/", word).status_code == 201


# Nobody without a token, nothing with a bad one.


@pytest.mark.parametrize(
    "path",
    ["/pages/", "/images/", "/documents/", "/redirects/", "/schema/", "/openapi.json", "/docs/"],
)
def test_nothing_is_read_without_a_valid_token(client, world, path):
    for headers in ({}, {"authorization": "Bearer wagtail_wrong"}, {"authorization": "Bearer "}):
        answer = client.get(API + path, headers=headers)
        assert answer.status_code == 401
        assert answer["content-type"] == "application/problem+json"
        assert answer["www-authenticate"] == "Bearer"


def test_a_session_is_no_token(world):
    assert world.client("bureau_admin").get(f"{API}/pages/").status_code == 401


def test_a_revoked_token_and_the_token_of_a_locked_out_person_end(wt, world):
    caller = wt("school_editor")
    APIToken.objects.update(revoked_at=timezone.now())
    assert caller.get("/pages/").status_code == 401
    caller = wt("school_editor")
    world.people["school_editor"].is_active = False
    world.people["school_editor"].save()
    assert caller.get("/pages/").status_code == 401


def test_a_class_teachers_token_opens_nothing(wt):
    assert wt("class_teacher").get("/pages/").status_code == 403


# A school never reaches the public.


def test_an_editor_publishes_by_no_action(wt, world):
    draft, live = world.a.draft, world.a.live
    editor = wt("school_editor")
    index = world.a.news_index.pk
    calls = {
        "create": editor.post("/pages/", news(world.a.news_index, meta={"action": "publish"})),
        "edit": editor.call(
            "PATCH", f"/pages/{draft.pk}/", {"meta": {"type": "cms.ActivityNewsPage", "action": "publish"}}
        ),
        "publish": editor.post(f"/pages/{draft.pk}/actions/publish/"),
        "unpublish": editor.post(f"/pages/{live.pk}/actions/unpublish/"),
        "copy live": editor.post(f"/pages/{live.pk}/actions/copy/", {"keep_live": True}),
        "alias": editor.post(f"/pages/{live.pk}/actions/create_alias/", {"destination_id": index}),
        "move": editor.post(
            f"/pages/{live.pk}/actions/move/", {"destination_id": index, "position": "first-child"}
        ),
        "delete": editor.call("DELETE", f"/pages/{live.pk}/"),
        "delete action": editor.call("DELETE", f"/pages/{live.pk}/actions/delete/"),
    }
    assert {name: answer.status_code for name, answer in calls.items()} == dict.fromkeys(calls, 403)
    assert not ActivityNewsPage.objects.get(pk=draft.pk).live
    assert ActivityNewsPage.objects.get(pk=live.pk).title == "公开新闻"


def test_an_editors_date_of_publication_schedules_nothing(wt, world):
    when = (timezone.now() + timedelta(hours=1)).isoformat()
    answer = wt("school_editor").post("/pages/", news(world.a.news_index, go_live_at=when))
    page = ActivityNewsPage.objects.get(pk=answer.json()["id"])
    assert not page.live
    assert not page.approved_schedule


def test_an_editors_revert_makes_a_draft(wt, world):
    live = world.a.live
    revision = live.revisions.order_by("pk").first()
    answer = wt("school_editor").post(f"/pages/{live.pk}/actions/revert/", {"revision_id": revision.pk})
    assert answer.status_code == 200
    assert ActivityNewsPage.objects.get(pk=live.pk).live_revision_id == live.live_revision_id


def test_a_copy_by_an_editor_is_a_draft(wt, world):
    answer = wt("school_editor").post(f"/pages/{world.a.live.pk}/actions/copy/", {"keep_live": False})
    assert answer.status_code == 201
    assert not BasePage.objects.get(pk=answer.json()["id"]).live


# The bureau's publishing goes past nobody.


def test_publishing_does_not_cancel_a_running_submission(wt, world):
    page = world.a.submitted
    assert wt("bureau_editor").post(f"/pages/{page.pk}/actions/publish/").status_code == 403
    meta = {"type": "cms.ActivityNewsPage", "action": "publish"}
    assert wt("bureau_editor").call("PATCH", f"/pages/{page.pk}/", {"meta": meta}).status_code == 403
    assert ActivityNewsPage.objects.get(pk=page.pk).workflow_in_progress


def test_anothers_lock_stops_publish_unpublish_move_delete_and_revert(wt, world):
    for page in (world.a.draft, world.a.live):
        BasePage.objects.filter(pk=page.pk).update(locked=True, locked_by=world.people["bureau_admin"])
    bureau, draft, live = wt("bureau_editor"), world.a.draft, world.a.live
    other = world.b.news_index.pk
    revision = live.revisions.order_by("pk").first()
    calls = [
        bureau.post(f"/pages/{draft.pk}/actions/publish/"),
        bureau.post(f"/pages/{live.pk}/actions/unpublish/"),
        bureau.post(f"/pages/{draft.pk}/actions/move/", {"destination_id": other, "position": "first-child"}),
        bureau.post(f"/pages/{live.pk}/actions/revert/", {"revision_id": revision.pk}),
        bureau.call("DELETE", f"/pages/{draft.pk}/"),
        bureau.call("PATCH", f"/pages/{draft.pk}/", {"meta": {"type": "cms.ActivityNewsPage"}, "place": "x"}),
    ]
    assert [answer.status_code for answer in calls] == [403] * len(calls)


def test_a_picture_without_consent_stops_publication_and_is_named(wt, world):
    picture = make_image("运动会合影", world.a.school, consent=Consent.UNKNOWN)
    page = make_news(world.a.school, live=False, picture=picture)
    answer = wt("bureau_editor").post(f"/pages/{page.pk}/actions/publish/")
    assert answer.status_code == 422
    assert "运动会合影" in answer.content.decode()
    data = news(world.a.news_index, picture_id=picture.pk, kind_id=page.kind_id, meta={"action": "publish"})
    answer = wt("bureau_editor").post("/pages/", data)
    assert answer.status_code == 422
    assert "运动会合影" in answer.content.decode()


# Nothing of another school.


def test_lists_show_an_editor_her_schools_things_alone(wt, world):
    editor = wt("school_editor")
    for path in ("/pages/", "/images/", "/documents/"):
        text = editor.get(f"{path}?limit=20").content.decode()
        assert CANARY not in text
    ids = {row["id"] for row in editor.get("/images/").json()["items"]}
    assert ids == {world.a.image.pk}


def test_another_schools_things_are_not_found(wt, world):
    editor, b = wt("school_editor"), world.b
    for path in (f"/pages/{b.draft.pk}/", f"/images/{b.image.pk}/", f"/documents/{b.document.pk}/"):
        assert editor.get(path).status_code == 404
        assert editor.call("DELETE", path).status_code == 404


@pytest.mark.parametrize("field", ["picture_id", "related_plan_id", "body"])
def test_a_page_cannot_point_to_another_schools_things(wt, world, field):
    b = world.b
    block = {"image": b.image.pk, "alt": "x", "caption": "", "credit": ""}
    values = {
        "picture_id": b.image.pk,
        "related_plan_id": b.plan.pk,
        "body": [{"type": "picture", "value": block}],
    }
    data = {"meta": {"type": "cms.ActivityNewsPage"}, field: values[field]}
    answer = wt("school_editor").call("PATCH", f"/pages/{world.a.draft.pk}/", data)
    assert answer.status_code in {403, 422}
    assert CANARY not in answer.content.decode()


def test_a_link_in_rich_text_does_not_name_another_schools_draft(wt, world):
    link = f'<p><a linktype="page" id="{world.b.draft.pk}">x</a></p>'
    data = {"meta": {"type": "cms.ActivityNewsPage"}, "body": [{"type": "text", "value": link}]}
    answer = wt("school_editor").call("PATCH", f"/pages/{world.a.draft.pk}/", data)
    assert answer.status_code in {403, 422}


def test_a_picture_cannot_be_moved_into_another_schools_collection(wt, world):
    other = world.b.school.media.collection.pk
    wt("school_editor").call("PATCH", f"/images/{world.a.image.pk}/", {"collection_id": other})
    world.a.image.refresh_from_db()
    assert world.a.image.collection_id == world.a.school.media.collection.pk


# The site's own furniture.


@pytest.mark.parametrize("role", ["school_editor", "school_head", "bureau_editor"])
def test_redirects_are_the_bureau_administrators(wt, role):
    assert wt(role).get("/redirects/").status_code == 403
    assert (
        wt(role).post("/redirects/", {"old_path": "/x", "redirect_link": "https://evil.test"}).status_code
        == 403
    )


@pytest.mark.parametrize("role", ["school_editor", "bureau_editor", "bureau_admin"])
def test_sites_are_the_operators(wt, role):
    assert wt(role).get("/sites/").status_code == 403
    assert wt(role).call("DELETE", f"/sites/{Site.objects.get().pk}/").status_code == 403
