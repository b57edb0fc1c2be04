"""Sections, people, facts: what a plan says is found, by general rules."""

import pytest

from tests.cms.plan_import.samples import SCHOOL_PLAN, headings, lost, plan_of, rows

TEXT = "认真学习上级文件精神，全面掌握每个学生的情况，做到有计划、有记录、有总结。"


def test_a_whole_plan_is_recognised():
    plan = plan_of(SCHOOL_PLAN)
    assert plan.title == "城关镇中心小学2023—2024学年度第一学期留守儿童关爱工作计划"
    assert (plan.level, plan.period.school_year, plan.period.term) == ("school", 2023, "autumn")
    assert headings(plan) == ["一、指导思想", "二、组织领导", "三、主要措施", "四、月份安排"]
    assert [(person.role, person.names) for person in plan.people] == [
        ("组长：", "王校长"), ("副组长：", "李明、赵芳"), ("成员：", "各班班主任"),
    ]  # fmt: skip
    assert [label for _first, _last, label in rows(plan)] == ["九月：", "十月：", "十一月：", "十二月："]
    assert plan.basis == ["《关于加强农村留守儿童关爱保护工作的意见》（国发〔2016〕13号）"]
    assert plan.day.isoformat() == "2023-09-01"
    assert lost(plan) == 0


@pytest.mark.parametrize(
    "numbers",
    [
        ["一、", "二、", "三、"],
        ["（一）", "（二）", "（三）"],
        ["1、", "2、", "3、"],
        ["１．", "２．", "３．"],
        ["第一部分 ", "第二部分 ", "第三部分 "], ["(1)", "(2)", "(3)"], ["", "", ""],
    ],
)  # fmt: skip
def test_sections_are_found_in_every_style_of_numbering(numbers):
    names = [
        f"{number}{name}" for number, name in zip(numbers, ["指导思想", "工作目标", "主要措施"], strict=True)
    ]
    plan = plan_of("东街小学工作计划\n" + "\n".join(f"{name}\n{TEXT}" for name in names))
    assert headings(plan) == [name.strip() for name in names]


def test_points_below_a_section_stay_in_it():
    plan = plan_of(
        f"东街小学工作计划\n一、措施\n（一）家访\n1、定期家访。\n2、做好记录。\n（二）谈心\n{TEXT}\n二、要求\n{TEXT}"
    )
    assert headings(plan) == ["一、措施", "二、要求"]
    assert [paragraph.lead for paragraph in plan.sections[0].paragraphs if paragraph.lead] == [
        "（一）家访",
        "（二）谈心",
    ]


def test_a_list_before_the_sections_is_no_section():
    plan = plan_of(
        f"东街小学工作计划\n1、建档率达100%；\n2、巩固率达100%；\n（一）建立档案\n{TEXT}\n（二）结对帮扶\n{TEXT}"
    )
    assert headings(plan) == ["（一）建立档案", "（二）结对帮扶"]
    assert len(plan.opening) == 2


def test_a_heading_in_the_same_line_is_parted_from_its_text():
    plan = plan_of(f"东街小学工作计划\n（一）建立档案。{TEXT}\n（二）结对帮扶。{TEXT}")
    assert headings(plan) == ["（一）建立档案。", "（二）结对帮扶。"]
    assert plan.sections[0].paragraphs[0].text == TEXT


def test_numbers_that_go_on_after_points_of_another_style_are_one_series():
    plan = plan_of(f"东街小学工作计划\n1、建立档案\n(一)登记\n{TEXT}\n(二)核对\n{TEXT}\n2、结对帮扶\n{TEXT}")
    assert headings(plan) == ["1、建立档案", "2、结对帮扶"]


def test_people_without_names_are_kept():
    plan = plan_of(f"东街小学工作计划\n{TEXT}\n组长：\n副组长：xxx\n成员：xxx xxx")
    assert [(person.role, person.names) for person in plan.people] == [
        ("组长：", ""),
        ("副组长：", "xxx"),
        ("成员：", "xxx xxx"),
    ]


def test_people_in_one_line_are_parted():
    plan = plan_of(f"东街小学工作计划\n{TEXT}\n组长：王明 副组长：李芳 成员：赵红、周亮")
    assert [(person.role, person.names) for person in plan.people] == [
        ("组长：", "王明"), ("副组长：", "李芳"), ("成员：", "赵红、周亮"),
    ]  # fmt: skip
    assert lost(plan) == 0


