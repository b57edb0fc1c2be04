"""List, new form, copy, versions, comparison, open and close."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cms.people.models import Role
from forms.builder.actions.library import KeepInLibrary
from forms.builder.models import LibraryQuestion
from forms.definitions.actions import PublishForm
from forms.definitions.models import Form
from tests.factories import make_bureau_user, make_school, make_school_user
from tests.factories.forms import make_form, one_step, question

pytestmark = pytest.mark.django_db
INDEX = "/admin/forms/"


@pytest.fixture
def editor(client):
    user = make_bureau_user(Role.BUREAU_EDITOR)
    client.force_login(user)
    return user


def test_the_list_tells_state_versions_and_submissions(client, editor):
    form = make_form(one_step(question("text", "a")), title="甲表")
    PublishForm(form, one_step(question("text", "b"))).execute()
    (row,) = client.get(INDEX).context["object_list"]
    assert (row.version_count, row.submission_count) == (2, 0)


def test_the_list_asks_no_more_queries_for_more_forms(client, editor, django_assert_max_num_queries):
    def queries() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as caught:
            client.get(INDEX)
        return len(caught)

    make_form(one_step(question("text", "a")))
    client.get(INDEX)
    few = queries()
    for _number in range(5):
        make_form(one_step(question("text", "a")), school=make_school())
    assert queries() <= few


def test_the_list_is_searched_and_filtered(client, editor):
    make_form(title="家访")
    make_form(one_step(question("text", "a")), title="谈心")
    assert [form.title for form in client.get(f"{INDEX}?q=家访").context["object_list"]] == ["家访"]
    shown = client.get(f"{INDEX}?state__exact=open").context["object_list"]
    assert len(shown) == 1


def test_a_new_form_gets_its_address_from_its_title(client, editor):
    answer = client.post(
        f"{INDEX}create/", {"title": "家访记录", "slug": "", "school": "", "audience": "teachers"}
    )
    form = Form.objects.get()
    assert form.slug == "jia-fang-ji-lu"
    assert answer["location"] == reverse("forms_modeladmin_edit", args=[form.pk])


def test_a_school_makes_forms_of_its_own_alone(client):
    mine, other = make_school(), make_school()
    client.force_login(make_school_user(mine, Role.SCHOOL_EDITOR))
    fields = {"title": "校内", "audience": "teachers", "slug": ""}
    client.post(f"{INDEX}create/", {**fields, "school": other.pk})
    client.post(f"{INDEX}create/", {**fields, "school": ""})
    assert not Form.objects.exists()
    client.post(f"{INDEX}create/", {**fields, "school": mine.pk})
    assert Form.objects.get().school == mine


def test_a_school_sees_and_copies_the_bureaus_forms_but_does_not_change_them(client):
    form = make_form(one_step(question("text", "a")), title="甲表")
    mine = make_school()
    client.force_login(make_school_user(mine, Role.SCHOOL_HEAD))
    assert len(client.get(INDEX).context["object_list"]) == 1
    assert client.get(reverse("forms_modeladmin_edit", args=[form.pk])).status_code == 302
    answer = client.post(
        reverse("forms_builder_copy", args=[form.pk]), {"title": "校内", "slug": "own", "school": mine.pk}
    )
    assert answer.status_code == 302
    copy = Form.objects.get(slug="own")
    assert (copy.school, copy.live, copy.state) == (mine, None, "draft")
    assert copy.working["steps"][0]["items"][0]["name"] == "a"


def test_a_form_is_closed_and_opened_again(client, editor):
    form = make_form(one_step(question("text", "a")))
    address = reverse("forms_builder_state", args=[form.pk])
    for state in ("closed", "open"):
        client.post(address, {"state": state})
        form.refresh_from_db()
        assert form.state == state


def test_a_form_that_was_never_published_is_not_opened(client, editor):
    form = make_form()
    client.post(reverse("forms_builder_state", args=[form.pk]), {"state": "open"})
    form.refresh_from_db()
    assert form.state == "draft"


def test_only_a_form_that_was_never_published_is_deleted(client, editor):
    never, once = make_form(), make_form(one_step(question("text", "a")))
    client.post(f"{INDEX}delete/{never.pk}/")
    client.post(f"{INDEX}delete/{once.pk}/")
    assert list(Form.objects.all()) == [once]


def test_versions_are_listed_and_put_back(client, editor):
    form = make_form(one_step(question("text", "a")))
    PublishForm(form, one_step(question("text", "b")), note="换题").execute()
    text = client.get(reverse("forms_builder_versions", args=[form.pk])).content.decode()
    assert "换题" in text
    client.post(reverse("forms_builder_restore", args=[form.pk, 1]))
    form.refresh_from_db()
    assert form.working["steps"][0]["items"][0]["name"] == "a"
    assert form.live.number == 2


def test_a_form_that_was_never_published_has_no_versions(client, editor):
    text = client.get(reverse("forms_builder_versions", args=[make_form().pk])).content.decode()
    assert "还没有发布过" in text


def test_two_versions_are_compared(client, editor):
    form = make_form(one_step(question("text", "a")))
    PublishForm(form, one_step(question("text", "a", required=True))).execute()
    text = client.get(reverse("forms_builder_compare", args=[form.pk, "1", "2"])).content.decode()
    assert "必答" in text
    assert "<del>空</del> → <ins>是</ins>" in text
    assert client.get(reverse("forms_builder_compare", args=[form.pk, "1", "working"])).status_code == 200
    assert client.get(reverse("forms_builder_compare", args=[form.pk, "1", "9"])).status_code == 404


def test_an_inspector_sees_and_changes_nothing(client):
    form = make_form(one_step(question("text", "a")))
    client.force_login(make_bureau_user(Role.INSPECTOR))
    assert client.get(INDEX).status_code == 200
    assert client.get(f"{INDEX}edit/{form.pk}/").status_code == 302
    assert client.post(reverse("forms_builder_state", args=[form.pk]), {"state": "closed"}).status_code in (
        302,
        403,
    )
    form.refresh_from_db()
    assert form.state == "open"


def test_the_library_lists_and_deletes(client, editor):
    kept = KeepInLibrary(one_step(question("text", "a")), "a", None, editor).execute()
    assert "题目a" in client.get("/admin/form-library/").content.decode()
    client.post(f"/admin/form-library/delete/{kept.pk}/")
    assert not LibraryQuestion.objects.exists()


def test_a_school_takes_nothing_out_of_the_bureaus_library(client, editor):
    kept = KeepInLibrary(one_step(question("text", "a")), "a", None, editor).execute()
    client.force_login(make_school_user(make_school(), Role.SCHOOL_HEAD))
    client.post(f"/admin/form-library/delete/{kept.pk}/")
    assert LibraryQuestion.objects.exists()


def test_the_list_leads_to_workbooks_in_and_out(client, editor):
    form, draft = make_form(one_step(question("text", "a"))), make_form()
    page = client.get(INDEX).content.decode()
    assert f'href="{reverse("forms_xlsform_import")}"' in page
    assert f'href="{reverse("forms_xlsform_export", args=[form.slug])}"' in page
    assert reverse("forms_xlsform_export", args=[draft.slug]) not in page


def test_a_school_takes_only_its_own_forms_out(client):
    school = make_school()
    client.force_login(make_school_user(school, Role.SCHOOL_EDITOR))
    own, other = (
        make_form(one_step(question("text", "a")), school=school),
        make_form(one_step(question("text", "a"))),
    )
    page = client.get(INDEX).content.decode()
    assert reverse("forms_xlsform_export", args=[own.slug]) in page
    assert reverse("forms_xlsform_export", args=[other.slug]) not in page
