"""Every page type is edited through the moderated form."""

import pytest
from wagtail.models import get_page_models

from cms.moderation.forms import ModeratedPageForm
from cms.pages.models import BasePage


@pytest.mark.parametrize("model", [m for m in get_page_models() if m is not BasePage])
def test_a_page_types_form_checks_submissions(model):
    assert issubclass(model.get_edit_handler().get_form_class(), ModeratedPageForm)
