"""A form with errors is not published; what is doubtful is told and published."""

import pytest

from forms.definitions.actions import FaultyFormError, PublishForm
from tests.factories.forms import make_form, one_step, question

pytestmark = pytest.mark.django_db


def test_errors_refuse_and_name_the_question():
    form = make_form()
    with pytest.raises(FaultyFormError) as refused:
        PublishForm(form, one_step(question("text", "a"), question("text", "a"))).execute()
    assert "步骤“第一步”的题目“题目a”" in refused.value.messages[0]
    assert refused.value.faults[0].check == "name-twice"
    form.refresh_from_db()
    assert form.live is None


def test_warnings_are_told_and_publish():
    publish = PublishForm(make_form(), one_step(question("id_number", "a")))
    assert publish.execute().number == 1
    assert [one.check for one in publish.warnings] == ["not-sensitive"]


def test_a_public_form_shows_no_sensitive_answer():
    secret = question("text", "a", sensitive=True, purpose="x")
    note = {"type": "note", "name": "n", "label": "${a}"}
    assert PublishForm(make_form(), one_step(secret, note)).execute()
    with pytest.raises(FaultyFormError):
        PublishForm(make_form(audience="public"), one_step(secret, note)).execute()
