"""Lists: the agreed shape, chosen fields, filters, orders, cursors, and a fixed number of queries."""

from datetime import date

import pytest
from wagtail.models import PageViewRestriction

from tests.factories import (
    make_document,
    make_image,
    make_news,
    make_plan,
    make_policy,
    make_school,
    make_template,
    make_topic,
)
from tests.factories.pages import make_kind

pytestmark = pytest.mark.django_db
LIBRARIES = ["news", "policies", "plans", "templates", "schools"]


def get(client, address: str, status: int = 200, **headers):
    response = client.get(address if address.startswith("http") else f"/api/v1/{address}", headers=headers)
    assert response.status_code == status, response.content.decode()
    return response.json()


def titles(answer) -> list[str]:
    return [item["title"] for item in answer["items"]]


@pytest.fixture
def one_of_each():
    school = make_school(code="one")
    template = make_template()
    make_plan(school, template_page=template)
    make_news(school)
    make_policy()
    return school


@pytest.mark.parametrize("library", LIBRARIES)
def test_every_item_has_what_was_agreed(client, one_of_each, library):
    answer = get(client, library)
    assert answer["total"] == 1
    assert answer["next"] is None
    item = answer["items"][0]
    assert item["id"]
    assert item["title"]
    assert item["url"].startswith("http://testserver/")
    assert item["published_at"]
    if library in ("news", "plans", "schools"):
        assert item["school"] == {
            "code": "one",
            "name": one_of_each.name,
            "url": f"http://testserver{one_of_each.page.url}",
        }
    assert get(client, f"{library}/{item['id']}")["title"] == item["title"]


@pytest.mark.parametrize("library", LIBRARIES)
def test_the_address_of_an_item_is_wagtails_own(client, one_of_each, library):
    from cms.pages.models import BasePage

    for item in get(client, library)["items"]:
        assert item["url"] == "http://testserver" + BasePage.objects.get(pk=item["id"]).url


def test_only_chosen_fields_come_and_the_id(client):
    make_news(make_school())
    item = get(client, "news?fields=title,intro,date")["items"][0]
    assert list(item) == ["id", "title", "date", "intro"]


def test_bodies_come_when_asked_for(client):
    make_news(make_school())
    assert "body" not in get(client, "news")["items"][0]
    item = get(client, "news?fields=*,body")["items"][0]
    assert item["kind"]
    assert item["body"][0]["type"] == "text"
    assert item["body"][0]["value"] == "<p>活动顺利举行。</p>"


def test_drafts_and_restricted_pages_are_nowhere(client):
    school = make_school()
    draft = make_news(school, live=False)
    hidden = make_news(school)
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    assert get(client, "news") == {"items": [], "next": None, "total": 0}
    get(client, f"news/{draft.pk}", 404)
    get(client, f"news/{hidden.pk}", 404)


def test_a_thing_of_another_type_is_not_found(client):
    get(client, f"policies/{make_news(make_school()).pk}", 404)


def test_filters_narrow_by_value_and_range(client):
    one, two = make_school(code="one"), make_school(code="two")
    make_news(one, "九月", date=date(2026, 9, 1), kind=make_kind("家访"))
    make_news(one, "十月", date=date(2026, 10, 1), kind=make_kind("班会"))
    make_news(two, "他校", date=date(2026, 9, 2), kind=make_kind("家访"))
    assert titles(get(client, "news?school=one&date__gte=2026-09-15")) == ["十月"]
    assert titles(get(client, "news?date__gte=2026-09-01&date__lte=2026-09-30")) == ["他校", "九月"]
    assert titles(get(client, f"news?kind={make_kind('班会').slug}")) == ["十月"]
    assert titles(get(client, "news?school=one&school=two&month=2026-09")) == ["他校", "九月"]
    assert titles(get(client, "news?q=他")) == ["他校"]


