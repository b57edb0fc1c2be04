"""Filters: state in the address, counts, chips, the nearest thing; nonsense never breaks a page."""

import re

import pytest

from tests.factories import make_news, make_plan, make_policy, make_school, make_template, make_topic

pytestmark = pytest.mark.django_db


def html_of(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


def titles(html: str) -> list[str]:
    return re.findall(r'class="item__title"><a href="[^"]+">([^<]+)</a>', html)


def test_policies_are_filtered_by_topic_year_status_body_and_words(client):
    safety = make_topic("校园安全")
    wanted = make_policy("校园安全工作意见", topics=[safety], issuing_body="县政府")
    make_policy("阅读推广方案")
    assert wanted.date is not None
    for query in (f"topic={safety.slug}", "issuing_body=县政府", "q=安全", f"topic={safety.slug}&year=2026"):
        assert titles(html_of(client, f"/policies/?{query}")) == [wanted.title], query


def test_plans_are_filtered_by_school_level_year_and_term(client):
    school = make_school(code="one")
    wanted = make_plan(school, level="class", school_year=2025, term="spring")
    make_plan(make_school(), level="school")
    for query in ("school=one", "level=class", "school_year=2025", "term=spring"):
        assert titles(html_of(client, f"/plans/?{query}")) == [wanted.title], query


def test_schools_are_filtered_by_stage_township_boarding_and_name(client):
    make_school("东山初中", stage="junior", township="东山镇", boarding=True)
    make_school("西山小学")
    for query in ("stage=junior", "township=东山镇", "boarding=true", "q=东山"):
        assert titles(html_of(client, f"/schools/?{query}")) == ["东山初中"], query


def test_a_schools_list_shows_that_school_alone_whatever_the_address_says(client):
    one, two = make_school(code="one"), make_school(code="two")
    wanted = make_news(one)
    make_news(two)
    html = html_of(client, "/schools/one/news/?school=two")
    assert titles(html) == [wanted.title]
    assert 'name="school"' not in html


def test_boxes_carry_counts_and_stay_ticked(client):
    topic = make_topic("校园安全")
    make_policy(topics=[topic])
    make_policy(topics=[topic])
    html = html_of(client, f"/policies/?topic={topic.slug}")
    box = re.search(rf'value="{topic.slug}" checked><span>([^<]+)</span><span class="number">(\d+)<', html)
    assert box
    assert box.groups() == ("校园安全", "2")


def test_each_filter_that_is_set_can_be_taken_away(client):
    topic = make_topic("校园安全")
    make_policy("校园安全意见", topics=[topic])
    html = html_of(client, f"/policies/?topic={topic.slug}&q=安全")
    chips = re.findall(r'class="chip" href="([^"]+)"', html)
    assert sorted(chips) == ["/policies/?q=%E5%AE%89%E5%85%A8", f"/policies/?topic={topic.slug}"]
    assert 'chip--clear" href="/policies/"' in html


def test_a_chosen_value_that_nothing_has_stays_in_the_form(client):
    topic = make_topic("校园安全")
    make_policy(topics=[topic], issuing_body="县政府")
    html = html_of(client, f"/policies/?topic={topic.slug}&issuing_body=无此机关")
    assert re.search(rf'value="{topic.slug}" checked', html)
    assert "校园安全" in html


def test_an_empty_result_offers_the_nearest_thing(client):
    topic = make_topic("校园安全")
    make_policy("阅读方案", topics=[topic])
    html = html_of(client, f"/policies/?topic={topic.slug}&q=没有这个词")
    assert "没有符合这些条件的内容" in html
    assert re.search(rf'href="/policies/\?topic={topic.slug}">去掉', html)


def test_paging_keeps_the_filters_and_names_its_neighbours(client):
    school = make_school(code="one")
    for _number in range(21):
        make_news(school)
    html = html_of(client, "/news/?school=one&utm_source=x")
    assert '<link rel="next" href="/news/?school=one&amp;page=2">' in html
    second = html_of(client, "/news/?school=one&page=2")
    assert len(titles(second)) == 1
    assert '<link rel="prev" href="/news/?school=one">' in second


NONSENSE = [
    "page=abc",
    "page=-1",
    "page=99999999999999999999",
    "year=9999999999",
    "year=x",
    "status=x",
    "topic=%00",
    "month=2026-99",
    "q=%00",
    "school_year=abc",
    "boarding=perhaps",
    "date_gte=yesterday",
    "template=99999999999999",
    "topic[]=1",
    "q=" + "x" * 3000,
    "&".join(f"topic=t{n}" for n in range(60)),
    "school='%20or%201=1--",
    "%ff=%fe",
]


@pytest.mark.parametrize("query", NONSENSE)
def test_nonsense_in_the_address_still_answers(client, query):
    make_news(make_school())
    for path in ("/policies/", "/news/", "/plans/", "/templates/", "/schools/", "/search/"):
        assert client.get(f"{path}?{query}").status_code == 200, path


def test_what_a_visitor_types_is_escaped(client):
    for path in ("/policies/", "/search/"):
        assert "<b>x" not in html_of(client, f"{path}?q=<b>x&topic=<b>x")


def test_a_filtered_list_is_not_indexed_and_a_whole_one_is(client):
    make_policy()
    assert 'content="noindex, follow"' in html_of(client, "/policies/?year=2026")
    assert "noindex" not in html_of(client, "/policies/")


def test_month_filter_names_months_in_words(client):
    make_news(make_school())
    assert "2026年9月" in html_of(client, "/news/")


def _fill(rows: int) -> None:
    for number in range(rows):
        school = make_school()
        topic = make_topic(f"主题{number}")
        template = make_template(topics=[topic])
        make_news(school)
        make_plan(school, topics=[topic], template_page=template)
        make_policy(topics=[topic])


@pytest.mark.parametrize("path", ["/policies/", "/news/", "/plans/", "/templates/", "/schools/"])
def test_lists_ask_the_same_number_of_queries_for_any_number_of_rows(client, path):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    _fill(1)
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    _fill(6)
    with CaptureQueriesContext(connection) as many:
        client.get(path)
    assert len(many) == len(few) <= 22, [q["sql"] for q in many]
