"""The account desk over HTTP: what is shown, what a forged POST achieves, how many queries it takes."""

import pytest
from django.urls import reverse

from cms.people.models import AccountLink, Membership, Role, User
from tests.factories import make_bureau_user, make_school, make_school_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(db):
    return make_school()


@pytest.fixture
def head(school, client):
    user = make_school_user(school, Role.SCHOOL_HEAD, name="何校长")
    client.force_login(user)
    return user


@pytest.fixture
def stranger(db):
    return make_school_user(make_school(), Role.SCHOOL_EDITOR, name="外校人")


def role_of(user: User) -> Membership:
    return Membership.objects.get(user=user)


def test_a_head_sees_the_people_of_her_school_and_nobody_else(client, school, head, stranger):
    colleague = make_school_user(school, name="本校人")
    text = client.get(reverse("cms_people_index")).content.decode()
    assert str(colleague) in text
    assert str(stranger) not in text
    assert stranger.username not in text


def test_the_filters_do_not_widen_what_a_head_sees(client, head, stranger):
    other = role_of(stranger).school
    for query in (
        {"school": other.code},
        {"q": "外校人"},
        {"role": "bureau_admin"},
        {"state": "invited"},
    ):
        assert stranger.username not in client.get(reverse("cms_people_index"), query).content.decode()


def test_an_export_holds_what_the_list_holds(client, school, head, stranger):
    from io import BytesIO

    from openpyxl import load_workbook

    make_school_user(school, name="=1+1")
    response = client.get(reverse("cms_people_index"), {"export": "xlsx"})
    cells = [c for row in load_workbook(BytesIO(response.content)).worksheets[0].iter_rows() for c in row]
    assert {c.data_type for c in cells if c.value is not None} == {"s"}
    values = {c.value for c in cells}
    assert "=1+1" in values
    assert stranger.username not in values


def test_a_stranger_does_not_exist_for_a_head(client, head, stranger):
    member = role_of(stranger)
    get = [reverse("cms_person", args=[stranger.pk]), reverse("cms_person_edit", args=[stranger.pk])]
    buttons = ("link", "deactivate", "reactivate", "add_role")
    post = [
        *(reverse(f"cms_person_{name}", args=[stranger.pk]) for name in buttons),
        *(reverse(f"cms_role_{name}", args=[member.pk]) for name in ("change", "remove")),
        reverse("cms_person_edit", args=[stranger.pk]),
    ]
    assert {client.get(url).status_code for url in get} == {404}
    data = {"role": "class_teacher", "name": "改名", "by": "hand"}
    assert {client.post(url, data).status_code for url in post} == {404}
    stranger.refresh_from_db()
    assert (str(stranger), stranger.is_active, role_of(stranger).role) == ("外校人", True, Role.SCHOOL_EDITOR)
    assert not AccountLink.objects.exists()


def test_a_head_cannot_invite_into_another_school_or_the_bureau(client, head, stranger):
    before = User.objects.count()
    other = role_of(stranger).school
    for data in (
        {"name": "张三", "role": "class_teacher", "school": other.pk},
        {"name": "张三", "role": "bureau_admin", "school": ""},
        {"name": "张三", "role": "bureau_admin", "school": role_of(head).school_id},
        {"name": "张三", "role": "class_teacher", "school": ""},
    ):
        response = client.post(reverse("cms_people_invite"), data)
        assert response.status_code == 200
        assert response.context["form"].errors
    assert User.objects.count() == before


def test_a_head_cannot_make_somebody_bureau_administrator(client, school, head):
    colleague = make_school_user(school)
    client.post(reverse("cms_role_change", args=[role_of(colleague).pk]), {"role": "bureau_admin"})
    assert role_of(colleague).role == Role.SCHOOL_EDITOR
    client.post(reverse("cms_person_add_role", args=[colleague.pk]), {"role": "bureau_admin", "school": ""})
    client.post(reverse("cms_person_add_role", args=[head.pk]), {"role": "bureau_admin", "school": ""})
    assert not Membership.objects.of_bureau().exists()


