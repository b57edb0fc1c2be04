"""The search boxes of the admin's lists find Chinese whatever the writing, and names by their sound."""

import pytest

from cms.findable.lists import rows_matching, written_ways
from cms.pages.selectors import PlanFilter, public_plans
from cms.people.models import Role, User
from cms.people.selectors import PeopleFilter
from cms.schools.models import School
from tests.factories import make_bureau_user, make_plan, make_school, make_school_user

pytestmark = pytest.mark.django_db
FIELDS = ("name", "code", "township", "address")


@pytest.fixture
def school():
    return make_school("石桥小学", code="xq-77", township="东山镇")


@pytest.mark.parametrize(
    "text", ["石桥", "桥小", "石橋小學", "ＸＱ－77", "XQ-77", "东山 小学", "sqxx", "shiqiao", "SQXX"]
)
def test_a_row_is_found_whatever_the_writing(school, text):
    make_school("河边中学", township="西山镇")
    assert list(rows_matching(School.objects.all(), FIELDS, text)) == [school]


@pytest.mark.parametrize("text", ["石桥 中学", "dsz", "s", "%", "_"])
def test_what_does_not_hold_all_words_is_not_found(school, text):
    assert not rows_matching(School.objects.all(), FIELDS, text).exists()


def test_what_is_written_in_full_width_is_found_too():
    school = make_school("第２小學")
    assert list(rows_matching(School.objects.all(), FIELDS, "第2小学")) == [school]


def test_the_queryset_is_never_left(school):
    assert not rows_matching(School.objects.none(), FIELDS, "石桥").exists()


def test_it_costs_one_query_whatever_the_rows(school, django_assert_num_queries):
    for number in range(5):
        make_school(f"石桥{number}小学")
    with django_assert_num_queries(2):
        assert len(rows_matching(School.objects.all(), FIELDS, "石桥")) == 6


def test_a_long_list_is_compared_by_the_database(school, monkeypatch):
    make_school("河边")
    monkeypatch.setattr("cms.findable.lists.MAX_ROWS", 1)
    assert list(rows_matching(School.objects.all(), FIELDS, "石橋 东山")) == [school]


def test_the_list_of_schools_searches_so(client, school):
    make_school("河边中学")
    client.force_login(make_bureau_user(Role.BUREAU_ADMIN))
    html = client.get("/admin/schools/", {"q": "石橋"}).content.decode()
    assert "石桥小学" in html
    assert "河边中学" not in html


def test_people_are_found_by_traditional_characters(school):
    teacher = make_school_user(school, name="刘国强")
    make_school_user(school, name="王小兰")
    people = PeopleFilter(q="劉國強").apply(User.objects.all(), make_bureau_user(Role.BUREAU_ADMIN))
    assert list(people) == [teacher]


def test_a_word_is_compared_as_typed_and_folded():
    assert written_ways("學校") == ["學校", "学校"]
    assert written_ways("学校") == ["学校"]


def test_lists_of_pages_look_through_the_published_text(school):
    page = make_plan(
        school,
        "关爱计划",
        sections=[("section", {"heading": "措施", "body": "<p>很忙。开通亲情电话。</p>", "key": ""})],
    )
    page.sections = [("section", {"heading": "措施", "body": "<p>很忙。尚未公开的话。</p>", "key": ""})]
    page.save_revision()
    assert [one.title for one in public_plans(PlanFilter(q="親情電話"))] == ["关爱计划"]
    assert not public_plans(PlanFilter(q="尚未公开")).exists()
