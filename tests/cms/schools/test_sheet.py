"""Schools in Excel: out, in, with a preview, all or nothing, and no formula either way."""

from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from cms.people.models import Role
from cms.schools.models import School
from cms.schools.sheet import COLUMNS, ImportSchools
from cms.sheets.columns import SheetError, SheetRow
from cms.sheets.reader import read_sheet
from tests.factories import make_bureau_user, make_school, make_school_user

pytestmark = pytest.mark.django_db
HEAD = ["学校代码", "名称", "学段", "乡镇", "寄宿制", "地址", "电话"]
GOOD = ["xq-01", "城关小学", "小学", "城关镇", "是", "解放路1号", "0700-1234567"]


def book(*rows: list, head: list | None = None) -> BytesIO:
    file, workbook = BytesIO(), Workbook()
    for row in [head or HEAD, *rows]:
        workbook.active.append(row)
    workbook.save(file)
    file.seek(0)
    return file


def upload(client, *rows: list):
    file = SimpleUploadedFile("schools.xlsx", book(*rows).read())
    return client.post(reverse("cms_school_import"), {"file": file})


@pytest.fixture
def admin(client):
    user = make_bureau_user(Role.BUREAU_ADMIN)
    client.force_login(user)
    return user


def test_a_preview_writes_nothing_and_confirming_it_imports_all(client, admin):
    response = upload(client, GOOD, ["xq-02", "河东小学", "小学", "河东镇", None, None, None])
    assert response.context["counts"] == {"new": 2, "changed": 0, "same": 0, "error": 0}
    assert not School.objects.exists()
    client.post(reverse("cms_school_import"), {"rows": response.context["payload"]})
    school = School.objects.get(code="xq-01")
    assert (school.name, school.stage, school.boarding, school.page.url) == (
        "城关小学", "primary", True, "/schools/xq-01/",
    )  # fmt: skip
    assert School.objects.get(code="xq-02").boarding is False


def test_importing_again_updates_by_code(client, admin):
    make_school(code="xq-01", name="旧名小学", phone="1")
    response = upload(client, GOOD)
    assert response.context["counts"]["changed"] == 1
    client.post(reverse("cms_school_import"), {"rows": response.context["payload"]})
    assert School.objects.get(code="xq-01").name == "城关小学"
    assert upload(client, GOOD).context["counts"]["same"] == 1


def test_a_column_that_the_file_lacks_stays_as_it_is(client, admin):
    make_school(code="xq-01", name="城关小学", phone="0700-1")
    file = SimpleUploadedFile("s.xlsx", book(GOOD[:4], head=HEAD[:4]).read())
    response = client.post(reverse("cms_school_import"), {"file": file})
    client.post(reverse("cms_school_import"), {"rows": response.context["payload"]})
    assert School.objects.get(code="xq-01").phone == "0700-1"


def test_faults_are_told_in_chinese_with_their_cell_and_nothing_is_imported(client, admin):
    make_school(code="xq-09", name="占用的名称")
    response = upload(
        client,
        GOOD,
        ["XQ 02", "河东小学", "大学", "", None, None, None],
        ["xq-01", "占用的名称", "小学", "城关镇", "也许", None, "=1+1"],
    )
    assert response.context["counts"]["error"] == 2
    assert response.context["payload"] == ""
    text = response.content.decode()
    for part in (
        "C3: “大学”不在可选范围内",
        "D3: 此格必填",
        "此代码在文件中出现了两次",
        "已有另一所学校使用此名称",
        "E4",
        "G4: 此格是公式",
    ):
        assert part in text
    assert School.objects.count() == 1


def test_a_fault_that_arises_after_the_preview_imports_nothing(client, admin):
    payload = upload(client, GOOD, ["xq-02", "河东小学", "小学", "河东镇", None, None, None]).context[
        "payload"
    ]
    make_school(code="xq-08", name="河东小学")
    response = client.post(reverse("cms_school_import"), {"rows": payload})
    assert response.context["counts"]["error"] == 1
    assert not School.objects.filter(code="xq-01").exists()


