"""People in Excel: a head her own school's, the administrator everybody's."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from cms.people.models import AccountLink, Membership, Role, User
from tests.factories import make_bureau_user, make_school, make_school_user

pytestmark = pytest.mark.django_db
HEAD = ["姓名", "电话", "电子邮箱", "角色", "学校代码", "用户名"]


def upload(client, *rows: list):
    file, workbook = BytesIO(), Workbook()
    for row in [HEAD, *rows]:
        workbook.active.append(row)
    workbook.save(file)
    upload = SimpleUploadedFile("people.xlsx", file.getvalue())
    return client.post(reverse("cms_people_import"), {"file": upload})


def confirm(client, response):
    return client.post(reverse("cms_people_import"), {"rows": response.context["payload"]}, follow=True)


@pytest.fixture
def school(db):
    return make_school(code="own")


@pytest.fixture
def head(school, client):
    user = make_school_user(school, Role.SCHOOL_HEAD)
    client.force_login(user)
    return user


def test_a_head_imports_people_of_her_school_and_gets_their_links(client, school, head):
    response = upload(
        client,
        ["张三", "13800001111", None, "班主任", None, None],
        ["李四", None, None, "学校编辑", "own", None],
    )
    assert response.context["counts"]["new"] == 2
    assert not User.objects.filter(last_name="张").exists()
    text = confirm(client, response).content.decode()
    assert set(Membership.objects.filter(school=school).exclude(user=head).values_list("role", flat=True)) == {
        Role.CLASS_TEACHER, Role.SCHOOL_EDITOR,
    }  # fmt: skip
    assert all(link.token in text for link in AccountLink.objects.all())


def test_a_head_imports_nobody_elsewhere(client, head):
    make_school(code="other")
    response = upload(
        client,
        ["张三", None, None, "班主任", "other", None],
        ["李四", None, None, "教育局管理员", None, None],
    )
    assert response.context["counts"]["error"] == 2
    assert response.context["payload"] == ""


def test_a_head_reaches_nobody_of_another_school_by_user_name_or_phone(client, head):
    stranger = make_school_user(make_school(), phone="13900002222", name="外校人")
    by_name = upload(client, ["改名", None, None, "班主任", None, stranger.username])
    assert by_name.context["counts"]["error"] == 1
    by_phone = upload(client, ["改名", "13900002222", None, "班主任", None, None])
    assert by_phone.context["counts"]["new"] == 1
    confirm(client, by_phone)
    stranger.refresh_from_db()
    assert str(stranger) == "外校人"
    assert Membership.objects.filter(user=stranger).count() == 1


def test_importing_again_updates_name_phone_and_role(client, school, head):
    person = make_school_user(school, name="张三")
    response = upload(client, ["张三丰", "13800003333", None, "班主任", None, person.username])
    assert response.context["counts"]["changed"] == 1
    confirm(client, response)
    person.refresh_from_db()
    assert (str(person), person.phone) == ("张三丰", "13800003333")
    assert [m.role for m in Membership.objects.filter(user=person)] == [Role.CLASS_TEACHER]


def test_a_head_does_not_change_her_own_role_by_a_list(client, school, head):
    response = upload(client, [str(head), None, None, "学校编辑", None, head.username])
    assert response.context["counts"]["error"] == 1


def test_the_administrator_imports_staff_and_people_of_schools(client, school):
    client.force_login(make_bureau_user(Role.BUREAU_ADMIN))
    response = upload(
        client,
        ["张三", None, None, "教育局编辑", None, None],
        ["李四", None, None, "学校负责人", "own", None],
    )
    confirm(client, response)
    assert Membership.objects.filter(role=Role.BUREAU_EDITOR).count() == 1
    assert Membership.objects.filter(school=school, role=Role.SCHOOL_HEAD).count() == 1


def test_faults_are_told_at_their_cells(client, head):
    response = upload(
        client,
        ["张三", "电话", "不是邮箱", "班主任", None, None],
        ["李四", "13800004444", None, "班主任", None, None],
        ["李四", "13800004444", None, "班主任", None, None],
        [None, "1380000555", None, "班主任", None, None],
    )
    text = response.content.decode()
    assert response.context["counts"]["error"] == 3
    for part in ("请填写数字", "有效", "此人在文件中出现了两次", "A5: 此格必填"):
        assert part in text


def test_an_export_reads_back_the_same(client, school, head):
    make_school_user(school, name="张三", phone="13800006666")
    content = client.get(reverse("cms_people_index"), {"export": "xlsx"}).content
    file = SimpleUploadedFile("people.xlsx", content)
    response = client.post(reverse("cms_people_import"), {"file": file})
    assert response.context["counts"] == {"new": 0, "changed": 0, "same": 2, "error": 0}
