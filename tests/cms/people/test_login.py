"""Logging in: in Chinese, with the bureau's name, each to where her role works."""

import pytest
from django.test import override_settings

from cms.pages.models import BureauSettings
from cms.people.models import Role
from tests.factories import make_bureau_user, make_news, make_plan, make_school, make_school_user
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db
LOGIN = "/admin/login/"


def log_in(client, user, **data):
    return client.post(LOGIN, {"username": user.username, "password": PASSWORD, "next": "/admin/", **data})


def test_the_page_carries_the_bureaus_name(client):
    from wagtail.models import Site

    site = Site.objects.get(is_default_site=True)
    BureauSettings.objects.update_or_create(site=site, defaults={"bureau_name": "心桥县教育局"})
    text = client.get(LOGIN).content.decode()
    assert "心桥县教育局" in text
    assert "Wagtail" not in text.split("<body")[1].split("<script")[0]


@pytest.mark.parametrize("role", [Role.BUREAU_ADMIN, Role.BUREAU_EDITOR, Role.INSPECTOR])
def test_the_bureau_lands_in_the_admin(client, role):
    assert log_in(client, make_bureau_user(role)).url == "/admin/"


@pytest.mark.parametrize(
    ("role", "landing"),
    [(Role.SCHOOL_HEAD, "/admin/"), (Role.SCHOOL_EDITOR, "/admin/"), (Role.CLASS_TEACHER, "/desk/")],
)
def test_people_of_schools_land_where_they_work(client, role, landing):
    assert log_in(client, make_school_user(make_school(), role)).url == landing


def test_a_class_teacher_never_gets_into_the_admin(client):
    teacher = make_school_user(make_school(), Role.CLASS_TEACHER)
    assert log_in(client, teacher, next="/admin/pages/").url == "/desk/"
    assert client.get("/admin/").url.startswith(LOGIN)
    assert client.get(LOGIN).url == "/desk/"


def test_nobody_is_sent_to_another_host(client):
    user = make_school_user(make_school())
    assert log_in(client, user, next="https://evil.example/").url == "/admin/"


def test_next_is_followed_for_whoever_may_go_there(client):
    assert log_in(client, make_school_user(make_school()), next="/admin/pages/").url == "/admin/pages/"


@override_settings(AXES_ENABLED=True, AXES_FAILURE_LIMIT=2)
def test_too_many_attempts_are_told_in_chinese(client):
    user = make_school_user(make_school())
    for _number in range(2):
        response = client.post(LOGIN, {"username": user.username, "password": "wrong"})
    assert response.status_code == 429
    assert "尝试次数过多" in response.content.decode()


def test_the_desk_asks_strangers_to_log_in(client):
    assert client.get("/desk/").url == "/admin/login/?next=/desk/"


def test_the_desk_greets_and_shows_what_her_school_published(client):
    school = make_school()
    teacher = make_school_user(school, Role.CLASS_TEACHER, name="欧阳小兰")
    seen = [make_news(school), make_plan(school)]
    unseen = [make_news(school, live=False), make_news(make_school()), make_plan(make_school())]
    client.force_login(teacher)
    text = client.get("/desk/").content.decode()
    assert "欧阳小兰" in text
    assert school.name in text
    assert all(page.title in text for page in seen)
    assert not any(page.title in text for page in unseen)


def test_the_desk_takes_the_same_queries_for_many_pages(client, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    school = make_school()
    client.force_login(make_school_user(school, Role.CLASS_TEACHER))
    make_news(school)
    make_plan(school)
    client.get("/desk/")
    with CaptureQueriesContext(connection) as few:
        client.get("/desk/")
    for _number in range(4):
        make_news(school)
        make_plan(school)
    with django_assert_num_queries(len(few)):
        client.get("/desk/")


def test_a_teacher_changes_her_password_and_stays_logged_in(client):
    teacher = make_school_user(make_school(), Role.CLASS_TEACHER)
    client.force_login(teacher)
    data = {"old_password": PASSWORD, "new_password1": "chuntian-2026", "new_password2": "chuntian-2026"}
    response = client.post("/desk/password/", data, follow=True)
    assert "密码已修改" in response.content.decode()
    teacher.refresh_from_db()
    assert teacher.check_password("chuntian-2026")


def test_logging_out_ends_at_the_log_in_page(client):
    client.force_login(make_school_user(make_school(), Role.CLASS_TEACHER))
    assert client.post("/desk/logout/").url == "/admin/login/"
    assert client.get("/desk/").status_code == 302


def test_without_a_mail_server_no_mailed_reset_is_offered(client, settings):
    assert "/admin/password_reset/" in client.get(LOGIN).content.decode()
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert "/admin/password_reset/" not in client.get(LOGIN).content.decode()
