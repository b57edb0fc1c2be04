"""Tables of Word documents become calendars and lists of people; others stay readable."""

import pytest

from cms.plan_import.fields import page_fields
from cms.plan_import.readers import read_document
from cms.plan_import.recognise.plan import recognise
from cms.plan_import.recognise.splitting import split_plans
from tests.cms.plan_import.samples import docx_bytes, lost, rows

TEXT = "认真学习上级文件精神，全面掌握每个学生的情况，做到有计划、有记录、有总结。"


def plan_with(*table: tuple[str, ...], merge: tuple[int, int] | None = None):
    """A plan of a Word document that has this table; `merge` joins the first cells of two rows."""

    def fill(document):
        document.add_paragraph("东街小学工作计划")
        document.add_paragraph(TEXT)
        made = document.add_table(len(table), len(table[0]))
        for row, texts in zip(made.rows, table, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        if merge:
            made.cell(merge[0], 0).merge(made.cell(merge[1], 0))

    (part,) = split_plans(read_document("plan.docx", docx_bytes(fill)).lines)
    plan = recognise(part)
    assert lost(plan) == 0
    return plan


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ([("月份", "工作内容"), ("九月", "家访"), ("十月", "谈心")], [(9, 9, "九月"), (10, 10, "十月")]),
        ([("月份", "工作内容"), ("9", "家访"), ("10-11", "谈心")], [(9, 9, "9"), (10, 11, "10-11")]),
        ([("序号", "时间", "内容"), ("1", "9月", "家访"), ("2", "10月", "谈心")], [(9, 9, "9月"), (10, 10, "10月")]),
        ([("周次", "工作"), ("1-2", "家访"), ("第6周", "谈心")], [(9, 9, "1-2"), (10, 10, "第6周")]),
        ([("三月", "家访"), ("四月", "谈心")], [(3, 3, "三月"), (4, 4, "四月")]),
    ],
)  # fmt: skip
def test_a_table_of_times_is_the_calendar(table, expected):
    assert rows(plan_with(*table)) == expected


def test_further_columns_say_what_they_are():
    plan = plan_with(("月份", "工作", "负责人"), ("九月", "家访", "王明"), ("十月", "谈心", "李芳"))
    assert plan.calendar[0].work == "家访\n负责人：王明"


def test_a_month_over_several_rows_is_one_row():
    plan = plan_with(("月份", "工作"), ("九月", "家访"), ("", "建档"), ("十月", "谈心"), merge=(1, 2))
    assert [row.work for row in plan.calendar] == ["家访\n建档", "谈心"]


def test_a_table_of_roles_is_the_leading_group():
    plan = plan_with(("职务", "姓名"), ("组长", "王明"), ("副组长", "李芳"), ("成员", "赵红"))
    assert [(person.role, person.names) for person in plan.people] == [
        ("组长", "王明"), ("副组长", "李芳"), ("成员", "赵红"),
    ]  # fmt: skip


def test_another_table_outside_of_sections_stays_a_table():
    plan = plan_with(("班级", "人数"), ("一班", "12"))
    kinds = [kind for kind, _value in page_fields(plan, {})["body"]]
    assert kinds == ["text", "table"]
