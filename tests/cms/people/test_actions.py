"""Who may do what to whom, through every action on people."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.models import ModelLogEntry

from cms.people.actions import (
    AddMembership,
    ChangeRole,
    CreateUser,
    DeactivateUser,
    EditPerson,
    InvitePerson,
    IssueLink,
    ReactivateUser,
    RemoveMembership,
)
from cms.people.models import BUREAU_ROLES, Membership, Role, User
from cms.schools.actions import CloseSchool
from tests.factories import make_bureau_user, make_school, make_school_user, make_user

pytestmark = pytest.mark.django_db

SCHOOL_PEOPLE = [Role.SCHOOL_HEAD, Role.SCHOOL_EDITOR, Role.CLASS_TEACHER]


@pytest.fixture
def school(db):
    return make_school()


@pytest.fixture
def head(school):
    return make_school_user(school, Role.SCHOOL_HEAD)


def role_of(user: User) -> Membership:
    return Membership.objects.get(user=user)


def refused(action) -> None:
    with pytest.raises(PermissionDenied):
        action.execute()


@pytest.mark.parametrize("role", SCHOOL_PEOPLE)
def test_a_head_invites_people_into_her_school(school, head, role):
    link = InvitePerson("欧阳小兰", role, school, user=head).execute()
    person = link.user
    assert (person.last_name, person.first_name, person.username) == ("欧阳", "小兰", "ouyangxiaolan")
    assert not person.has_usable_password()
    assert role_of(person).school == school
    assert person.groups.exists() == (role != Role.CLASS_TEACHER)


def test_a_head_holds_no_right_over_users_or_groups(head):
    rights = head.get_all_permissions()
    assert not [r for r in rights if r.split("_")[-1] in {"user", "group", "membership", "apitoken"}]


@pytest.mark.parametrize("role", sorted(BUREAU_ROLES))
def test_a_head_gives_no_role_at_the_bureau(school, head, role):
    refused(InvitePerson("张三", role, None, user=head))
    with pytest.raises(ValidationError):
        InvitePerson("张三", role, school, user=head).execute()
    member = role_of(make_school_user(school))
    with pytest.raises(ValidationError):
        ChangeRole(member, role, user=head).execute()
    refused(AddMembership(head, role, None, user=head))


def test_a_head_does_nothing_in_another_school(head):
    other = make_school()
    stranger = make_school_user(other)
    member = role_of(stranger)
    refused(InvitePerson("张三", Role.CLASS_TEACHER, other, user=head))
    refused(AddMembership(head, Role.SCHOOL_HEAD, other, user=head))
    refused(ChangeRole(member, Role.CLASS_TEACHER, user=head))
    refused(RemoveMembership(member, user=head))
    refused(EditPerson(stranger, "王五", user=head))
    refused(DeactivateUser(stranger, user=head))
    refused(ReactivateUser(stranger, user=head))
    refused(IssueLink(stranger, user=head))


def test_a_head_does_not_pull_somebody_elses_account_into_her_school(school, head):
    for person in (make_school_user(make_school()), make_bureau_user(Role.BUREAU_ADMIN), make_user()):
        refused(AddMembership(person, Role.CLASS_TEACHER, school, user=head))


def test_a_head_does_not_touch_the_account_of_a_colleague_who_also_works_elsewhere(school, head):
    colleague = make_school_user(school)
    AddMembership(colleague, Role.SCHOOL_EDITOR, make_school()).execute()
    refused(IssueLink(colleague, user=head))
    refused(EditPerson(colleague, "王五", user=head))
    refused(DeactivateUser(colleague, user=head))
    RemoveMembership(Membership.objects.get(user=colleague, school=school), user=head).execute()
    colleague.refresh_from_db()
    assert colleague.is_active


def test_a_head_does_not_touch_the_account_of_bureau_staff_in_her_school(school, head):
    staff = make_school_user(school)
    AddMembership(staff, Role.BUREAU_EDITOR).execute()
    refused(IssueLink(staff, user=head))


def test_nobody_below_a_superuser_touches_a_superuser(school, head):
    root = make_school_user(school, is_superuser=True)
    for user in (head, make_bureau_user(Role.BUREAU_ADMIN)):
        refused(IssueLink(root, user=user))
        refused(EditPerson(root, "王五", user=user))
        refused(DeactivateUser(root, user=user))
        refused(RemoveMembership(role_of(root), user=user))
        refused(AddMembership(root, Role.CLASS_TEACHER, make_school(), user=user))


def test_an_account_with_rights_beyond_its_roles_is_the_superusers(school, head):
    from django.contrib.auth.models import Group

    person = make_school_user(school)
    person.groups.add(Group.objects.create(name="用户管理员"))
    refused(IssueLink(person, user=head))
    refused(IssueLink(person, user=make_bureau_user(Role.BUREAU_ADMIN)))
    assert IssueLink(person, user=make_user(is_superuser=True)).execute().pk


@pytest.mark.parametrize("role", [Role.SCHOOL_EDITOR, Role.CLASS_TEACHER])
def test_other_people_of_the_school_manage_nobody(school, head, role):
    user, colleague = make_school_user(school, role), make_school_user(school)
    refused(InvitePerson("张三", Role.CLASS_TEACHER, school, user=user))
    refused(RemoveMembership(role_of(colleague), user=user))
    refused(IssueLink(colleague, user=user))
    refused(ChangeRole(role_of(user), Role.SCHOOL_HEAD, user=user))


@pytest.mark.parametrize("role", [Role.BUREAU_EDITOR, Role.INSPECTOR])
def test_other_people_of_the_bureau_manage_nobody(school, role):
    user, person = make_bureau_user(role), make_school_user(school)
    refused(CreateUser("张三", user=user))
    refused(InvitePerson("张三", Role.CLASS_TEACHER, school, user=user))
    refused(RemoveMembership(role_of(person), user=user))
    refused(AddMembership(user, Role.BUREAU_ADMIN, user=user))


def test_the_bureau_administrator_manages_staff_and_schools(school):
    admin = make_bureau_user(Role.BUREAU_ADMIN)
    staff = InvitePerson("张三", Role.BUREAU_EDITOR, None, user=admin).execute().user
    teacher = InvitePerson("李四", Role.CLASS_TEACHER, school, user=admin).execute().user
    ChangeRole(role_of(staff), Role.INSPECTOR, user=admin).execute()
    AddMembership(teacher, Role.SCHOOL_EDITOR, make_school(), user=admin).execute()
    assert IssueLink(staff, user=admin).execute().user == staff


def test_removal_drops_groups_sessions_and_the_account_at_once(client, school, head):
    person = make_school_user(school)
    client.force_login(person)
    assert client.get("/admin/").status_code == 200
    RemoveMembership(role_of(person), user=head).execute()
    person.refresh_from_db()
    assert not person.groups.exists()
    assert not person.is_active
    assert client.get("/admin/").status_code == 302


def test_removal_ends_the_sessions_of_somebody_who_works_elsewhere_too(client, school, head):
    person = make_school_user(school)
    AddMembership(person, Role.SCHOOL_EDITOR, make_school()).execute()
    client.force_login(person)
    RemoveMembership(Membership.objects.get(user=person, school=school), user=head).execute()
    assert client.get("/admin/").status_code == 302


def test_a_changed_role_changes_groups(school, head):
    person = make_school_user(school)
    ChangeRole(role_of(person), Role.CLASS_TEACHER, user=head).execute()
    assert not person.groups.exists()


def test_a_deactivated_account_comes_back_with_its_roles(client, school, head):
    person = make_school_user(school)
    client.force_login(person)
    DeactivateUser(person, user=head).execute()
    assert client.get("/admin/").status_code == 302
    ReactivateUser(person, user=head).execute()
    client.force_login(User.objects.get(pk=person.pk))
    assert client.get("/admin/").status_code == 200


def test_a_head_does_not_remove_or_demote_herself(school, head):
    make_school_user(school, Role.SCHOOL_HEAD)
    for action in (
        RemoveMembership(role_of(head), user=head),
        ChangeRole(role_of(head), Role.CLASS_TEACHER, user=head),
        DeactivateUser(head, user=head),
    ):
        with pytest.raises(ValidationError):
            action.execute()


def test_a_head_removes_another_head(school, head):
    RemoveMembership(role_of(make_school_user(school, Role.SCHOOL_HEAD)), user=head).execute()


def test_the_last_active_head_is_kept_from_a_deactivated_one(school, head):
    """The other head's account is closed, so she does not count."""
    second = make_school_user(school, Role.SCHOOL_HEAD)
    DeactivateUser(head).execute()
    with pytest.raises(PermissionDenied):
        RemoveMembership(role_of(second), user=User.objects.get(pk=head.pk)).execute()


