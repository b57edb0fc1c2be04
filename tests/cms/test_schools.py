"""A school is made whole: page, lists, collection, groups."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cms.pages.models import NewsIndexPage, PlanIndexPage
from cms.people.models import Role
from cms.schools.actions import CreateSchool
from tests.factories import make_bureau_user, make_news, make_school, make_school_user

pytestmark = pytest.mark.django_db


def test_school_gets_page_lists_collection_and_groups():
    school = make_school(code="xq-01")
    assert school.page.url == "/schools/xq-01/"
    assert NewsIndexPage.objects.filter(school=school).count() == 1
    assert PlanIndexPage.objects.filter(school=school).count() == 1
    assert school.media.collection.name == school.name
    assert {g.role for g in school.groups.all()} == {Role.SCHOOL_HEAD, Role.SCHOOL_EDITOR}


def test_only_the_bureau_administrator_makes_schools():
    fields = {"code": "xq-02", "name": "二小", "stage": "primary", "township": "城关镇"}
    with pytest.raises(PermissionDenied):
        CreateSchool(fields, user=make_bureau_user(Role.BUREAU_EDITOR)).execute()
    assert CreateSchool(fields, user=make_bureau_user(Role.BUREAU_ADMIN)).execute().pk


def test_a_code_with_capitals_is_refused_at_the_field():
    with pytest.raises(ValidationError) as caught:
        make_school(code="XQ 1")
    assert "code" in caught.value.message_dict


def test_pages_take_their_school_from_the_tree():
    school = make_school()
    assert make_news(school).school == school


def test_school_editor_may_write_but_not_publish():
    school = make_school()
    page = make_news(school, live=False)
    tester = page.permissions_for_user(make_school_user(school))
    assert tester.can_edit()
    assert not tester.can_publish()
