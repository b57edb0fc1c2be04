"""The admin's screens for workbooks."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cms.people.models import Role
from forms.definitions.models import Form
from forms.xlsform.reading import read_workbook
from tests.factories.forms import make_form, one_step, question
from tests.factories.people import make_bureau_user, make_school, make_school_user
from tests.forms.xlsform.corpus import FOLDER

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/form-workbooks/import/"


@pytest.fixture
def editor(client):
    client.force_login(make_bureau_user())
    return client


def hand_in(client, file="tutorial.xls"):
    return client.post(ADDRESS, {"workbook": SimpleUploadedFile(file, (FOLDER / file).read_bytes())})


def preview_of(page):
    return re.search(r'name="preview" value="([^"]+)"', page.content.decode())[1]


def test_a_preview_lists_what_is_carried_and_what_is_not_and_writes_nothing(editor):
    page = hand_in(editor)
    text = page.content.decode()
    assert page.status_code == 200
    assert "What is your name?" in text or page.context["steps"]
    assert "tutorial notes" in text
    assert not Form.objects.exists()


def test_a_confirmed_preview_is_published(editor):
    page = editor.post(ADDRESS, {"preview": preview_of(hand_in(editor)), "slug": "lesson"}, follow=True)
    assert Form.objects.get(slug="lesson").live.number == 1
    assert "已发布" in page.content.decode()


def test_a_refused_workbook_says_why_and_where(editor):
    page = hand_in(editor, "not_closed_group_test.xls")
    assert page.status_code == 400
    assert "第 3 行" in page.content.decode()


@pytest.mark.parametrize("preview", ["", "forged", "eyJhIjoxfQ:1abc:xyz"])
def test_a_forged_preview_is_refused(editor, preview):
    page = editor.post(ADDRESS, {"preview": preview, "slug": "lesson"})
    assert page.status_code == 400
    assert not Form.objects.exists()


def test_a_school_publishes_for_itself_and_not_over_the_form_of_another(client):
    school, other = make_school(), make_school()
    make_form(one_step(question("text", "a")), slug="theirs", school=other)
    client.force_login(make_school_user(school, Role.SCHOOL_EDITOR))
    preview = preview_of(hand_in(client))
    assert (
        client.post(ADDRESS, {"preview": preview, "slug": "theirs", "school": school.pk}).status_code == 400
    )
    assert client.post(ADDRESS, {"preview": preview, "slug": "ours", "school": other.pk}).status_code == 400
    assert client.post(ADDRESS, {"preview": preview, "slug": "ours"}).status_code == 400
    client.post(ADDRESS, {"preview": preview, "slug": "ours", "school": school.pk})
    assert Form.objects.get(slug="ours").school == school


def test_a_teacher_imports_nothing(client):
    client.force_login(make_school_user(make_school(), Role.CLASS_TEACHER))
    assert client.get(ADDRESS).status_code in {302, 403}


def test_a_form_is_taken_out_as_a_workbook(editor):
    form = make_form(one_step(question("text", "a")))
    page = editor.get(reverse("forms_xlsform_export", args=[form.slug]))
    assert page["Content-Disposition"] == f'attachment; filename="{form.slug}-v1.xlsx"'
    assert read_workbook(page.content, "a.xlsx").document == form.live.document


def test_the_form_of_another_school_is_not_taken_out(client):
    form = make_form(one_step(question("text", "a")), school=make_school())
    client.force_login(make_school_user(make_school(), Role.SCHOOL_EDITOR))
    assert client.get(reverse("forms_xlsform_export", args=[form.slug])).status_code in {302, 403, 404}