def test_policies_are_filtered_by_topic_status_and_days(client):
    topic = make_topic("安全")
    make_policy("甲", topics=[topic], effective_on=date(2026, 4, 1))
    make_policy("乙", effective_on=date(2027, 1, 1), issuing_body="县政府")
    assert titles(get(client, f"policies?topic={topic.slug}")) == ["甲"]
    assert titles(get(client, "policies?effective_on__gte=2026-05-01&status=in_force")) == ["乙"]
    assert titles(get(client, "policies?issuing_body=县政府")) == ["乙"]


def test_schools_are_filtered_by_stage_township_and_boarding(client):
    make_school("东街小学", boarding=True)
    make_school("西街中学", stage="junior", township="河东镇")
    assert titles(get(client, "schools?boarding=true")) == ["东街小学"]
    assert titles(get(client, "schools?stage=junior&township=河东镇&boarding=false")) == ["西街中学"]


def test_a_filter_on_closed_schools_tells_where_they_went(client):
    heir = make_school("新村小学", code="heir")
    make_school("老村小学", status="merged", merged_into=heir)
    item = get(client, "schools?status=merged")["items"][0]
    assert item["merged_into"]["code"] == "heir"


def test_titles_are_ordered_by_pinyin(client):
    school = make_school()
    for title in ("张贴通知", "阿姨来访", "春季运动会"):
        make_news(school, title)
    assert titles(get(client, "news?order=title")) == ["阿姨来访", "春季运动会", "张贴通知"]
    assert titles(get(client, "news?order=-title"))[0] == "张贴通知"


