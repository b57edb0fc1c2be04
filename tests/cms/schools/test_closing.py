"""Closing and merging keep the pages, move the people, and can be undone."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cms.outbox.models import Event, EventKind
from cms.people.models import Membership, Role, User
from cms.people.permissions import user_can_write_for_school
from cms.schools.actions import CloseSchool, MergeSchools, ReopenSchool
from cms.schools.models import SchoolStatus
from tests.factories import make_bureau_user, make_image, make_news, make_school, make_school_user

pytestmark = pytest.mark.django_db


def again(user: User) -> User:
    """The user as the next request sees her."""
    return User.objects.get(pk=user.pk)


def test_a_closed_school_keeps_its_pages_online():
    school = make_school()
    news = make_news(school)
    CloseSchool(school, note="并入中心小学校区").execute()
    school.refresh_from_db()
    assert (school.status, school.closing_note) == (SchoolStatus.CLOSED, "并入中心小学校区")
    assert school.closed_on
    news.refresh_from_db()
    school.page.refresh_from_db()
    assert news.live
    assert school.page.live


def test_people_of_a_closed_school_lose_their_rights_and_keep_their_roles_on_record():
    school = make_school()
    editor = make_school_user(school)
    page = make_news(school, live=False)
    CloseSchool(school).execute()
    editor = again(editor)
    assert not page.permissions_for_user(editor).can_edit()
    assert not user_can_write_for_school(editor, school)
    assert not editor.has_perm("wagtailadmin.access_admin")
    assert Membership.objects.filter(user=editor, school=school).exists()


def test_reopening_a_school_gives_the_rights_back():
    school = make_school()
    editor = make_school_user(school)
    page = make_news(school, live=False)
    CloseSchool(school).execute()
    ReopenSchool(school).execute()
    assert page.permissions_for_user(again(editor)).can_edit()
    school.refresh_from_db()
    assert (school.status, school.closed_on, school.closing_note) == (SchoolStatus.OPEN, None, "")


def test_merging_gives_people_roles_in_the_successor_and_a_head_becomes_an_editor():
    school, successor = make_school(), make_school()
    head = make_school_user(school, Role.SCHOOL_HEAD)
    teacher = make_school_user(school, Role.CLASS_TEACHER)
    MergeSchools(school, successor).execute()
    roles = set(Membership.objects.filter(school=successor).values_list("user", "role"))
    assert roles == {(head.pk, Role.SCHOOL_EDITOR), (teacher.pk, Role.CLASS_TEACHER)}
    assert make_news(successor, live=False).permissions_for_user(again(head)).can_edit()
    assert not make_news(school, live=False).permissions_for_user(again(head)).can_edit()


def test_reopening_a_merged_school_takes_the_moved_roles_away_and_no_others():
    school, successor = make_school(), make_school()
    head = make_school_user(school, Role.SCHOOL_HEAD)
    stays = make_school_user(successor)
    MergeSchools(school, successor).execute()
    ReopenSchool(school).execute()
    assert [m.user for m in Membership.objects.filter(school=successor)] == [stays]
    assert make_news(school, live=False).permissions_for_user(again(head)).can_edit()
    assert not make_news(successor, live=False).permissions_for_user(again(head)).can_edit()


def test_people_who_already_work_at_the_successor_stay_there_after_reopening():
    school, successor = make_school(), make_school()
    both = make_school_user(school)
    Membership.objects.create(user=both, school=successor, role=Role.SCHOOL_EDITOR)
    MergeSchools(school, successor).execute()
    ReopenSchool(school).execute()
    assert Membership.objects.filter(user=both, school=successor).exists()


def test_the_successor_may_use_the_merged_schools_pictures_until_it_is_undone():
    from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy

    from cms.media.models import SiteImage

    school, successor = make_school(), make_school()
    image, editor = make_image(school=school), make_school_user(successor)
    policy = CollectionOwnershipPermissionPolicy(SiteImage, owner_field_name="uploaded_by_user")
    choosable = lambda: policy.instances_user_has_permission_for(again(editor), "choose")  # noqa: E731
    assert image not in choosable()
    MergeSchools(school, successor).execute()
    assert image in choosable()
    ReopenSchool(school).execute()
    assert image not in choosable()


def test_the_successor_is_found_through_several_mergings():
    first, second, third = make_school(), make_school(), make_school()
    MergeSchools(first, second).execute()
    MergeSchools(second, third).execute()
    first.refresh_from_db()
    assert first.successor == third


def test_a_school_is_not_merged_into_itself_or_into_a_closed_one():
    school, closed = make_school(), make_school()
    CloseSchool(closed).execute()
    for successor in (school, closed):
        with pytest.raises(ValidationError) as caught:
            MergeSchools(school, successor).execute()
        assert "successor" in caught.value.message_dict


def test_a_school_is_closed_once():
    school = make_school()
    CloseSchool(school).execute()
    with pytest.raises(ValidationError):
        CloseSchool(school).execute()
    with pytest.raises(ValidationError):
        ReopenSchool(make_school()).execute()


@pytest.mark.parametrize("role", [Role.BUREAU_EDITOR, Role.INSPECTOR])
def test_only_the_bureau_administrator_closes_merges_and_reopens(role):
    school, other, user = make_school(), make_school(), make_bureau_user(role)
    closed = CloseSchool(make_school()).execute()
    for action in (
        CloseSchool(school, user=user),
        MergeSchools(school, other, user=user),
        ReopenSchool(closed, user=user),
    ):
        with pytest.raises(PermissionDenied):
            action.execute()


def test_a_head_cannot_close_her_own_school():
    school = make_school()
    with pytest.raises(PermissionDenied):
        CloseSchool(school, user=make_school_user(school, Role.SCHOOL_HEAD)).execute()


def test_closing_tells_the_outbox():
    school = make_school()
    CloseSchool(school).execute()
    event = Event.objects.filter(kind=EventKind.SCHOOL_CHANGED, object_id=school.pk).latest("pk")
    assert event.payload["status"] == SchoolStatus.CLOSED


def test_the_page_says_that_the_school_is_closed_and_why(client):
    school = make_school()
    CloseSchool(school, note="生源减少，整体撤并。").execute()
    text = client.get(school.page.url).content.decode()
    assert "生源减少，整体撤并。" in text


def test_the_page_of_a_merged_school_leads_to_the_successor(client):
    school, successor = make_school(), make_school()
    MergeSchools(school, successor, note="今年八月并入。").execute()
    text = client.get(school.page.url).content.decode()
    assert "今年八月并入。" in text
    assert f'href="{successor.page.url}"' in text
