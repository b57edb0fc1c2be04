"""Two schools, their people, and a form of a few questions."""

from types import SimpleNamespace

import pytest

from cms.people.models import Role
from tests.factories.forms import make_version, one_step, question
from tests.factories.people import make_bureau_user, make_school, make_school_user, make_user

ANSWERS = {"child": "王小明", "grade": 3, "card": "110101201501011237", "talk": "谈了学习"}


def visit_form() -> dict:
    """A form with a sensitive answer, searchable ones, and one that is asked only of some."""
    return one_step(
        question("name", "child", required=True, searchable=True, label="儿童姓名"),
        question("integer", "grade", required=True, searchable=True, label="年级"),
        question("text", "card", sensitive=True, label="证件号码", purpose="核对身份"),
        question("date", "met_on", searchable=True, label="见面日期"),
        question("yes_no", "ill", label="是否生病"),
        question("text", "illness", relevant="${ill} = 'yes'", required=True, searchable=True, label="什么病"),
        question("long_text", "talk", label="谈话内容"),
        {
            "type": "roster", "name": "guardians", "label": "监护人", "item_name": "监护人",
            "item_label": "${guardian}",
            "items": [
                question("name", "guardian", label="监护人姓名"),
                question("phone", "tel", sensitive=True, label="电话", purpose="联系监护人"),
            ],
        },
        title="家访记录",
        summary="${child} ${grade}年级",
    )  # fmt: skip


@pytest.fixture
def people(db) -> SimpleNamespace:
    """Everybody who may come near a submission of school A's teacher."""
    school, other = make_school("甲小学"), make_school("乙小学")
    return SimpleNamespace(
        school=school,
        other=other,
        teacher=make_school_user(school, Role.CLASS_TEACHER, name="赵老师", email="teacher@school.test"),
        colleague=make_school_user(school, Role.CLASS_TEACHER, name="钱老师"),
        editor=make_school_user(school, Role.SCHOOL_EDITOR, name="孙编辑"),
        head=make_school_user(school, Role.SCHOOL_HEAD, name="李校长", email="head@school.test"),
        other_head=make_school_user(other, Role.SCHOOL_HEAD, name="周校长"),
        bureau_editor=make_bureau_user(Role.BUREAU_EDITOR, name="吴编辑", email="bureau@edu.test"),
        bureau_admin=make_bureau_user(Role.BUREAU_ADMIN, name="郑管理员"),
        inspector=make_bureau_user(Role.INSPECTOR, name="王督学"),
        nobody=make_user("冯路人"),
    )


@pytest.fixture
def version(db):
    return make_version(visit_form())
