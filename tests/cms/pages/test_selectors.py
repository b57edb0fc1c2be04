"""What the public may read: only published, unrestricted pages, in a stable order, counted truly."""

from datetime import date

import pytest
from django.http import QueryDict
from wagtail.models import PageViewRestriction

from cms.pages.selectors import (
    NewsFilter,
    PlanFilter,
    PolicyFilter,
    SchoolFilter,
    TemplateFilter,
    facets,
    public_news,
    public_plans,
    public_policies,
    public_schools,
    public_templates,
)
from cms.schools.models import SchoolStatus
from tests.factories import make_news, make_plan, make_policy, make_school, make_template, make_topic
from tests.factories.pages import make_kind

pytestmark = pytest.mark.django_db


def titles(queryset) -> list[str]:
    return [page.title for page in queryset]


def test_drafts_are_not_public():
    school = make_school()
    make_news(school, "草稿", live=False)
    make_news(school, "已发布")
    assert titles(public_news()) == ["已发布"]


@pytest.mark.parametrize("kind", [PageViewRestriction.LOGIN, PageViewRestriction.PASSWORD])
def test_a_restriction_on_an_ancestor_hides_the_page(kind):
    open_school, closed_school = make_school(), make_school()
    make_news(open_school, "公开")
    make_news(closed_school, "不公开")
    PageViewRestriction.objects.create(page=closed_school.page, restriction_type=kind)
    assert titles(public_news()) == ["公开"]
    assert closed_school.name not in titles(public_schools())


def test_a_restriction_on_the_page_itself_hides_it():
    policy = make_policy("内部文件")
    PageViewRestriction.objects.create(page=policy, restriction_type=PageViewRestriction.LOGIN)
    assert titles(public_policies()) == []


def test_newest_first_with_a_fixed_order_of_equal_days_and_undated_last():
    school = make_school()
    make_news(school, "无日期", date=None)
    make_news(school, "甲", date=date(2026, 9, 1))
    make_news(school, "乙", date=date(2026, 9, 1))
    make_news(school, "丙", date=date(2026, 9, 2))
    assert titles(public_news()) == ["丙", "乙", "甲", "无日期"]


def test_news_is_filtered_by_school_kind_month_and_words():
    school = make_school(code="one")
    make_news(school, "九月家访", date=date(2026, 9, 5), kind=make_kind("家访"))
    make_news(school, "十月班会", date=date(2026, 10, 5), kind=make_kind("班会"))
    make_news(make_school(code="two"), "九月他校", date=date(2026, 9, 6))
    assert titles(public_news(NewsFilter(school=("one",), month="2026-09"))) == ["九月家访"]
    assert titles(public_news(NewsFilter(kind=(make_kind("班会").slug,)))) == ["十月班会"]
    assert titles(public_news(NewsFilter(q="九月 家访"))) == ["九月家访"]
    assert titles(public_news(NewsFilter(date_gte=date(2026, 9, 6), date_lte=date(2026, 9, 30)))) == [
        "九月他校"
    ]


def test_a_policy_with_two_chosen_topics_comes_once():
    topics = [make_topic("安全"), make_topic("关爱")]
    make_policy("两个主题", topics=topics)
    make_policy("没有主题")
    found = public_policies(PolicyFilter(topic=tuple(t.slug for t in topics)))
    assert titles(found) == ["两个主题"]


def test_schools_come_by_pinyin_and_closed_ones_after_the_open():
    make_school("张村小学", status=SchoolStatus.CLOSED)
    make_school("北关小学")
    make_school("阿里小学")
    assert titles(public_schools()) == ["阿里小学", "北关小学", "张村小学"]
    assert titles(public_schools(SchoolFilter(status=("closed",)))) == ["张村小学"]


def test_a_facet_ignores_its_own_choice_and_keeps_the_others():
    school = make_school(code="one")
    make_news(school, kind=make_kind("家访"))
    make_news(school, kind=make_kind("班会"))
    make_news(make_school(code="two"), kind=make_kind("家访"))
    counts = facets(NewsFilter(school=("one",), kind=(make_kind("家访").slug,)))
    assert {(v.label, v.count, v.selected) for v in counts["kind"]} == {("家访", 1, True), ("班会", 1, False)}
    assert {(v.value, v.count, v.selected) for v in counts["school"]} == {("one", 1, True), ("two", 1, False)}
    assert [(v.value, v.count) for v in counts["month"]] == [("2026-09", 1)]


def test_policy_facets_count_topics_years_and_status():
    make_policy(date=date(2025, 1, 2), topics=[make_topic("安全"), make_topic("关爱")])
    make_policy(date=date(2026, 1, 2), topics=[make_topic("安全")])
    counts = facets(PolicyFilter())
    assert [(v.label, v.count) for v in counts["topic"]] == [("安全", 2), ("关爱", 1)]
    assert [(v.value, v.count) for v in counts["year"]] == [("2026", 1), ("2025", 1)]
    assert [(v.value, v.count) for v in counts["status"]] == [("in_force", 2)]


def test_school_facets_know_boarding():
    make_school(boarding=True)
    make_school()
    assert [(v.value, v.count) for v in facets(SchoolFilter())["boarding"]] == [("true", 1), ("false", 1)]


def test_a_query_that_does_not_parse_is_left_out():
    query = QueryDict("school=one&school=two&month=2026-13&date_gte=yesterday&q=%00+x&model=School&unknown=1")
    assert NewsFilter.from_query(query) == NewsFilter(school=("one", "two"), q="x")
    assert PolicyFilter.from_query(QueryDict("status=gone&year=²&year=2026")) == PolicyFilter(year=(2026,))
    assert SchoolFilter.from_query(QueryDict("boarding=false")) == SchoolFilter(boarding=False)
    assert NewsFilter.from_query(QueryDict("")).is_empty


def test_lists_cost_the_same_whatever_the_number_of_rows(django_assert_num_queries):
    school = make_school()
    template = make_template()
    for _ in range(5):
        make_news(school)
        make_plan(school, template_page=template, topics=[make_topic()])
        make_policy(topics=[make_topic()])
    with django_assert_num_queries(1):
        assert all(n.school.page.slug and n.kind.name for n in public_news())
    with django_assert_num_queries(2):
        assert all(
            p.school.page.slug and len(p.topics.all()) for p in public_plans(PlanFilter(school_year=(2026,)))
        )
    with django_assert_num_queries(2):
        assert all(len(p.topics.all()) == 1 for p in public_policies())
    with django_assert_num_queries(2):
        assert len(public_templates(TemplateFilter(level=("school",)))) == 1
    with django_assert_num_queries(1):
        assert [s.owning_school.code for s in public_schools()] == [school.code]


def test_bodies_are_not_loaded():
    make_news(make_school())
    assert "body" in public_news()[0].get_deferred_fields()
