"""A school's page is edited by the school, and stays where it is."""

import pytest
from django.urls import reverse

from cms.pages.models import HomePage, NewsIndexPage, SchoolIndexPage, SchoolPage
from tests.cms.pages.helpers import form_of
from tests.factories import make_bureau_user, make_school, make_school_user, make_user

pytestmark = pytest.mark.django_db


def test_school_people_edit_their_own_page():
    school = make_school()
    assert school.page.permissions_for_user(make_school_user(school)).can_edit()
    assert not school.page.permissions_for_user(make_school_user(make_school())).can_edit()


def test_title_and_address_are_not_in_the_form():
    school = make_school(name="城关小学")
    form = form_of(school.page, make_school_user(school), title="别的名字", slug="other", motto="勤奋")
    assert form.is_valid(), form.errors
    page = form.save(commit=False)
    assert (page.title, page.slug, page.motto) == ("城关小学", school.code, "勤奋")


def test_the_page_takes_the_schools_new_name_also_from_an_older_draft():
    school = make_school(name="城关小学")
    page = school.page
    page.save_revision()
    school.name = "实验小学"
    school.save()
    assert SchoolPage.objects.get(pk=page.pk).title == "实验小学"
    SchoolPage.objects.get(pk=page.pk).get_latest_revision().publish()
    assert SchoolPage.objects.get(pk=page.pk).title == "实验小学"


@pytest.mark.parametrize("model", [HomePage, SchoolIndexPage, NewsIndexPage, SchoolPage])
@pytest.mark.parametrize("superuser", [True, False])
def test_the_frame_of_the_site_is_not_moved_copied_or_deleted(model, superuser):
    make_school()
    user = make_user(is_superuser=True) if superuser else make_bureau_user()
    rights = model.objects.last().permissions_for_user(user)
    assert not any([rights.can_move(), rights.can_delete(), rights.can_copy()])


def test_the_delete_screen_of_a_school_page_is_closed(client):
    school = make_school()
    client.force_login(make_bureau_user())
    client.post(reverse("wagtailadmin_pages:delete", args=[school.page.pk]))
    assert SchoolPage.objects.filter(pk=school.page.pk).exists()
