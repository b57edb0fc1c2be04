"""An index of its own on each engine, two schools with their people, and a form of which some answers are found."""

import os
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from uuid import uuid4

import pytest

from cms.people.models import Role
from cms.service import tokens_of_reader
from search.outbox import drain
from search.service import Query, current_engine
from tests.factories import make_bureau_user, make_school, make_school_user, make_user
from tests.factories.forms import make_version, one_step, question
from tests.factories.registers import make_register

URL = os.environ.get("ELASTICSEARCH_URL", "")
CHILD = [
    {"name": "child", "label": "姓名", "type": "name", "role": "name", "required": True, "searchable": True},
    {"name": "id_number", "label": "身份证号", "type": "id_number", "role": "id_number", "sensitive": True},
    {"name": "phone", "label": "监护人电话", "type": "phone", "sensitive": True},
    {"name": "class", "label": "班级", "searchable": True},
    {"name": "hobby", "label": "爱好"},
]
VISIT = (
    question("name", "who", saves_to="child", searchable=True),
    question("id_number", "card", saves_to="id_number", sensitive=True),
    question("long_text", "talk", searchable=True),
    question("text", "aside"),
)


@pytest.fixture(params=["embedded", *(["elasticsearch"] if URL else [])])
def index(request, settings) -> Iterator:
    """The engine that the site uses; Elasticsearch too where the environment names one."""
    if request.param == "embedded":
        yield current_engine()
        return
    settings.ELASTICSEARCH_URL, settings.SEARCH_INDEX = URL, f"test-{uuid4().hex[:10]}"
    engine = current_engine()
    with engine.rebuild() as fresh:
        fresh.commit()
    yield engine
    engine.destroy()


@pytest.fixture
def found(index) -> Callable:
    """Ask as a person: the titles, or the ids with `ids=True`, of what holds all the words."""

    def ask(text: str, user, *, ids: bool = False, **fields) -> list[str]:
        while drain().changed:
            pass
        index.refresh()
        result = index.search(Query(text, access=tokens_of_reader(user), limit=200, **fields))
        hits = () if result.relaxed else result.hits
        return sorted(hit.object_id if ids else hit.title for hit in hits)

    return ask


@pytest.fixture
def people(db) -> SimpleNamespace:
    """Everybody whose rights differ."""
    school, other = make_school("甲小学"), make_school("乙小学")
    return SimpleNamespace(
        school=school,
        other=other,
        teacher=make_school_user(school, Role.CLASS_TEACHER),
        colleague=make_school_user(school, Role.CLASS_TEACHER),
        editor=make_school_user(school, Role.SCHOOL_EDITOR),
        head=make_school_user(school, Role.SCHOOL_HEAD),
        other_head=make_school_user(other, Role.SCHOOL_HEAD),
        other_teacher=make_school_user(other, Role.CLASS_TEACHER),
        bureau=make_bureau_user(Role.BUREAU_EDITOR),
        admin=make_bureau_user(Role.BUREAU_ADMIN),
        inspector=make_bureau_user(Role.INSPECTOR),
        nobody=make_user(),
    )


@pytest.fixture
def register(db):
    return make_register(CHILD)


@pytest.fixture
def archive(register):
    """A form that makes a child as soon as it is handed in."""
    about = {"register": register.name, "mode": "makes", "on": "submitted"}
    return make_version(one_step(*VISIT, about=about, title="儿童档案", summary="${who}（${aside}）"))


@pytest.fixture
def visit(register):
    """A form about a child."""
    about = {"register": register.name, "mode": "about", "on": "approved"}
    return make_version(one_step(*VISIT, about=about, title="家访记录"))