def test_one_person_in_charge_is_no_leading_group():
    plan = plan_of(f"东街小学工作计划\n{TEXT}\n负责人：王明\n{TEXT}")
    assert plan.people == []


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("为了我班的留守儿童，作为班主任，我制定本班计划。", "class"),
        ("结合我校实际，各班要认真落实。", "school"),
        ("我镇各村都要行动起来，全镇一盘棋。", "township"),
        ("全县各乡镇要高度重视，县教育局统一部署。", "county"),
        ("全市各县（区）要按市教育局要求落实。", "city"),
    ],
)
def test_the_level_follows_the_words_a_plan_has_for_itself(text, level):
    assert plan_of(f"关爱工作计划\n{text}\n{TEXT}").level == level


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("城关镇中心小学三年级二班留守儿童工作计划", "class"),
        ("心桥县城关镇中心小学留守儿童工作计划", "school"),
        ("心桥县城关镇留守儿童工作计划", "township"),
        ("心桥县留守儿童工作计划", "county"),
        ("汉江市留守儿童工作计划", "city"),
        ("全县学校安全工作计划", "county"),
    ],
)
def test_the_level_follows_the_title(title, level):
    assert plan_of(f"{title}\n{TEXT}\n{TEXT}").level == level


@pytest.mark.parametrize(
    ("title", "year", "term"),
    [
        ("东街小学2023-2024学年度第一学期工作计划", 2023, "autumn"),
        ("东街小学2023—2024学年第二学期工作计划", 2023, "spring"),
        ("东街小学２０２３～２０２４学年工作计划", 2023, ""),
        ("东街小学2023-24学年上学期工作计划", 2023, "autumn"),
        ("东街小学2024年春季工作计划", 2023, "spring"),
        ("东街小学2024年秋季学期工作计划", 2024, "autumn"),
        ("东街小学二〇二三—二〇二四学年工作计划", 2023, ""),
        ("东街小学2023学年工作计划", 2023, ""),
        ("东街小学2023年工作计划", 2023, ""),
        ("东街小学20xx年工作计划", None, ""),
        ("东街小学工作计划", None, ""),
    ],
)
def test_school_year_and_term_are_read(title, year, term):
    period = plan_of(f"{title}\n{TEXT}\n{TEXT}").period
    assert (period.school_year, period.term) == (year, term)


def test_a_placeholder_year_is_said():
    assert plan_of(f"20xx年工作计划\n{TEXT}\n{TEXT}").period.warning == "placeholder"


def test_books_are_no_basis():
    plan = plan_of(
        "东街小学工作计划\n诵读《弟子规》，按照《义务教育法》和《学校安全管理办法》执行。\n" + TEXT
    )
    assert plan.basis == ["《义务教育法》", "《学校安全管理办法》"]


def test_a_name_in_a_line_of_its_own_belongs_to_the_role_above():
    plan = plan_of(
        f"东街小学工作计划\n{TEXT}\n组  长：张建国（校长）\n副组长：李秀英\n王志强（主任）\n成  员：赵敏 钱进"
    )
    assert [(person.role, person.names) for person in plan.people] == [
        ("组长：", "张建国（校长）"), ("副组长：", "李秀英 王志强（主任）"), ("成员：", "赵敏 钱进"),
    ]  # fmt: skip
    assert lost(plan) == 0


def test_the_year_of_a_document_is_not_the_year_of_the_plan():
    plan = plan_of(f"东街小学工作计划\n根据《2019—2020学年第一学期工作要点》，制定本计划。\n{TEXT}")
    assert plan.period.school_year is None


def test_headings_in_brackets_open_sections():
    plan = plan_of(f"东街小学工作计划\n【指导思想】\n{TEXT}\n【工作目标】\n{TEXT}")
    assert headings(plan) == ["【指导思想】", "【工作目标】"]


def test_a_text_that_begins_with_a_heading_has_no_title():
    plan = plan_of(f"一、指导思想\n{TEXT}\n二、工作目标\n{TEXT}")
    assert (plan.title, headings(plan)) == ("", ["一、指导思想", "二、工作目标"])


def test_a_list_of_enclosures_opens_no_section():
    plan = plan_of(f"东街小学工作计划\n一、措施\n{TEXT}\n附件：1.登记表\n2.记录表\n东街小学\n2023年2月20日")
    assert headings(plan) == ["一、措施"]
    assert plan.sections[0].paragraphs[2].lead == ""
