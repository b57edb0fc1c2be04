"""One-time links: signed, expiring, used once, replaced by the next."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from cms.people.actions import DeactivateUser, InvitePerson, IssueLink
from cms.people.models import AccountLink, LinkPurpose, Role, User
from tests.factories import make_school, make_school_user

pytestmark = pytest.mark.django_db
GOOD = {"password": "chuntian-2026", "again": "chuntian-2026"}


@pytest.fixture
def link(db):
    return InvitePerson("张三", Role.CLASS_TEACHER, make_school()).execute()


def address(link: AccountLink) -> str:
    return reverse("cms_account_link", args=[link.token])


def test_the_person_sets_a_password_is_logged_in_and_lands_where_her_role_works(client, link):
    assert link.user.username in client.get(address(link)).content.decode()
    response = client.post(address(link), GOOD)
    assert response.url == "/desk/"
    assert client.get("/desk/").context["user"] == link.user
    assert User.objects.get(pk=link.user.pk).check_password(GOOD["password"])


def test_a_link_works_once(client, link):
    client.post(address(link), GOOD)
    client.logout()
    assert client.get(address(link)).status_code == 410
    assert client.post(address(link), {"password": "qiutian-26", "again": "qiutian-26"}).status_code == 410
    assert User.objects.get(pk=link.user.pk).check_password(GOOD["password"])


def test_a_link_expires(client, link):
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        assert client.post(address(link), GOOD).status_code == 410


def test_a_forged_link_opens_nothing(client, link):
    assert client.get(reverse("cms_account_link", args=[link.key.hex])).status_code == 410
    forged = link.token[:-1] + ("a" if link.token[-1] != "a" else "b")
    assert client.get(reverse("cms_account_link", args=[forged])).status_code == 410


def test_a_newer_link_replaces_the_older_one(client, link):
    newer = IssueLink(link.user).execute()
    assert client.get(address(link)).status_code == 410
    assert client.get(address(newer)).status_code == 200


def test_a_deactivated_account_is_not_opened(client, link):
    DeactivateUser(link.user).execute()
    assert client.get(address(link)).status_code == 410


def test_faults_of_the_password_stand_at_its_field_in_chinese(client, link):
    response = client.post(address(link), {"password": "123", "again": "123"})
    errors = response.context["form"].errors
    assert "密码" in errors["password"][0]
    response = client.post(address(link), {"password": GOOD["password"], "again": "other-2026x"})
    assert response.context["form"].errors["again"] == ["两次输入的密码不一致。"]
    assert AccountLink.objects.usable().count() == 1


def test_a_new_password_ends_other_sessions(client, link):
    editor = make_school_user(make_school())
    client.force_login(editor)
    reset = IssueLink(editor).execute()
    assert reset.purpose == LinkPurpose.RESET
    other = type(client)()
    other.post(address(reset), GOOD)
    assert client.get("/admin/").status_code == 302
    assert other.get("/admin/").status_code == 200


def test_the_page_is_kept_by_no_cache_and_sends_its_address_to_no_other_host(client, link):
    response = client.get(address(link))
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"


def test_the_form_passes_the_check_against_forged_requests(link):
    """A stricter referrer policy would make browsers send `Origin: null`, and Django refuse the form."""
    from django.test import Client

    browser = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})
    page = browser.get(address(link))
    assert page["Referrer-Policy"] != "no-referrer"
    token = page.context["csrf_token"]
    response = browser.post(address(link), {**GOOD, "csrfmiddlewaretoken": str(token)})
    assert response.url == "/desk/"