def test_the_bureau_may_remove_the_last_head_but_not_its_last_administrator(head):
    admin = make_bureau_user(Role.BUREAU_ADMIN)
    RemoveMembership(role_of(head), user=admin).execute()
    second = make_bureau_user(Role.BUREAU_ADMIN)
    RemoveMembership(role_of(admin), user=second).execute()
    with pytest.raises(ValidationError):
        RemoveMembership(role_of(second), user=second).execute()


def test_a_role_is_given_once(school):
    person = make_school_user(school)
    with pytest.raises(ValidationError) as caught:
        AddMembership(person, Role.SCHOOL_EDITOR, school).execute()
    assert "role" in caught.value.message_dict


def test_nobody_is_invited_into_a_closed_school(school):
    CloseSchool(school).execute()
    with pytest.raises(ValidationError) as caught:
        InvitePerson("张三", Role.CLASS_TEACHER, school).execute()
    assert "school" in caught.value.message_dict


def test_the_head_of_a_closed_school_manages_nobody(school, head):
    person = make_school_user(school)
    CloseSchool(school).execute()
    head = User.objects.get(pk=head.pk)
    refused(RemoveMembership(role_of(person), user=head))
    refused(IssueLink(person, user=head))


def test_user_names_come_from_pinyin_and_get_a_number_when_taken():
    assert [CreateUser("王芳").execute().username for _ in range(3)] == ["wangfang", "wangfang2", "wangfang3"]


def test_a_weak_password_is_refused_at_its_field():
    with pytest.raises(ValidationError) as caught:
        CreateUser("王芳", password="123").execute()
    assert "password" in caught.value.message_dict
    assert not User.objects.filter(username="wangfang").exists()


def test_an_empty_name_is_refused_at_its_field(school, head):
    with pytest.raises(ValidationError) as caught:
        InvitePerson(" ", Role.CLASS_TEACHER, school, user=head).execute()
    assert "name" in caught.value.message_dict


def test_each_change_is_logged_with_who_did_it(school, head):
    person = InvitePerson("张三", Role.CLASS_TEACHER, school, user=head).execute().user
    ChangeRole(role_of(person), Role.SCHOOL_EDITOR, user=head).execute()
    RemoveMembership(role_of(person), user=head).execute()
    entries = ModelLogEntry.objects.filter(object_id=str(person.pk)).order_by("pk")
    assert [e.action for e in entries] == [
        "wagtail.create",
        "cms.person.add_role",
        "cms.person.issue_link",
        "cms.person.change_role",
        "cms.person.remove_role",
    ]
    assert {e.user_id for e in entries} == {head.pk}
