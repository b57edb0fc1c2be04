"""What a form writes to a register exists, once."""

import pytest

from forms.registers.models import Register
from tests.factories.forms import question
from tests.forms.definitions.checks.base import found, roster

pytestmark = pytest.mark.django_db
MAKES = {"register": "children", "mode": "makes"}


@pytest.fixture(autouse=True)
def children(db):
    properties = [
        {"name": "name", "label": "姓名", "type": "name", "role": "name"},
        {"name": "illness", "label": "病史", "type": "text", "sensitive": True},
    ]
    return Register.objects.create(name="children", title="儿童", record_name="儿童", properties=properties)


def test_a_register_that_is_not_there():
    assert found(
        question("text", "a"), about={"register": "homes", "mode": "about"}, check="register-unknown"
    )
    assert found(question("record", "a", register="homes"), check="register-unknown")
    assert not found(question("record", "a", register="children"), check="register-unknown")


def test_a_property_without_a_register():
    assert found(question("text", "a", saves_to="name"), check="writes-nowhere")


def test_a_property_that_the_register_does_not_have():
    (fault,) = found(question("text", "a", saves_to="height"), about=MAKES, check="property-unknown")
    assert "name" in fault.advice


def test_secrecy_of_question_and_property_agree():
    hidden = question("text", "a", saves_to="name", sensitive=True, purpose="x")
    assert found(hidden, about=MAKES, check="property-open")
    assert found(question("text", "a", saves_to="illness"), about=MAKES, check="property-sealed")


def test_a_property_is_written_once():
    first, second = question("name", "a", saves_to="name"), question("name", "b", saves_to="name")
    (fault,) = found(first, second, about=MAKES, check="written-twice")
    assert fault.is_error
    when = {"relevant": "true()"}
    (fault,) = found({**first, **when}, {**second, **when}, about=MAKES, check="written-twice")
    assert not fault.is_error


def test_many_answers_do_not_go_to_one_place():
    assert found(
        roster("r", question("name", "a", saves_to="name")), about=MAKES, check="written-from-roster"
    )


def test_a_record_has_a_name():
    assert found(question("text", "a"), about=MAKES, check="record-nameless")
    assert not found(question("name", "a", saves_to="name"), about=MAKES, check="record-nameless")
