"""Records from Excel and back into Excel."""

from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from cms.service import Role, SheetRow
from cms.sheets import writer
from forms.registers import sheet
from forms.registers.actions import EditRecord
from forms.registers.actions.imports import ImportRecords, UndoImport
from forms.registers.models import Record, RecordImport
from forms.registers.sheet import RecordPlanner
from forms.registers.versions import facts_now
from forms.sealing.models import RevealLog
from tests.factories import make_school_user
from tests.factories.registers import make_filing, make_record

pytestmark = pytest.mark.django_db
ID = "11010519491231002X"


def row(number=2, **values):
    return SheetRow(number, dict(values))


def bring(register, school, user, *rows):
    return ImportRecords(register, [school], list(rows), user, "名单.xlsx").execute()


def test_rows_make_records_and_update_known_ones(register, school, head):
    known = make_record(register, school, child="王一", id_number=ID, **{"class": "一班"})
    bring(
        register,
        school,
        head,
        row(child="王一", id_number=ID, **{"class": "二班"}),
        row(3, child="李二", sex="male"),
    )
    assert facts_now(Record.objects.get(pk=known.pk))["class"] == "二班"
    assert Record.objects.count() == 2


def test_a_row_with_a_fault_stops_all_and_is_named(register, school, head):
    plans = RecordPlanner(register, [school], head).plan(
        [row(child="王一"), row(3, child="李二", id_number="12")]
    )
    assert [plan.kind for plan in plans] == ["new", "error"]
    assert "id_number" in plans[1].row.errors
    with pytest.raises(ValidationError):
        bring(register, school, head, row(child="王一"), row(3, child="李二", id_number="12"))
    assert not Record.objects.exists()


def test_the_same_number_twice_in_one_file_is_a_fault(register, school, head):
    plans = RecordPlanner(register, [school], head).plan(
        [row(child="王一", id_number=ID), row(3, child="王二", id_number=ID)]
    )
    assert [plan.kind for plan in plans] == ["new", "error"]


def test_another_school_s_child_is_not_imported_but_asked_for(register, school, other_school, head):
    make_record(register, other_school, child="金丝雀", id_number=ID)
    plan = RecordPlanner(register, [school], head).plan([row(child="王一", id_number=ID)])[0]
    assert plan.kind == "error"
    assert "金丝雀" not in str(plan.row.errors)


def test_possible_duplicates_are_named_in_the_preview(register, school, head):
    make_record(register, school, child="曾晓敏", born="2015-03-01")
    plan = RecordPlanner(register, [school], head).plan([row(child="曾小敏", born="2015年3月1日")])[0]
    assert plan.kind == "new"
    assert "曾晓敏" in plan.like[0]


def test_another_school_s_editor_imports_nothing_here(register, school, other_school):
    with pytest.raises(PermissionDenied):
        bring(register, school, make_school_user(other_school, Role.SCHOOL_EDITOR), row(child="王一"))


def test_undoing_takes_back_what_nobody_touched_since_and_names_the_rest(register, school, head, visit):
    known = make_record(register, school, child="王一", id_number=ID, **{"class": "一班"})
    batch = bring(
        register, school, head, row(child="王一", id_number=ID, **{"class": "二班"}),
        row(3, child="李二"), row(4, child="赵三"), row(5, child="钱四"),
    )  # fmt: skip
    edited, used = Record.objects.get(label="赵三"), Record.objects.get(label="钱四")
    EditRecord(edited, {"child": "赵三三"}, 1, head).execute()
    make_filing(visit, {"talk": "x"}, school, head, subject=used)
    undo = UndoImport(batch, head)
    undo.execute()
    assert {record.pk for record, _reason in undo.kept} == {edited.pk, used.pk}
    assert all(reason for _record, reason in undo.kept)
    assert facts_now(Record.objects.get(pk=known.pk))["class"] == "一班"
    assert sorted(Record.objects.values_list("label", flat=True)) == sorted(["王一", "赵三三", "钱四"])
    with pytest.raises(ValidationError):
        UndoImport(batch, head).execute()


