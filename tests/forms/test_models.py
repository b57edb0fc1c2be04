"""A version stays as it was published."""

import pytest
from django.core.exceptions import ValidationError

from tests.factories.forms import make_form, one_step, question

pytestmark = pytest.mark.django_db


def test_a_published_version_does_not_change():
    version = make_form(one_step(question("text", "a"))).live
    version.content = one_step(question("text", "b"))
    with pytest.raises(ValidationError):
        version.save()


def test_the_same_document_again_makes_no_new_version():
    from forms.definitions.actions import PublishForm

    form = make_form(one_step(question("text", "a")))
    again = PublishForm(form, one_step(question("text", "a"))).execute()
    assert again == form.live
    assert form.versions.count() == 1
