"""`import_plans` prints what it found as JSON lines, makes drafts, and takes a batch back."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from cms.pages.models import PlanPage
from cms.plan_import.models import ImportBatch
from tests.cms.plan_import.samples import SCHOOL_PLAN, write
from tests.factories import make_plan, make_policy, make_school

pytestmark = pytest.mark.django_db
KEYS = {"title", "level", "school_year", "sections", "calendar", "warnings", "page"}
KEYS |= {"characters_in", "characters_kept"}


def run(*arguments: str) -> list[dict]:
    out = io.StringIO()
    call_command("import_plans", *map(str, arguments), "--json", stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.fixture
def file(tmp_path):
    return write(tmp_path, "plan.txt", SCHOOL_PLAN)


def test_a_plan_is_printed_with_every_key_and_a_last_line_names_the_batch(file):
    plan, last = run(file)
    assert set(plan) >= KEYS
    assert plan["sections"] == ["一、指导思想", "二、组织领导", "三、主要措施", "四、月份安排"]
    row = {"first_month": 9, "last_month": 9, "label": "九月：", "work": "摸清底数，建立台账。"}
    assert plan["calendar"][0] == row
    assert plan["characters_in"] == plan["characters_kept"]
    assert last["batch"] == ImportBatch.objects.get().pk


def test_the_page_is_a_draft_with_the_fields_of_the_plan(file):
    plan, _last = run(file)
    page = PlanPage.objects.get(pk=plan["page"])
    assert not page.live
    assert (page.level, page.school_year, page.term) == ("school", 2023, "autumn")
    assert [block.value["heading"] for block in page.sections] == plan["sections"]
    assert [block.value["first_month"] for block in page.calendar] == ["9", "10", "11", "12"]
    assert [block.value["names"] for block in page.leading_group] == ["王校长", "李明、赵芳", "各班班主任"]


def test_a_dry_run_writes_nothing(file):
    plan, last = run(file, "--dry-run")
    assert (plan["page"], last["batch"]) == (None, None)
    assert (PlanPage.objects.count(), ImportBatch.objects.count()) == (0, 0)


def test_plans_go_to_the_list_of_the_school(file):
    school = make_school(code="dongjie")
    plan, _last = run(file, "--school", "dongjie")
    assert PlanPage.objects.get(pk=plan["page"]).school == school


def test_without_a_school_plans_go_to_the_list_of_the_bureau(file):
    plan, _last = run(file)
    assert PlanPage.objects.get(pk=plan["page"]).school is None


def test_a_plan_that_names_a_known_school_goes_to_its_list(file):
    school = make_school(name="城关镇中心小学")
    plan, _last = run(file)
    assert plan["school"] == school.code
    assert PlanPage.objects.get(pk=plan["page"]).school == school


def test_a_plan_that_names_another_school_than_the_chosen_says_so(file):
    make_school(name="城关镇中心小学")
    other = make_school(name="西街小学")
    plan, _last = run(file, "--school", other.code)
    assert plan["school"] == other.code
    assert any("另一所学校" in warning for warning in plan["warnings"])


def test_documents_are_tied_to_the_policies_of_the_site(file):
    policy = make_policy(title="关于加强农村留守儿童关爱保护工作的意见")
    plan, _last = run(file)
    (block,) = PlanPage.objects.get(pk=plan["page"]).basis
    assert block.value["policy"].pk == policy.pk


def test_documents_are_tied_by_their_number(file):
    policy = make_policy(title="国务院意见", document_number="国发[2016]13号")
    plan, _last = run(file)
    (block,) = PlanPage.objects.get(pk=plan["page"]).basis
    assert block.value["policy"].pk == policy.pk


def test_a_bad_file_is_reported_and_the_rest_goes_on(tmp_path, file):
    write(tmp_path, "bad.docx", b"PK\x03\x04")
    write(tmp_path, "old.doc", b"text")
    lines = run(tmp_path)
    assert {line["file"] for line in lines if "error" in line} == {"bad.docx", "old.doc"}
    assert [line["title"] for line in lines if line.get("page")] == [SCHOOL_PLAN.splitlines()[0]]
    assert lines[-1]["errors"] == 2


def test_an_error_of_the_system_stops_nothing(tmp_path, monkeypatch):
    write(tmp_path, "a.txt", "班级工作计划\n爆炸的内容在这里出现。")
    write(tmp_path, "b.txt", SCHOOL_PLAN)
    from cms.plan_import import survey

    whole = survey.recognise

    def broken(part):
        if "爆炸" in part.lines[0].text:
            raise ZeroDivisionError
        return whole(part)

    monkeypatch.setattr(survey, "recognise", broken)
    lines = run(tmp_path)
    assert "系统出错" in lines[0]["error"]
    assert lines[1]["page"]


def test_a_plan_of_the_same_title_is_not_made_twice(file):
    first = run(file)[0]
    second = run(file)[0]
    assert second["page"] is None
    assert second["duplicate_of"] == first["page"]
    assert PlanPage.objects.count() == 1


def test_the_same_title_in_another_school_is_no_duplicate(file):
    make_plan(make_school(), title=SCHOOL_PLAN.splitlines()[0])
    assert run(file)[0]["page"]


def test_again_makes_a_second_one(file):
    run(file)
    assert run(file, "--again")[0]["page"]


def test_the_same_text_twice_in_a_batch_is_made_once(tmp_path):
    for name in ["a.txt", "b.txt"]:
        write(tmp_path, name, SCHOOL_PLAN)
    assert [bool(line["page"]) for line in run(tmp_path)[:2]] == [True, False]


def test_other_plans_of_the_same_title_get_a_number(tmp_path):
    for name, text in [("a.txt", "家访每月一次，做好记录。"), ("b.txt", "谈心每月一次，做好记录。")]:
        write(tmp_path, name, f"留守儿童工作计划\n{text}\n{text}")
    assert [line["title"] for line in run(tmp_path)[:2]] == ["留守儿童工作计划", "留守儿童工作计划（二）"]


def test_markup_in_a_text_stays_text(tmp_path):
    evil = "<script>alert(1)</script> & <b>粗</b>"
    write(tmp_path, "a.txt", f"班级工作计划\n{evil}\n一、措施\n{evil}\n二、要求\n{evil}")
    page = PlanPage.objects.get(pk=run(tmp_path)[0]["page"])
    assert "<script>" not in str(page.sections[0].value["body"].source)
    assert "&lt;script&gt;" in page.body[0].value.source


def test_undo_deletes_the_pages_of_the_batch(file):
    batch = run(file)[-1]["batch"]
    assert run("--undo", batch) == [{"batch": batch, "deleted": 1, "kept": []}]
    assert not PlanPage.objects.exists()


def test_undo_keeps_a_page_that_was_edited(file):
    plan, last = run(file)
    page = PlanPage.objects.get(pk=plan["page"])
    page.title = "改过的计划"
    page.save_revision()
    (result,) = run("--undo", last["batch"])
    assert result["deleted"] == 0
    assert result["kept"][0]["reason"] == "该页面已被修改。"


def test_undo_keeps_a_page_that_was_published(file):
    plan, last = run(file)
    PlanPage.objects.get(pk=plan["page"]).get_latest_revision().publish()
    (result,) = run("--undo", last["batch"])
    assert result["kept"][0]["reason"] == "该页面已发布。"


def test_a_batch_is_undone_once(file):
    batch = run(file)[-1]["batch"]
    run("--undo", batch)
    with pytest.raises(CommandError):
        run("--undo", batch)


@pytest.mark.parametrize("arguments", [["--undo", "999"], [], ["x.txt", "--school", "none"]])
def test_a_wrong_call_says_what_is_wrong(arguments):
    with pytest.raises(CommandError):
        run(*arguments)


def test_people_get_a_readable_table(file):
    out = io.StringIO()
    call_command("import_plans", file, "--dry-run", stdout=out)
    assert "月历" in out.getvalue()
    assert "找到 1 份计划" in out.getvalue()


def test_a_file_of_many_plans_asks_no_more_of_the_database(tmp_path, django_assert_max_num_queries):
    write(
        tmp_path, "a.txt", "\n".join(f"工作计划篇{number}\n{SCHOOL_PLAN}" for number in "一二三四五六七八九")
    )
    with django_assert_max_num_queries(4):
        assert len(run(tmp_path, "--dry-run")) == 10
