"""The browser runs a form as the server does."""

import json

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from forms.definitions.document import Document
from forms.run.engines import browser, python
from forms.run.engines.result import EngineMissingError
from tests.forms.run.test_form_run import ANSWERS, EXPECTED, FORM
from tests.forms.run.walks import walks

# Playwright keeps an event loop in the thread of the test; the database is asked for nothing meanwhile.
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def asked(document, sets):
    try:
        return browser.results(document, sets)
    except EngineMissingError as error:
        pytest.skip(str(error))


def test_the_browser_gives_the_same_json():
    assert asked(Document.model_validate(FORM), [ANSWERS]) == [EXPECTED]


@given(walks(sets=8))
@settings(max_examples=6, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
def test_the_browser_agrees_on_random_forms_and_answers(walk):
    content, sets = walk
    document = Document.model_validate(content)
    assert json.loads(json.dumps(python.results(document, sets))) == asked(document, sets)
