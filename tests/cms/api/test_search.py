"""The full-text search as JSON: what the public finds, counted, in pages, with suggestions."""

import pytest

from search.service import SearchUnavailable, drain
from tests.factories import make_news, make_policy, make_school

pytestmark = pytest.mark.django_db


def get(client, query: str, status: int = 200) -> dict:
    while drain().changed:
        pass
    response = client.get(f"/api/v1/search{query}")
    assert response.status_code == status, response.content
    return response.json()


def test_what_is_found_comes_with_title_address_and_marked_snippet(client):
    school = make_school(name="石桥小学")
    page = make_news(school, "校车安全演练", intro="全校参加校车演练。")
    (item,) = get(client, "?q=校车")["items"]
    assert (item["id"], item["kind"], item["school"]) == (page.pk, "news", "石桥小学")
    assert item["url"].endswith(page.url)
    assert "<mark>校车</mark>" in item["snippet"]


def test_drafts_are_neither_found_nor_counted_nor_offered(client):
    make_policy("校车草案", live=False)
    assert get(client, "?q=校车草案")["total"] == 0
    assert get(client, "/suggest?q=校车")["items"] == []


def test_counts_and_filters_agree(client):
    first, second = make_school(name="石桥小学"), make_school(name="柳溪小学")
    make_news(first, "校车演练")
    make_news(second, "校车检查")
    facets = get(client, "?q=校车")["facets"]
    assert {one["value"]: one["count"] for one in facets["school"]} == {"石桥小学": 1, "柳溪小学": 1}
    assert get(client, "?q=校车&school=石桥小学")["total"] == 1


def test_pages_follow_on_until_the_end(client):
    school = make_school()
    made = {make_news(school, f"校车演练{number}").pk for number in range(5)}
    answer = get(client, "?q=校车&limit=2")
    seen = [item["id"] for item in answer["items"]]
    while answer["next"]:
        answer = client.get(answer["next"]).json()
        seen += [item["id"] for item in answer["items"]]
    assert sorted(seen) == sorted(made)


@pytest.mark.parametrize(
    ("query", "status"),
    [("?q=a&cursor=x", 400), ("?sort=best", 422), ("?colour=red", 422), ("?limit=0", 422)],
)
def test_bad_parameters_are_named(client, query, status):
    response = client.get(f"/api/v1/search{query}")
    assert response.status_code in {status, 400}
    assert response["Content-Type"] == "application/problem+json"


def test_while_the_engine_is_down_titles_are_looked_through_and_it_says_so(client, monkeypatch):
    def down(question):
        raise SearchUnavailable("no route to host")

    monkeypatch.setattr("cms.api.routers.search.ask", down)
    make_policy("校车安全的通知")
    response = client.get("/api/v1/search?q=校車 -幼儿园")
    assert response.status_code == 200
    assert (response["Retry-After"], response["Cache-Control"]) == ("60", "no-store")
    found = response.json()
    assert found["degraded"]
    assert [item["title"] for item in found["items"]] == ["校车安全的通知"]


@pytest.mark.parametrize("typed", ["石桥", "shiqiao", "sqxx"])
def test_typing_offers_names_by_characters_pinyin_and_initials(client, typed):
    make_news(make_school(name="石桥小学"), "演练")
    assert "石桥小学" in get(client, f"/suggest?q={typed}")["items"]
