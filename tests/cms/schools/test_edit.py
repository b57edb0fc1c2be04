"""Editing a school: who may change what, and what follows."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cms.people.models import Role
from cms.schools.actions import EditSchool
from tests.factories import make_bureau_user, make_school, make_school_user

pytestmark = pytest.mark.django_db


def test_a_head_changes_the_contact_of_her_own_school():
    school = make_school()
    EditSchool(school, {"phone": "0700-1234567"}, user=make_school_user(school, Role.SCHOOL_HEAD)).execute()
    school.refresh_from_db()
    assert school.phone == "0700-1234567"


@pytest.mark.parametrize(
    "change", [{"name": "改名小学"}, {"stage": "senior"}, {"code": "zz"}, {"status": "closed"}]
)
def test_a_head_changes_nothing_else(change):
    school = make_school()
    with pytest.raises(PermissionDenied):
        EditSchool(school, change, user=make_school_user(school, Role.SCHOOL_HEAD)).execute()


def test_a_head_changes_nothing_of_another_school():
    head = make_school_user(make_school(), Role.SCHOOL_HEAD)
    with pytest.raises(PermissionDenied):
        EditSchool(make_school(), {"phone": "1"}, user=head).execute()


@pytest.mark.parametrize("role", [Role.SCHOOL_EDITOR, Role.CLASS_TEACHER])
def test_other_people_of_the_school_change_nothing(role):
    school = make_school()
    with pytest.raises(PermissionDenied):
        EditSchool(school, {"phone": "1"}, user=make_school_user(school, role)).execute()


def test_not_even_the_bureau_changes_the_code():
    with pytest.raises(PermissionDenied):
        EditSchool(make_school(), {"code": "new"}, user=make_bureau_user(Role.BUREAU_ADMIN)).execute()


def test_page_draft_and_collection_follow_the_name():
    school = make_school(name="旧名小学")
    page = school.page
    page.motto = "草稿里的校训"
    page.save_revision()
    EditSchool(school, {"name": "新名小学"}, user=make_bureau_user(Role.BUREAU_ADMIN)).execute()
    page.refresh_from_db()
    assert (page.title, page.draft_title, page.motto) == ("新名小学", "新名小学", "")
    draft = page.get_latest_revision_as_object()
    assert (draft.title, draft.motto) == ("新名小学", "草稿里的校训")
    school.media.collection.refresh_from_db()
    assert school.media.collection.name == "新名小学"


def test_a_name_that_is_taken_is_refused_at_the_field():
    make_school(name="第一小学校")
    with pytest.raises(ValidationError) as caught:
        EditSchool(make_school(), {"name": "第一小学校"}).execute()
    assert "name" in caught.value.message_dict
