"""Similar plans: a list below a plan or a template, of what the public may read now."""

import pytest
from django.core.cache import cache

from search.service import SearchUnavailable, drain
from tests.factories import make_plan, make_school, make_template

pytestmark = pytest.mark.django_db
BODY = "<p>每周组织一次亲情电话，寄宿生轮流值日。</p>"


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()


def plan_about(title: str, body: str = BODY, **fields):
    return make_plan(
        sections=[("section", {"heading": "措施", "body": body, "key": ""})], title=title, **fields
    )


def settle() -> None:
    while drain().changed:
        pass


def part(client, plan, kind: str = "plan"):
    return client.get(f"/search/similar/{kind}/{plan.pk}/?part=1")


def test_plans_with_the_same_rare_words_are_listed_and_the_plan_itself_is_not(client):
    plan, like = plan_about("石桥小学计划"), plan_about("柳溪小学计划")
    plan_about("别的安排", "<p>校车检修。</p>")
    settle()
    html = part(client, plan).content.decode()
    assert like.url in html
    assert f'href="{plan.url}"' not in html


def test_the_page_links_to_the_list_without_a_query_more(client):
    plan = plan_about("石桥小学计划")
    html = client.get(plan.url).content.decode()
    assert f'data-part="/search/similar/plan/{plan.pk}/"' in html
    assert "相似计划" in client.get(f"/search/similar/plan/{plan.pk}/").content.decode()


def test_a_template_has_similar_plans_too(client):
    section = {"heading": "措施", "guidance": "", "required": True, "starter": BODY}
    template = make_template(sections=[("section", section)])
    like = plan_about("柳溪小学计划")
    settle()
    assert like.url in part(client, template, "template").content.decode()


def test_what_was_unpublished_since_is_not_shown(client):
    plan, like = plan_about("石桥小学计划"), plan_about("柳溪小学计划")
    settle()
    assert part(client, plan).status_code == 200
    like.unpublish()
    assert part(client, plan).status_code == 204


def test_drafts_are_neither_shown_nor_a_way_to_ask(client):
    draft, plan = plan_about("石桥小学草稿", live=False), plan_about("柳溪小学计划")
    settle()
    assert part(client, plan).status_code == 204
    assert part(client, draft).status_code == 404
    assert client.get(f"/search/similar/policy/{plan.pk}/").status_code == 404


def test_the_list_is_kept_for_a_while(client, monkeypatch):
    plan = plan_about("石桥小学计划")
    plan_about("柳溪小学计划")
    settle()
    part(client, plan)
    monkeypatch.setattr("cms.findable.similar.current_engine", down)
    assert part(client, plan).status_code == 200


def down():
    raise SearchUnavailable("no route to host")


def test_while_the_engine_is_down_there_is_no_list_and_the_page_says_so(client, monkeypatch):
    plan = plan_about("石桥小学计划")
    monkeypatch.setattr("cms.findable.similar.current_engine", down)
    assert part(client, plan).status_code == 204
    whole = client.get(f"/search/similar/plan/{plan.pk}/")
    assert whole.status_code == 200
    assert "全文检索正在恢复" in whole.content.decode()
    assert client.get(f"/api/v1/plans/{plan.pk}/similar").json() == {"items": [], "degraded": True}


def test_the_api_gives_them_as_the_list_of_plans_does(client):
    school = make_school()
    plan, like = plan_about("石桥小学计划"), plan_about("柳溪小学计划", school=school)
    settle()
    (item,) = client.get(f"/api/v1/plans/{plan.pk}/similar").json()["items"]
    (listed,) = (one for one in client.get("/api/v1/plans").json()["items"] if one["id"] == like.pk)
    assert item == listed
    assert client.get("/api/v1/plans/999999/similar").status_code == 404
