"""The screens of schools: who sees and does what, over HTTP."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from cms.people.models import Role
from cms.schools.models import School, SchoolStatus
from tests.factories import make_bureau_user, make_school, make_school_user

pytestmark = pytest.mark.django_db
RECORD = {"name": "新校", "stage": "primary", "township": "河东镇", "address": "", "phone": "0700-9"}
SCREENS = ("inspect", "edit", "history", "delete")


def screen(name: str, school: School) -> str:
    return reverse(f"schools_modeladmin_{name}", args=[school.pk])


@pytest.fixture
def school(db):
    return make_school(name="本校")


@pytest.fixture
def other(db):
    return make_school(name="外校")


@pytest.fixture
def head(school, client):
    user = make_school_user(school, Role.SCHOOL_HEAD)
    client.force_login(user)
    return user


@pytest.fixture
def admin(client):
    user = make_bureau_user(Role.BUREAU_ADMIN)
    client.force_login(user)
    return user


def test_a_head_sees_her_own_school_alone(client, school, other, head):
    text = client.get(reverse("schools_modeladmin_index")).content.decode()
    assert "本校" in text
    assert "外校" not in text
    assert client.get(screen("inspect", school)).status_code == 200
    assert {client.get(screen(name, other)).status_code for name in SCREENS} == {302}


def test_a_heads_filters_and_exports_do_not_reach_another_school(client, school, other, head):
    index = reverse("schools_modeladmin_index")
    for query in ({"q": "外校"}, {"pk": other.pk}, {"name__startswith": "外"}, {"township": other.township}):
        assert other not in client.get(index, query).context["object_list"]
    content = client.get(index, {"export": "xlsx"}).content
    names = [row[1].value for row in load_workbook(BytesIO(content)).worksheets[0].iter_rows(min_row=2)]
    assert names == ["本校"]


def test_a_lookup_that_is_no_filter_of_ours_is_ignored(client, school, admin):
    """Modeladmin would take any lookup, for example one that spells out a password letter by letter."""
    for query in (
        {"memberships__user__password__startswith": "x"},
        {"stage__exact": "x"},
        {"boarding__exact": "x"},
    ):
        assert "本校" in client.get(reverse("schools_modeladmin_index"), query).content.decode()


def test_a_head_changes_contact_and_nothing_else(client, school, head):
    form = client.get(screen("edit", school)).context["form"]
    assert set(form.fields) == {"address", "phone"}
    client.post(screen("edit", school), {**RECORD, "code": "zz", "status": "closed"})
    school.refresh_from_db()
    assert (school.name, school.phone, school.status) == ("本校", "0700-9", SchoolStatus.OPEN)


def test_a_head_cannot_post_to_another_school(client, school, other, head):
    client.post(screen("edit", other), {"address": "改", "phone": "1"})
    for name in ("close", "merge", "reopen"):
        client.post(
            reverse(f"cms_school_{name}", args=[school.pk]), {"day": "2026-09-01", "successor": other.pk}
        )
    client.post(reverse("schools_modeladmin_create"), {**RECORD, "code": "new"})
    other.refresh_from_db()
    school.refresh_from_db()
    assert (other.address, school.status, School.objects.count()) == ("", SchoolStatus.OPEN, 2)


def test_an_inspector_reads_all_and_changes_nothing(client, school, other):
    client.force_login(make_bureau_user(Role.INSPECTOR))
    text = client.get(reverse("schools_modeladmin_index")).content.decode()
    assert "本校" in text
    assert "外校" in text
    assert client.get(screen("inspect", school)).status_code == 200
    assert client.get(screen("edit", school)).status_code == 302
    client.post(screen("edit", school), {"address": "改"})
    school.refresh_from_db()
    assert school.address == ""


@pytest.mark.parametrize("role", [Role.BUREAU_EDITOR, Role.SCHOOL_EDITOR])
def test_others_see_nothing(client, school, role):
    client.force_login(
        make_bureau_user(role) if role == Role.BUREAU_EDITOR else make_school_user(school, role)
    )
    assert client.get(reverse("schools_modeladmin_index")).status_code == 302
    assert {client.get(screen(name, school)).status_code for name in SCREENS} == {302}
    assert reverse("schools_modeladmin_index") not in client.get("/admin/").content.decode()


def test_nobody_deletes_a_school(client, school, admin):
    client.post(screen("delete", school))
    assert School.objects.filter(pk=school.pk).exists()


def test_the_administrator_makes_and_edits_schools(client, admin):
    client.post(reverse("schools_modeladmin_create"), {**RECORD, "code": "xq-07"})
    school = School.objects.get(code="xq-07")
    assert school.page.title == "新校"
    client.post(screen("edit", school), {**RECORD, "name": "改名校", "boarding": "on"})
    school.refresh_from_db()
    assert (school.name, school.boarding, school.code) == ("改名校", True, "xq-07")


def test_a_fault_stands_at_its_field_and_what_was_typed_stays(client, admin):
    response = client.post(reverse("schools_modeladmin_create"), {**RECORD, "code": "XQ 7", "township": ""})
    assert set(response.context["form"].errors) == {"code", "township"}
    assert "新校" in response.content.decode()


def test_the_administrator_closes_merges_and_reopens(client, school, other, admin):
    client.post(reverse("cms_school_merge", args=[school.pk]), {"successor": other.pk, "day": "2026-09-01"})
    school.refresh_from_db()
    assert (school.status, school.merged_into) == (SchoolStatus.MERGED, other)
    assert "外校" in client.get(screen("inspect", school)).content.decode()
    client.post(reverse("cms_school_reopen", args=[school.pk]))
    client.post(reverse("cms_school_close", args=[school.pk]), {"day": "2026-09-02", "note": "撤并"})
    school.refresh_from_db()
    assert (school.status, school.closing_note) == (SchoolStatus.CLOSED, "撤并")


def test_filters_and_search_narrow_the_list(client, admin):
    make_school(name="河东小学", township="河东镇", stage="primary", boarding=True)
    make_school(name="城关初中", township="城关镇", stage="junior")
    for query, seen in (
        ({"township": "河东镇"}, "河东小学"),
        ({"stage__exact": "junior"}, "城关初中"),
        ({"boarding__exact": "1"}, "河东小学"),
        ({"q": "城关初"}, "城关初中"),
    ):
        response = client.get(reverse("schools_modeladmin_index"), query)
        assert [school.name for school in response.context["object_list"]] == [seen]


def test_the_list_takes_the_same_queries_for_many_schools(client, admin, django_assert_max_num_queries):
    make_school()
    client.get(reverse("schools_modeladmin_index"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("schools_modeladmin_index"))
    for _number in range(4):
        make_school()
    with django_assert_max_num_queries(len(few)):
        client.get(reverse("schools_modeladmin_index"))
    assert len(few) <= 20
