"""A class teacher with her children, and forms about them."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from cms.service import Role
from tests.factories import make_school, make_school_user
from tests.factories.forms import make_version, one_step, question
from tests.factories.registers import make_record, make_register


@pytest.fixture
def desk(db) -> SimpleNamespace:
    """The teacher, a colleague, their school's head; a register with a form that makes a child and one about it."""
    school, register = make_school("甲小学"), make_register()
    teacher = make_school_user(school, Role.CLASS_TEACHER, name="赵老师")
    about = {"register": register.name}
    return SimpleNamespace(
        school=school,
        register=register,
        teacher=teacher,
        colleague=make_school_user(school, Role.CLASS_TEACHER, name="钱老师"),
        head=make_school_user(school, Role.SCHOOL_HEAD, name="李校长"),
        child=make_record(
            register,
            school,
            teacher,
            child="王小明",
            id_number="359999201603120016",
            **{"class": "三年级（2）班"},
        ),
        visit=make_version(
            one_step(
                question("long_text", "talk", label="谈话"),
                about={**about, "mode": "about"},
                title="家访记录",
            )
        ),
        archive=make_version(
            one_step(
                question("name", "who", saves_to="child"), about={**about, "mode": "makes"}, title="新建档案"
            )
        ),
    )