@pytest.mark.parametrize("order", ["-date", "date", "title", "-title", "published_at", "-published_at"])
def test_pages_of_a_list_join_without_gap_or_repeat(client, order):
    school = make_school()
    for number in range(7):
        make_news(school, f"第{number % 3}号", date=None if number > 4 else date(2026, 9, 1 + number // 2))
    whole = [item["id"] for item in get(client, f"news?order={order}")["items"]]
    seen, address = [], f"news?order={order}&limit=2&fields=title"
    while address:
        answer = get(client, address)
        assert answer["total"] == 7
        seen += [item["id"] for item in answer["items"]]
        address = answer["next"]
    assert seen == whole
    assert len(seen) == 7


def test_what_is_added_meanwhile_does_not_shift_the_next_page(client):
    school = make_school()
    for day in (1, 2, 3, 4):
        make_news(school, f"{day}日", date=date(2026, 9, day))
    first = get(client, "news?limit=2")
    make_news(school, "新来", date=date(2026, 9, 30))
    assert titles(first) == ["4日", "3日"]
    assert titles(get(client, first["next"])) == ["2日", "1日"]


def test_a_cursor_of_another_order_or_hand_is_refused(client):
    school = make_school()
    for _ in range(3):
        make_news(school)
    following = get(client, "news?limit=1")["next"]
    cursor = following.split("cursor=")[1]
    get(client, f"news?order=title&cursor={cursor}", 400)
    get(client, f"plans?cursor={cursor}", 400)
    get(client, f"news?cursor={cursor[:-2]}xx", 400)
    assert get(client, "news?cursor=%E4%B8%AD", 400)["type"] == "/api/v1/docs#bad-cursor"


def test_unknown_parameters_are_refused_by_name(client):
    problem = get(client, "news?datum=1&limit=3", 422)
    assert problem["errors"][0]["name"] == "datum"
    assert "date__gte" in problem["errors"][0]["allowed"]


@pytest.mark.parametrize(
    ("query", "name", "allowed"),
    [
        ("fields=title,secret", "fields", "title"),
        ("expand=owner", "expand", "related_plan"),
        ("order=random", "order", "-date"),
        ("limit=101", "limit", None),
        ("limit=0", "limit", None),
        ("date__gte=0", "date__gte", None),
        ("q=a%00b", "q", None),
        ("month=2026-13", "month", None),
    ],
)
def test_a_wrong_value_is_refused_with_what_is_allowed(client, query, name, allowed):
    error = get(client, f"news?{query}", 422)["errors"][0]
    assert error["name"] == name
    assert allowed is None or allowed in error["allowed"]


def test_links_expand_to_whole_things(client):
    school = make_school(township="河东镇")
    plan = make_plan(school, "本学期计划", template_page=make_template("县级模板"))
    make_news(school, related_plan=plan)
    item = get(client, "news?expand=related_plan,school")["items"][0]
    assert item["related_plan"]["school_year"] == 2026
    assert item["school"]["township"] == "河东镇"
    assert get(client, f"plans/{plan.pk}?expand=template")["template"]["level"] == "school"


def test_a_link_to_a_page_that_is_not_public_is_null(client):
    school = make_school()
    make_news(school, related_plan=make_plan(school, "内部草稿", live=False))
    assert get(client, "news")["items"][0]["related_plan"] is None


def test_a_policy_says_what_it_replaces_and_what_replaces_it(client):
    from cms.pages.models import PolicyReplacement

    old = make_policy("旧办法")
    new = make_policy("新办法", replacements=[PolicyReplacement(earlier=old, kind="whole")])
    draft = make_policy("更新的草稿", live=False)
    PolicyReplacement.objects.create(page=draft, earlier=new, kind="part")
    found = get(client, f"policies/{new.pk}?expand=replaces")
    assert [(p["title"], p["how"], p["issuing_body"]) for p in found["replaces"]] == [
        ("旧办法", "whole", "心桥县教育局")
    ]
    assert found["replaced_by"] == []
    assert [p["title"] for p in get(client, f"policies/{old.pk}")["replaced_by"]] == ["新办法"]


def rich_body(number: int):
    image, document, other = make_image(), make_document(), make_policy(f"依据{number}")
    link = (
        f'<p><a linktype="page" id="{other.pk}">依据</a><a linktype="document" id="{document.pk}">附</a></p>'
    )
    return [
        ("text", link),
        ("picture", {"image": image, "alt": "操场", "caption": "", "credit": ""}),
        ("attachment", {"document": document, "title": ""}),
    ]


@pytest.mark.parametrize("rows", [1, 6])
def test_a_list_with_bodies_costs_six_queries_at_most(client, django_assert_max_num_queries, rows):
    school = make_school()
    template = make_template()
    for number in range(rows):
        plan = make_plan(school, template_page=template, topics=[make_topic()], body=rich_body(number))
        make_news(school, picture=make_image(), related_plan=plan, body=rich_body(number))
        make_policy(topics=[make_topic()], body=rich_body(number))
    for library in ("news", "plans", "policies"):
        with django_assert_max_num_queries(6):
            answer = get(client, f"{library}?fields=*,body")
        assert len(answer["items"]) >= rows
    with django_assert_max_num_queries(6):
        get(client, "policies?fields=*,body,attachments,replaces,replaced_by")


def test_one_thing_costs_six_queries_at_most(client, django_assert_max_num_queries):
    from cms.pages.models import PolicyReplacement

    replacements = [PolicyReplacement(earlier=make_policy()), PolicyReplacement(earlier=make_policy())]
    policy = make_policy(topics=[make_topic()], body=rich_body(1), replacements=replacements)
    news = make_news(make_school(), picture=make_image(), body=rich_body(2))
    with django_assert_max_num_queries(6):
        assert len(get(client, f"policies/{policy.pk}")["replaces"]) == 2
    with django_assert_max_num_queries(6):
        get(client, f"news/{news.pk}")


def test_the_bench_list_is_one_query(client, django_assert_num_queries):
    make_news(make_school())
    with django_assert_num_queries(1):
        get(client, "news?fields=title,intro,date")


def test_reading_writes_nothing(client, one_of_each, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        for library in LIBRARIES:
            get(client, library)
    assert all(q["sql"].startswith("SELECT") for q in queries.captured_queries)
