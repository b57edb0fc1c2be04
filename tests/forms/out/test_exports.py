"""An export holds what its person may see, nothing of which a spreadsheet could make a formula."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from openpyxl import load_workbook

from forms.definitions.actions import PublishForm
from forms.out.actions import AskForExport, RunExport, clean_exports
from forms.out.models import ExportJob
from forms.submissions.models import SubmissionState
from tests.factories import make_bureau_user, make_school, make_school_user
from tests.factories.forms import make_form, one_step, question
from tests.factories.submissions import make_submission

pytestmark = pytest.mark.django_db
ROSTER = {"type": "roster", "name": "g", "label": "监护人", "items": [question("name", "gn")]}


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.FORMS_FILES = tmp_path


def export(form, user, fmt="csv", **more) -> ExportJob:
    job = AskForExport(form, user, fmt, **more).execute()
    RunExport(job).execute()
    return job


def table(job: ExportJob) -> list[list[str]]:
    text = job.path.read_text("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:])))


def test_the_bureau_gets_every_school_and_a_school_its_own():
    one, two = make_school(), make_school()
    form = make_form(one_step(question("text", "a")))
    make_submission(form, {"a": "甲校"}, school=one)
    make_submission(form, {"a": "乙校"}, school=two)
    head = make_school_user(one, "school_head")
    assert [row[-1] for row in table(export(form, head))[1:]] == ["甲校"]
    assert [row[-1] for row in table(export(form, make_bureau_user("bureau_editor")))[1:]] == ["甲校", "乙校"]


def test_a_class_teacher_exports_nothing():
    with pytest.raises(PermissionDenied):
        AskForExport(
            make_form(one_step(question("text", "a"))), make_school_user(make_school(), "class_teacher")
        ).execute()


def test_a_choice_is_written_as_people_read_it():
    lists = {"l": {"choices": [{"value": "x", "label": "家访"}, {"value": "y", "label": "谈心"}]}}
    form = make_form(one_step(question("choices", "a", list="l"), question("date", "d"), lists=lists))
    make_submission(form, {"a": ["x", "y"], "d": "2026-09-01"})
    assert table(export(form, make_bureau_user("bureau_editor")))[1][-2:] == ["家访、谈心", "2026年9月1日"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1+2", "@SUM(A1)", "＝1"])
def test_a_text_never_becomes_a_formula(text: str):
    form = make_form(one_step(question("text", "a")))
    make_submission(form, {"a": text})
    assert table(export(form, make_bureau_user("bureau_editor")))[1][-1] == f"'{text}"


def test_a_number_keeps_its_minus():
    form = make_form(one_step(question("integer", "a")))
    make_submission(form, {"a": -5})
    assert table(export(form, make_bureau_user("bureau_editor")))[1][-1] == "-5"


def test_a_sensitive_answer_is_not_in_any_format():
    form = make_form(
        one_step(question("phone", "tel", sensitive=True, purpose="联系"), question("text", "a"))
    )
    make_submission(form, {"tel": "13812345678", "a": "好"})
    for fmt in ("csv", "jsonl", "xlsx"):
        job = export(form, make_bureau_user("bureau_editor"), fmt)
        content = job.path.read_bytes()
        if fmt == "xlsx":
            content = b"".join(
                zipfile.ZipFile(job.path).read(name) for name in zipfile.ZipFile(job.path).namelist()
            )
        assert b"13812345678" not in content
        assert b"sealed" not in content


def test_sensitive_answers_are_opened_for_a_reason():
    form = make_form(one_step(question("phone", "tel", sensitive=True, purpose="联系")))
    make_submission(form, {"tel": "13812345678"})
    admin = make_bureau_user("bureau_admin")
    job = export(form, admin, sensitive=True, reason="汇总上报")
    assert table(job)[1][-1] == "13812345678"
    with pytest.raises(ValidationError):
        AskForExport(form, admin, sensitive=True).execute()
    with pytest.raises(PermissionDenied):
        AskForExport(form, make_bureau_user("bureau_editor"), sensitive=True, reason="汇总").execute()


def test_a_question_that_only_an_old_version_had_keeps_its_column():
    form = make_form(one_step(question("text", "old"), question("text", "a")))
    make_submission(form, {"old": "旧", "a": "一"})
    PublishForm(form, one_step(question("text", "a"), question("text", "new"))).execute()
    make_submission(form, {"a": "二", "new": "新"})
    rows = table(export(form, make_bureau_user("bureau_editor")))
    assert rows[0][-3:] == ["题目a", "题目new", "题目old"]
    assert [row[-3:] for row in rows[1:]] == [["一", "", "旧"], ["二", "新", ""]]


def test_a_question_that_became_sensitive_is_left_out_of_old_submissions_too():
    form = make_form(one_step(question("text", "a"), question("text", "b")))
    make_submission(form, {"a": "秘密", "b": "公开"})
    PublishForm(
        form, one_step(question("text", "a", sensitive=True, purpose="联系"), question("text", "b"))
    ).execute()
    assert "秘密" not in export(form, make_bureau_user("bureau_editor")).path.read_text("utf-8")


def test_a_roster_is_a_table_of_its_own():
    form = make_form(one_step(question("text", "a"), ROSTER))
    made = make_submission(form, {"a": "一", "g": [{"gn": "张三"}, {"gn": "李四"}]})
    job = export(form, make_bureau_user("bureau_editor"), "xlsx")
    book = load_workbook(job.path)
    assert [sheet.title for sheet in book] == [form.title, "监护人"]
    rows = [list(row) for row in book["监护人"].iter_rows(min_row=2, values_only=True)]
    assert rows == [[made.receipt, "1", "张三"], [made.receipt, "2", "李四"]]


def test_several_tables_as_csv_come_in_an_archive():
    form = make_form(one_step(question("text", "a"), ROSTER))
    make_submission(form, {"a": "一", "g": [{"gn": "张三"}]})
    job = export(form, make_bureau_user("bureau_editor"))
    assert set(zipfile.ZipFile(job.path).namelist()) == {f"{form.title}.csv", "监护人.csv"}


def test_json_lines_keep_the_values_and_the_rosters():
    form = make_form(one_step(question("integer", "a"), ROSTER))
    make_submission(form, {"a": 3, "g": [{"gn": "张三"}]})
    job = export(form, make_bureau_user("bureau_editor"), "jsonl")
    assert json.loads(job.path.read_text())["answers"] == {"a": 3, "g": [{"gn": "张三"}]}


def test_what_was_withdrawn_is_left_out_unless_it_is_asked_for():
    form = make_form(one_step(question("text", "a")))
    make_submission(form, {"a": "一"}, state=SubmissionState.WITHDRAWN)
    user = make_bureau_user("bureau_editor")
    assert len(table(export(form, user))) == 1
    assert len(table(export(form, user, filters={"state": "withdrawn"}))) == 2


def test_reading_costs_one_query_for_a_batch(django_assert_num_queries):
    from forms.out.rows import read
    from forms.submissions.models import Submission

    form = make_form(one_step(question("text", "a")))
    for number in range(5):
        make_submission(form, {"a": str(number)})
    with django_assert_num_queries(1):
        assert len(list(read(Submission.objects.filter(form=form)))) == 5


def test_a_download_that_broke_off_goes_on(client):
    form = make_form(one_step(question("text", "a")))
    make_submission(form, {"a": "一"})
    user = make_bureau_user("bureau_editor")
    job = export(form, user)
    client.force_login(user)
    whole = b"".join(client.get(reverse("forms_export_file", args=[job.pk])).streaming_content)
    rest = client.get(reverse("forms_export_file", args=[job.pk]), headers={"range": "bytes=10-"})
    assert rest.status_code == 206
    assert b"".join(rest.streaming_content) == whole[10:]
    assert (
        client.get(reverse("forms_export_file", args=[job.pk]), headers={"range": "bytes=9999-"}).status_code
        == 416
    )


def test_an_export_is_there_for_nobody_else(client):
    form = make_form(one_step(question("text", "a")))
    job = export(form, make_bureau_user("bureau_editor"))
    client.force_login(make_bureau_user("bureau_admin"))
    for name in ("forms_export", "forms_export_status", "forms_export_file"):
        assert client.get(reverse(name, args=[job.pk])).status_code == 404


def test_a_file_is_deleted_after_a_week():
    from datetime import timedelta

    from django.utils import timezone

    job = export(make_form(one_step(question("text", "a"))), make_bureau_user("bureau_editor"))
    ExportJob.objects.update(created_at=timezone.now() - timedelta(days=8))
    clean_exports()
    assert not job.path.exists()


def test_an_export_is_asked_for_and_watched_on_its_pages(client):
    form = make_form(one_step(question("text", "a")))
    client.force_login(make_bureau_user("bureau_admin"))
    assert form.title in client.get(reverse("forms_exports")).content.decode()
    page = client.post(reverse("forms_export_start", args=[form.slug]), {"format": "csv", "sensitive": "on"})
    assert "请写明导出敏感信息的用途" in page.content.decode()
    page = client.post(reverse("forms_export_start", args=[form.slug]), {"format": "csv"}, follow=True)
    assert page.status_code == 200
    job = ExportJob.objects.get()
    RunExport(job).execute()
    assert "文件已生成" in client.get(reverse("forms_export", args=[job.pk])).content.decode()


def test_a_sheet_keeps_odd_signs_numbers_and_spaces():
    form = make_form(one_step(question("text", "a"), question("integer", "b"), question("long_text", "c")))
    make_submission(form, {"a": " <张 & 李> ", "b": -5, "c": "一\n二\x1f"})
    book = load_workbook(export(form, make_bureau_user("bureau_editor"), "xlsx").path)
    assert [cell.value for cell in book.worksheets[0][2]][-3:] == [" <张 & 李> ", -5, "一\n二_x001F_"]


def test_a_table_that_is_longer_than_a_sheet_goes_on_in_the_next(monkeypatch):
    monkeypatch.setattr("forms.out.workbook.SHEET_ROWS", 3)
    form = make_form(one_step(question("text", "a"), ROSTER))
    for place in range(3):
        make_submission(form, {"a": f"{place}", "g": [{"gn": "张三"}]})
    book = load_workbook(export(form, make_bureau_user("bureau_editor"), "xlsx").path)
    names = [form.title, f"{form.title} 2", "监护人", "监护人 2"]
    assert sorted(book.sheetnames) == sorted(names)
    assert [[row[0].row for row in book[name].iter_rows()][-1] for name in names] == [3, 2, 3, 2]
