"""The screens: upload, preview, confirm, undo; fenced by school."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cms.pages.models import PlanPage
from cms.people.models import Role
from cms.plan_import.actions import StartImport
from cms.plan_import.hooks import import_menu_item
from cms.plan_import.models import BatchState, ImportBatch, ImportedPlan
from cms.plan_import.running import RunBatch
from tests.cms.plan_import.samples import SCHOOL_PLAN, zip_bytes
from tests.factories import make_bureau_user, make_school, make_school_user

pytestmark = pytest.mark.django_db
START = "/admin/plan-import/"


@pytest.fixture
def school():
    return make_school()


@pytest.fixture
def editor(school, client):
    user = make_school_user(school)
    client.force_login(user)
    return user


def upload(client, school, *files):
    files = files or [("plan.txt", SCHOOL_PLAN.encode())]
    uploads = [SimpleUploadedFile(name, data) for name, data in files]
    return client.post(START, {"school": school.pk if school else "", "uploads": uploads})


def checked(user, school) -> ImportBatch:
    batch = StartImport(user, school, [("plan.txt", SCHOOL_PLAN.encode(), "")]).execute()
    RunBatch(batch).execute()
    return batch


def test_an_upload_leads_to_the_progress_of_its_batch(client, editor, school):
    response = upload(client, school)
    batch = ImportBatch.objects.get()
    assert response.url == f"{START}{batch.pk}/"
    page = client.get(response.url)
    assert "已读取 0 个文件，共 1 个" in page.content.decode()


def test_several_files_and_archives_are_one_batch(client, editor, school):
    archive = zip_bytes({"a.txt": SCHOOL_PLAN.encode(), "b.doc": b"x"})
    upload(client, school, ("all.zip", archive), ("c.txt", SCHOOL_PLAN.encode()))
    names = [file.name for file in ImportBatch.objects.get().files.all()]
    assert names == ["all.zip/a.txt", "all.zip/b.doc", "c.txt"]


def test_without_a_file_the_form_says_so(client, editor, school):
    response = client.post(START, {"school": school.pk})
    assert response.status_code == 422
    assert "请至少选择一个文件。" in response.content.decode()


def test_the_preview_shows_sections_calendar_and_warnings(client, editor, school):
    batch = checked(editor, school)
    text = client.get(reverse("cms_plan_import_batch", args=[batch.pk])).content.decode()
    for words in [
        "一、指导思想",
        "摸清底数，建立台账。",
        "2023—2024学年",
        "这是预览",
        "为选中的计划生成页面",
    ]:
        assert words in text


def test_a_refused_file_shows_its_reason(client, editor, school):
    batch = StartImport(editor, school, [("a.doc", b"x", "")]).execute()
    RunBatch(batch).execute()
    assert "另存为 .docx" in client.get(reverse("cms_plan_import_batch", args=[batch.pk])).content.decode()


def test_confirming_starts_the_making_of_pages(client, editor, school):
    batch = checked(editor, school)
    plan = ImportedPlan.objects.get()
    client.post(reverse("cms_plan_import_confirm", args=[batch.pk]), {"plan": [plan.pk]})
    batch.refresh_from_db()
    assert (batch.dry_run, batch.state) == (False, BatchState.WAITING)


def test_confirming_nothing_says_so(client, editor, school):
    batch = checked(editor, school)
    response = client.post(reverse("cms_plan_import_confirm", args=[batch.pk]), {"plan": ["x"]}, follow=True)
    assert "请至少选择一份计划。" in response.content.decode()


def test_undo_deletes_the_pages(client, editor, school):
    batch = checked(editor, school)
    client.post(
        reverse("cms_plan_import_confirm", args=[batch.pk]), {"plan": [ImportedPlan.objects.get().pk]}
    )
    batch.refresh_from_db()
    RunBatch(batch).execute()
    assert PlanPage.objects.count() == 1
    response = client.post(reverse("cms_plan_import_undo", args=[batch.pk]), follow=True)
    assert "已删除 1 个页面。" in response.content.decode()
    assert not PlanPage.objects.exists()


def test_an_imported_page_opens_in_the_editor(client, editor, school):
    batch = checked(editor, school)
    client.post(
        reverse("cms_plan_import_confirm", args=[batch.pk]), {"plan": [ImportedPlan.objects.get().pk]}
    )
    batch.refresh_from_db()
    RunBatch(batch).execute()
    response = client.get(reverse("wagtailadmin_pages:edit", args=[PlanPage.objects.get().pk]))
    assert response.status_code == 200
    assert json.dumps("摸清底数")[1:-1] in response.content.decode()


def test_the_state_is_told_as_json(client, editor, school):
    batch = checked(editor, school)
    answer = client.get(reverse("cms_plan_import_status", args=[batch.pk])).json()
    assert (answer["state"], answer["done"], answer["total"]) == ("done", 1, 1)


@pytest.mark.parametrize("name", ["batch", "status", "confirm", "undo"])
def test_a_batch_of_another_school_is_not_there(client, school, name):
    batch = checked(make_school_user(school), school)
    client.force_login(make_school_user(make_school()))
    address = reverse(f"cms_plan_import_{name}", args=[batch.pk])
    response = client.post(address) if name in ("confirm", "undo") else client.get(address)
    assert response.status_code == 404


def test_a_school_editor_is_offered_her_own_school_alone(client, editor, school):
    other = make_school()
    text = client.get(START).content.decode()
    assert school.name in text
    assert other.name not in text
    assert upload(client, other).status_code == 422


def test_the_bureau_imports_without_a_school(client):
    client.force_login(make_bureau_user())
    assert upload(client, None).status_code == 302


@pytest.mark.parametrize("role", [Role.CLASS_TEACHER, Role.INSPECTOR])
def test_others_do_not_come_in(client, school, role):
    user = make_bureau_user(role) if role == Role.INSPECTOR else make_school_user(school, role)
    client.force_login(user)
    assert client.get(START).status_code == 302


@pytest.mark.parametrize("role", [Role.SCHOOL_EDITOR, Role.SCHOOL_HEAD])
def test_the_menu_shows_the_import_to_whoever_may(rf, school, role):
    request = rf.get("/admin/")
    request.user = make_school_user(school, role)
    assert import_menu_item().is_shown(request)


def test_the_menu_hides_the_import_from_an_inspector(rf):
    request = rf.get("/admin/")
    request.user = make_bureau_user(Role.INSPECTOR)
    assert not import_menu_item().is_shown(request)


def test_the_history_asks_the_same_number_of_questions(client, editor, school, django_assert_max_num_queries):
    checked(editor, school)
    client.get(START)
    with django_assert_max_num_queries(40) as few:
        client.get(START)
    for _number in range(5):
        checked(editor, school)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(START)


def test_markup_in_an_imported_text_stays_text_on_the_screen(client, editor, school):
    text = "<script>alert(1)</script>工作计划\n一、<b>措施</b>\n内容内容内容。\n二、要求\n内容内容内容。"
    batch = StartImport(editor, school, [("<i>.txt", text.encode(), "")]).execute()
    RunBatch(batch).execute()
    page = client.get(reverse("cms_plan_import_batch", args=[batch.pk])).content.decode()
    assert "<script>alert(1)" not in page
    assert "<b>措施" not in page
    assert "<i>.txt" not in page
