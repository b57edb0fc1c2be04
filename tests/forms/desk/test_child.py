"""A child's page: masked facts, timeline, forms; for those who may see the child alone."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cms.service import Role
from tests.factories import make_school, make_school_user
from tests.forms.desk.test_desk import links, opened, text, visit

pytestmark = pytest.mark.django_db


def address(desk) -> str:
    return reverse("forms_desk_child", args=[desk.child.pk])


def test_the_page_masks_what_is_sensitive(client, desk):
    page = opened(client, desk.teacher, address(desk))
    assert "359***********0016" in text(page)
    assert "359999201603120016" not in client.get(address(desk)).content.decode()


def test_the_timeline_tells_what_was_filed(client, desk):
    submission = visit(desk)
    page = opened(client, desk.teacher, address(desk))
    assert "家访记录" in text(page)
    assert reverse("forms_submission", args=[submission.pk]) in links(page)


def test_a_colleague_who_keeps_the_child_too_sees_that_something_was_filed_but_cannot_open_it(client, desk):
    submission = visit(desk)
    desk.child.keepers.create(user=desk.colleague)
    page = opened(client, desk.colleague, address(desk))
    assert "家访记录" in text(page)
    assert reverse("forms_submission", args=[submission.pk]) not in links(page)


def test_a_form_about_the_child_can_be_started(client, desk):
    page = opened(client, desk.teacher, address(desk))
    assert f"{reverse('forms_start', args=[desk.visit.form.slug])}?about={desk.child.pk}" in links(page)


def test_nothing_is_started_about_a_child_that_left(client, desk):
    desk.child.state = "left"
    desk.child.save()
    page = opened(client, desk.teacher, address(desk))
    assert not [link for link in links(page) if "about=" in link]


def test_others_do_not_find_the_child(client, desk):
    stranger = make_school_user(make_school("乙小学"), Role.SCHOOL_HEAD)
    for user in (desk.colleague, stranger):
        client.force_login(user)
        assert client.get(address(desk)).status_code == 404


def test_whoever_is_not_logged_in_is_asked_to(client, desk):
    assert client.get(address(desk)).status_code == 302


def test_a_merged_child_leads_to_the_one_it_went_into(client, desk):
    from tests.factories.registers import make_record

    other = make_record(desk.register, desk.school, desk.teacher)
    desk.child.state, desk.child.merged_into = "merged", other
    desk.child.save()
    client.force_login(desk.teacher)
    assert client.get(address(desk))["Location"] == reverse("forms_desk_child", args=[other.pk])


def test_the_number_of_queries_does_not_grow_with_what_was_filed(client, desk, django_assert_max_num_queries):
    client.force_login(desk.teacher)
    client.get(address(desk))

    def count() -> int:
        with django_assert_max_num_queries(30) as captured:
            client.get(address(desk))
        return len(captured)

    visit(desk)
    few = count()
    for said in ("一", "二", "三"):
        visit(desk, said)
    assert count() == few