def workbook(*rows):
    book = Workbook()
    for cells in rows:
        book.active.append(cells)
    file = BytesIO()
    book.save(file)
    return SimpleUploadedFile("名单.xlsx", file.getvalue())


def test_the_template_has_the_register_s_columns_and_lists_to_choose_from(client, register, school, head):
    client.force_login(head)
    answer = client.get(reverse("forms_records_import", args=[register.pk]), {"template": "1"})
    book = load_workbook(BytesIO(answer.content))
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]][:3] == ["姓名 *", "身份证号", "出生日期"]
    lists = " ".join(rule.formula1 for rule in sheet.data_validations.dataValidation)
    assert "双亲外出" in lists


def test_a_file_is_looked_at_first_and_what_is_sensitive_is_masked_and_sealed_in_the_page(
    client, register, school, head
):
    client.force_login(head)
    address = reverse("forms_records_import", args=[register.pk])
    file = workbook(["姓名", "身份证号", "家庭情况"], ["王一", ID, "双亲外出"])
    page = client.post(address, {"file": file})
    text = page.content.decode()
    assert ID not in text
    assert "110***********002X" in text
    assert not Record.objects.exists()
    payload = page.context["payload"]
    answer = client.post(address, {"rows": payload})
    assert answer.status_code == 302
    assert facts_now(Record.objects.get()) == {"child": "王一", "id_number": ID, "home": "both"}
    batch = RecordImport.objects.get()
    assert "王一" in client.get(answer["location"]).content.decode()
    client.post(reverse("forms_import_undo", args=[batch.pk]))
    assert not Record.objects.exists()


def test_a_preview_of_one_person_is_nobody_else_s(client, register, school, head):
    client.force_login(head)
    address = reverse("forms_records_import", args=[register.pk])
    page = client.post(address, {"file": workbook(["姓名"], ["王一"])})
    client.force_login(make_school_user(school, Role.SCHOOL_HEAD))
    client.post(address, {"rows": page.context["payload"]})
    assert not Record.objects.exists()


def cells(answer):
    sheet = load_workbook(BytesIO(answer.getvalue())).worksheets[0]
    return [[cell.value for cell in line] for line in sheet.iter_rows()]


def test_an_export_masks_what_is_sensitive_and_is_logged(client, register, school, other_school, head):
    make_record(register, school, child="=cmd()", id_number=ID)
    make_record(register, other_school, child="金丝雀")
    client.force_login(head)
    rows = cells(client.post(f"{reverse('forms_records_export')}?register={register.pk}"))
    assert len(rows) == 2
    assert "=cmd()" in rows[1]
    assert "110***********002X" in rows[1]
    assert RevealLog.objects.get().thing == "export"


def test_an_export_holds_all_records_however_few_are_read_or_written_at_a_time(
    client, register, school, head, monkeypatch
):
    monkeypatch.setattr(sheet, "BATCH", 2)
    monkeypatch.setattr(writer, "SHEET_ROWS", 2)
    names = ["王一", "王二", "王三", "王四", "王五"]
    for name in names:
        make_record(register, school, child=name)
    client.force_login(head)
    answer = client.post(f"{reverse('forms_records_export')}?register={register.pk}")
    *lists, guide = load_workbook(BytesIO(answer.getvalue())).worksheets
    found = [line[1].value for one in lists for line in one.iter_rows(min_row=2)]
    assert sorted(filter(None, found)) == sorted(names)
    assert len(lists) == 3
    assert guide.title == "填写说明"


def test_a_full_export_needs_the_right_and_a_reason(client, register, school, head):
    make_record(register, school, child="王一", id_number=ID)
    address = f"{reverse('forms_records_export')}?register={register.pk}"
    client.force_login(make_school_user(school, Role.SCHOOL_EDITOR))
    assert client.post(address, {"open_sensitive": "on", "reason": "上报"}).status_code == 200
    assert not RevealLog.objects.exists()
    client.force_login(head)
    client.post(address, {"open_sensitive": "on", "reason": ""})
    assert not RevealLog.objects.exists()
    assert ID in cells(client.post(address, {"open_sensitive": "on", "reason": "上报"}))[1]
    assert RevealLog.objects.get().reason == "上报"
