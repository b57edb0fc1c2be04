"""A register of children, and forms that make a child and are about one."""

from __future__ import annotations

import pytest

from cms.service import Role
from tests.factories import make_school, make_school_user
from tests.factories.forms import make_version, one_step, question
from tests.factories.registers import make_register


@pytest.fixture
def register(db):
    return make_register()


@pytest.fixture
def school(db):
    return make_school()


@pytest.fixture
def other_school(db):
    return make_school()


@pytest.fixture
def head(school):
    return make_school_user(school, Role.SCHOOL_HEAD)


@pytest.fixture
def teacher(school):
    return make_school_user(school, Role.CLASS_TEACHER)


QUESTIONS = (
    question("name", "who", saves_to="child"),
    question("id_number", "card", saves_to="id_number", sensitive=True),
    question("phone", "tel", saves_to="phone", sensitive=True),
    question("text", "klass", saves_to="class"),
    question("long_text", "talk"),
    question("photo", "picture"),
)


@pytest.fixture
def archive(register):
    """A form that makes a child."""
    return make_version(one_step(*QUESTIONS, about={"register": register.name, "mode": "makes"}))


@pytest.fixture
def visit(register):
    """A form about a child."""
    return make_version(one_step(*QUESTIONS, about={"register": register.name, "mode": "about"}))