def test_a_preview_is_good_for_its_user_and_its_list_alone(client, admin):
    payload = upload(client, GOOD).context["payload"]
    client.post(reverse("cms_people_import"), {"rows": payload})
    client.force_login(make_bureau_user(Role.BUREAU_ADMIN))
    client.post(reverse("cms_school_import"), {"rows": payload})
    client.post(reverse("cms_school_import"), {"rows": payload[:-2] + "xx"})
    assert not School.objects.exists()


def test_only_the_bureau_administrator_imports(client):
    head = make_school_user(make_school(), Role.SCHOOL_HEAD)
    row = SheetRow(2, {"code": "xq-01", "name": "一", "stage": "primary", "township": "镇"})
    with pytest.raises(PermissionDenied):
        ImportSchools([row], user=head).execute()
    client.force_login(head)
    assert client.get(reverse("cms_school_import")).status_code == 302


def test_the_template_has_the_headings_and_explains_them(client, admin):
    response = client.get(reverse("cms_school_import"), {"template": "1"})
    workbook = load_workbook(BytesIO(response.content))
    heads = [cell.value.rstrip(" *") for cell in workbook.worksheets[0][1]]
    assert heads == HEAD
    assert [cell.value for cell in workbook.worksheets[1]["A"]][1:] == HEAD


def test_an_export_holds_the_filtered_schools_as_text_and_can_be_imported_again(client, admin):
    make_school(code="xq-01", name="=2+3", township="城关镇", boarding=True)
    make_school(code="xq-02", township="河东镇")
    response = client.get(reverse("schools_modeladmin_index"), {"export": "xlsx", "township": "城关镇"})
    sheet = load_workbook(BytesIO(response.content)).worksheets[0]
    assert [[c.value for c in row][:2] for row in sheet.iter_rows(min_row=2)] == [["xq-01", "=2+3"]]
    assert {c.data_type for row in sheet.iter_rows() for c in row if c.value is not None} == {"s"}


def test_an_honest_export_reads_back_the_same(client, admin):
    make_school(code="xq-01", boarding=True, phone="+86 700 1", address="")
    content = client.get(reverse("schools_modeladmin_index"), {"export": "xlsx"}).content
    response = client.post(reverse("cms_school_import"), {"file": SimpleUploadedFile("s.xlsx", content)})
    assert response.context["counts"] == {"new": 0, "changed": 0, "same": 1, "error": 0}


@pytest.mark.parametrize("content", [b"", b"name,code", b"PK\x03\x04 broken"])
def test_other_files_are_refused_with_the_reason(client, admin, content):
    response = client.post(reverse("cms_school_import"), {"file": SimpleUploadedFile("s.xlsx", content)})
    assert response.status_code == 200
    assert response.context["form"].errors["file"]


def test_a_file_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr("cms.sheets.reader.MAX_UNPACKED", 1000)
    with pytest.raises(SheetError):
        read_sheet(book(GOOD), COLUMNS)


def test_a_document_type_declaration_is_refused():
    import zipfile

    file, out = book(GOOD), BytesIO()
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(out, "w") as target:
        for part in source.namelist():
            content = source.read(part)
            if part.endswith("sheet1.xml"):
                content = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>' + content
            target.writestr(part, content)
    with pytest.raises(SheetError):
        read_sheet(out, COLUMNS)


def test_unknown_headings_are_told(client, admin):
    file = SimpleUploadedFile("s.xlsx", book([*GOOD, "x"], head=[*HEAD, "校训"]).read())
    response = client.post(reverse("cms_school_import"), {"file": file})
    assert response.context["ignored"] == "校训"
    assert response.context["counts"]["new"] == 1


def test_missing_headings_are_named():
    with pytest.raises(SheetError, match="学段"):
        read_sheet(book(["xq-01", "一"], head=["学校代码", "名称"]), COLUMNS)


def test_numbers_become_text_without_a_decimal_point():
    row = read_sheet(book([101, "一", "小学", "镇", 1, None, 13800001234.0]), COLUMNS)[0][0]
    assert (row.values["code"], row.values["phone"]) == ("101", "13800001234")


def test_planning_takes_the_same_queries_for_many_rows(django_assert_num_queries):
    from cms.schools.sheet import plan_schools

    values = {"name": "", "stage": "primary", "township": "镇"}
    rows = [SheetRow(n, {**values, "code": f"c{n}", "name": f"校{n}"}) for n in range(2, 40)]
    with django_assert_num_queries(1):
        plan_schools(rows)
