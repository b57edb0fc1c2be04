"""An address or a link lives as long as whoever made it keeps the account."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from cms.outbox.jobs import REGISTRY
from cms.people.actions import (
    AddMembership,
    ChangeRole,
    EditPerson,
    InvitePerson,
    IssueLink,
    RemoveMembership,
)
from cms.people.cleaning import KEEP_LINKS, clean_links
from cms.people.models import AccountLink, Membership, Role, User
from tests.factories import make_bureau_user, make_school, make_school_user

pytestmark = pytest.mark.django_db
EVIL = "head@evil.test"


@pytest.fixture
def schools():
    return make_school(), make_school()


@pytest.fixture
def head(schools):
    return make_school_user(schools[0], Role.SCHOOL_HEAD)


@pytest.fixture
def admin():
    return make_bureau_user(Role.BUREAU_ADMIN)


@pytest.fixture
def teacher(schools):
    return make_school_user(schools[0], Role.SCHOOL_EDITOR)


@pytest.fixture
def marked(head, teacher):
    """A teacher for whom her head has entered the head's own address."""
    return EditPerson(teacher, "李小兰", email=EVIL, user=head).execute()


def move(person, schools, admin) -> None:
    """The bureau gives the person a role in the second school and takes the first one away."""
    AddMembership(person, Role.SCHOOL_EDITOR, schools[1], user=admin).execute()
    RemoveMembership(Membership.objects.get(user=person, school=schools[0]), user=admin).execute()


def ask_for_reset(client, email: str = EVIL) -> int:
    """Return how many mails the forgotten-password page has sent."""
    mail.outbox.clear()
    assert client.post(reverse("wagtailadmin_password_reset"), {"email": email}).status_code == 302
    return len(mail.outbox)


def test_while_the_head_keeps_the_account_her_address_serves(client, marked):
    assert ask_for_reset(client) == 1


def test_a_move_drops_the_address_that_the_former_head_entered(client, marked, schools, admin):
    move(marked, schools, admin)
    assert User.objects.get(pk=marked.pk).email == ""
    assert ask_for_reset(client) == 0


def test_a_second_school_is_enough(client, marked, schools, admin):
    AddMembership(marked, Role.CLASS_TEACHER, schools[1], user=admin).execute()
    assert User.objects.get(pk=marked.pk).email == ""


def test_a_reset_mailed_before_the_move_opens_nothing_after_it(client, marked, schools, admin):
    ask_for_reset(client)
    link = next(word for word in mail.outbox[0].body.split() if "/password_reset/" in word)
    path = "/" + link.split("/", 3)[3]
    assert client.get(path, follow=True).context["validlink"]
    move(marked, schools, admin)
    assert not type(client)().get(path, follow=True).context["validlink"]


def test_what_the_bureau_entered_stays_over_a_move(client, head, teacher, schools, admin):
    EditPerson(teacher, "李小兰", email="li@school.test", user=admin).execute()
    move(teacher, schools, admin)
    assert ask_for_reset(client, "li@school.test") == 1


def test_the_new_head_enters_one_anew(client, marked, schools, admin):
    move(marked, schools, admin)
    new_head = make_school_user(schools[1], Role.SCHOOL_HEAD)
    marked.refresh_from_db()
    EditPerson(marked, "李小兰", email="li@school.test", user=new_head).execute()
    assert ask_for_reset(client, "li@school.test") == 1


def test_an_address_that_somebody_saves_again_is_hers_to_answer_for(marked, admin):
    EditPerson(marked, "李小兰", email=EVIL, user=admin).execute()
    assert User.objects.get(pk=marked.pk).email_by is None


def test_saving_a_phone_does_not_take_the_bureaus_address_over(teacher, admin, head):
    EditPerson(teacher, "李小兰", email="li@school.test", user=admin).execute()
    EditPerson(teacher, "李小兰", phone="13800001234", email="li@school.test", user=head).execute()
    assert User.objects.get(pk=teacher.pk).email_by is None


def test_a_head_who_left_reads_no_link_that_the_next_one_makes(
    marked, head, schools, admin, settings, django_capture_on_commit_callbacks
):
    next_head = make_school_user(schools[0], Role.SCHOOL_HEAD)
    ChangeRole(Membership.objects.get(user=head), Role.CLASS_TEACHER, user=admin).execute()
    with django_capture_on_commit_callbacks(execute=True):
        IssueLink(User.objects.get(pk=marked.pk), user=next_head).execute()
    assert mail.outbox == []


def test_the_link_is_then_shown_on_the_screen(client, marked, head, schools, admin):
    next_head = make_school_user(schools[0], Role.SCHOOL_HEAD)
    ChangeRole(Membership.objects.get(user=head), Role.CLASS_TEACHER, user=admin).execute()
    client.force_login(next_head)
    screen = client.get(reverse("cms_person", args=[marked.pk])).content.decode()
    assert 'value="mail"' not in screen
    answer = client.post(reverse("cms_person_link", args=[marked.pk]), {"by": "mail"}, follow=True)
    assert AccountLink.objects.get().token in answer.content.decode()


def test_and_she_gets_no_mail_for_a_forgotten_password(client, marked, head, admin, schools):
    make_school_user(schools[0], Role.SCHOOL_HEAD)
    ChangeRole(Membership.objects.get(user=head), Role.CLASS_TEACHER, user=admin).execute()
    assert ask_for_reset(client) == 0


def test_a_link_ends_with_the_right_of_whoever_made_it(client, head, teacher, schools, admin):
    address = reverse("cms_account_link", args=[IssueLink(teacher, user=head).execute().token])
    assert client.get(address).status_code == 200
    move(teacher, schools, admin)
    assert client.get(address).status_code == 410
    assert client.post(address, {"password": "chuntian-2026", "again": "chuntian-2026"}).status_code == 410


def test_a_link_of_the_bureau_lives_on_over_a_move(client, teacher, schools, admin):
    address = reverse("cms_account_link", args=[IssueLink(teacher, user=admin).execute().token])
    AddMembership(teacher, Role.CLASS_TEACHER, schools[1], user=admin).execute()
    assert client.get(address).status_code == 200


def test_but_not_when_it_was_mailed_to_the_former_heads_address(client, marked, schools, admin):
    address = reverse("cms_account_link", args=[IssueLink(marked, user=admin).execute().token])
    AddMembership(marked, Role.CLASS_TEACHER, schools[1], user=admin).execute()
    assert client.get(address).status_code == 410


def test_the_invitation_of_a_head_is_mailed(head, schools, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        InvitePerson("张三", Role.CLASS_TEACHER, schools[0], email="z@school.test", user=head).execute()
    assert mail.outbox[0].to == ["z@school.test"]


def test_links_that_open_nothing_are_cleaned_daily(teacher):
    IssueLink(teacher).execute()
    with time_machine.travel(timezone.now() + KEEP_LINKS):
        clean_links()
        assert AccountLink.objects.exists()
    with time_machine.travel(timezone.now() + KEEP_LINKS + timedelta(days=2)):
        clean_links()
    assert not AccountLink.objects.exists()
    assert REGISTRY["clean-account-links"].func is clean_links
