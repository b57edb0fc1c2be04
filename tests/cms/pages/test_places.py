"""Where people begin to write."""

import pytest
from django.urls import reverse

from cms.pages.models import NewsIndexPage
from cms.pages.places import plan_lists_for, writing_links
from cms.people.models import Role
from tests.factories import make_bureau_user, make_school, make_school_user

pytestmark = pytest.mark.django_db


def test_plan_lists_are_those_of_the_own_school():
    school, _other = make_school(), make_school()
    assert [place.school for place in plan_lists_for(make_school_user(school))] == [school]
    assert not plan_lists_for(make_bureau_user(Role.INSPECTOR)).exists()
    assert plan_lists_for(make_bureau_user()).count() == 3  # the bureau's and two schools'


def test_the_dashboard_leads_to_a_new_plan_and_to_news(client):
    school = make_school()
    editor = make_school_user(school)
    place = NewsIndexPage.objects.get(school=school)
    add = reverse("wagtailadmin_pages:add", args=["cms", "activitynewspage", place.pk])
    assert [url for url, _words in writing_links(editor)] == [reverse("cms_start_plan"), add]
    client.force_login(editor)
    front = client.get(reverse("wagtailadmin_home")).content.decode()
    assert add in front
    assert reverse("cms_start_plan") in front