@pytest.mark.parametrize("role", [Role.SCHOOL_EDITOR, Role.BUREAU_EDITOR, Role.INSPECTOR])
def test_others_do_not_get_in(client, school, role):
    bureau = role in (Role.BUREAU_EDITOR, Role.INSPECTOR)
    client.force_login(make_bureau_user(role) if bureau else make_school_user(school, role))
    for name in ("cms_people_index", "cms_people_invite", "cms_people_import", "cms_people_links"):
        assert client.get(reverse(name)).status_code == 302
    assert reverse("cms_people_index") not in client.get("/admin/").content.decode()


def test_an_invitation_without_mail_shows_the_link_once(client, school, head):
    data = {"name": "张三", "role": "class_teacher", "school": school.pk, "phone": "", "email": ""}
    response = client.post(reverse("cms_people_invite"), data, follow=True)
    link = AccountLink.objects.get()
    assert link.token in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert link.token not in client.get(reverse("cms_people_links")).content.decode()


def test_an_invitation_with_an_address_is_mailed_and_not_shown(
    client, school, head, mailoutbox, django_capture_on_commit_callbacks
):
    data = {"name": "张三", "role": "class_teacher", "school": school.pk, "email": "zhang@example.com"}
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("cms_people_invite"), data, follow=True)
    link = AccountLink.objects.get()
    assert link.token in mailoutbox[0].body
    assert mailoutbox[0].to == ["zhang@example.com"]
    assert link.token not in response.content.decode()


def test_without_a_mail_server_the_link_is_shown_even_with_an_address(client, school, head, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    data = {"name": "张三", "role": "class_teacher", "school": school.pk, "email": "zhang@example.com"}
    response = client.post(reverse("cms_people_invite"), data, follow=True)
    assert AccountLink.objects.get().token in response.content.decode()


def test_what_was_typed_stays_when_a_field_is_wrong(client, school, head):
    data = {"name": "张三", "role": "class_teacher", "school": school.pk, "phone": "abc", "email": "nonsense"}
    response = client.post(reverse("cms_people_invite"), data)
    text = response.content.decode()
    assert "张三" in text
    assert "nonsense" in text
    assert set(response.context["form"].errors) == {"phone", "email"}


def test_a_head_works_through_the_buttons(client, school, head):
    colleague = make_school_user(school)
    client.post(reverse("cms_role_change", args=[role_of(colleague).pk]), {"role": "class_teacher"})
    assert role_of(colleague).role == Role.CLASS_TEACHER
    client.post(reverse("cms_person_deactivate", args=[colleague.pk]))
    client.post(reverse("cms_person_reactivate", args=[colleague.pk]))
    colleague.refresh_from_db()
    assert colleague.is_active
    client.post(reverse("cms_person_edit", args=[colleague.pk]), {"name": "欧阳新名"})
    colleague.refresh_from_db()
    assert str(colleague) == "欧阳新名"
    response = client.post(reverse("cms_role_remove", args=[role_of(colleague).pk]))
    assert response.url == reverse("cms_people_index")
    assert not Membership.objects.filter(user=colleague).exists()


def test_errors_of_actions_are_told_in_chinese(client, school, head):
    response = client.post(reverse("cms_role_remove", args=[role_of(head).pk]), follow=True)
    assert "不能更改自己的角色" in response.content.decode()


def test_the_bureau_administrator_sees_everybody_and_gives_roles(client, stranger):
    client.force_login(make_bureau_user(Role.BUREAU_ADMIN))
    assert str(stranger) in client.get(reverse("cms_people_index")).content.decode()
    other = make_school()
    url = reverse("cms_person_add_role", args=[stranger.pk])
    client.post(url, {"role": "class_teacher", "school": other.pk})
    assert Membership.objects.filter(user=stranger, school=other).exists()
    client.post(url, {"role": "inspector", "school": ""})
    assert Membership.objects.of_bureau().filter(user=stranger).exists()


def test_the_list_takes_the_same_queries_for_many_people(client, school, head, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    url = reverse("cms_people_index")
    make_school_user(school)
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(url)
    for _number in range(6):
        make_school_user(school)
    with django_assert_num_queries(len(few)):
        client.get(url)
    assert len(few) <= 25
