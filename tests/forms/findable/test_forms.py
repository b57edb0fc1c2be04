"""Forms are found by the people they are for, by the words of what is offered."""

import pytest
from django.contrib.auth.models import AnonymousUser

from forms.definitions.actions import DeleteForm, PublishForm, SetFormState
from forms.definitions.models import Form
from tests.factories.forms import make_form, make_form_page, one_step, question

pytestmark = pytest.mark.django_db
CONTENT = one_step(question("text", "a", label="每月与家长联系几次"), title="亲情电话登记")
ONLY = {"kind": ["form"]}


def test_a_form_is_found_by_its_title_and_its_questions(people, found):
    make_form(CONTENT)
    for text in ("亲情电话", "与家长联系"):
        assert found(text, people.teacher, filters=ONLY) == ["亲情电话登记"]


def test_those_find_it_who_may_know_of_it(people, found):
    for school in (None, people.school, people.other):
        make_form(CONTENT, school=school)
    make_form()
    for name in ("teacher", "editor", "head", "other_head", "other_teacher", "bureau", "inspector", "nobody"):
        user = getattr(people, name)
        seen = sorted(str(pk) for pk in Form.objects.for_user(user).values_list("pk", flat=True))
        assert found("", user, ids=True, filters=ONLY) == seen, name
    assert found("", AnonymousUser(), filters=ONLY) == []


def test_publishing_again_replaces_the_words(people, found):
    form = make_form(CONTENT)
    assert found("联系几次", people.head, filters=ONLY)
    PublishForm(form, one_step(question("text", "a", label="别的问题"), title="亲情电话登记")).execute()
    assert found("联系几次", people.head, filters=ONLY) == []
    assert found("别的问题", people.head, filters=ONLY) == ["亲情电话登记"]


def test_what_is_only_being_worked_on_is_not_found(people, found):
    form = make_form()
    form.working = CONTENT
    form.save()
    assert found("联系几次", people.teacher, filters=ONLY) == []


def test_its_state_is_a_facet(people, found):
    form = make_form(CONTENT)
    SetFormState(form, "closed").execute()
    assert found("", people.head, filters=ONLY | {"status": ["closed"]}) == ["亲情电话登记"]


def test_a_deleted_form_is_gone(people, found):
    form = make_form(title="要删的表单")
    assert found("要删的表单", people.head)
    DeleteForm(form).execute()
    assert found("要删的表单", people.head) == []


def test_a_renamed_school_renames_the_facet(people, found):
    make_form(CONTENT, school=people.school)
    people.school.name = "新名小学"
    people.school.save()
    assert found("", people.head, filters=ONLY | {"school": ["新名小学"]}) == ["亲情电话登记"]


def test_the_page_of_a_public_form_is_found_by_everybody_and_the_form_by_staff(people, found):
    form = make_form(CONTENT, audience="public")
    page = make_form_page(form, title="亲情电话报名")
    assert found("亲情电话", AnonymousUser()) == ["亲情电话报名"]
    assert found("亲情电话", people.head) == ["亲情电话报名", "亲情电话登记"]
    page.unpublish()
    assert found("亲情电话", AnonymousUser()) == []
