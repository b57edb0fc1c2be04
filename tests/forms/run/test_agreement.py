"""Random forms and answers: the server and JavaRosa come to the same, and nothing of the answers is changed.

The browser's part is in tests/journeys/test_form_run.py; `python -m bench.walks` goes further.
"""

import json
import os
from copy import deepcopy

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from forms.definitions.document import Document
from forms.javarosa import missing
from forms.run.engines import javarosa, python
from tests.factories.forms import make_version
from tests.forms.filling.people import make_teacher
from tests.forms.run.drafting import DraftWalk
from tests.forms.run.walks import walks

pytestmark = pytest.mark.django_db
BOUNDED = settings(
    max_examples=8, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)


@pytest.mark.once  # no database has a part in it
@given(walks())
@BOUNDED
def test_javarosa_agrees_on_path_relevance_values_and_errors(walk):
    if (lacking := missing()) and os.environ.get("CI") != "true":
        pytest.skip(lacking)
    content, sets = walk
    document = Document.model_validate(content)
    assert json.loads(json.dumps(python.results(document, sets))) == javarosa.results(document, sets)


@given(walks())
@settings(BOUNDED, max_examples=30)
def test_what_is_off_the_path_neither_counts_nor_is_wrong_and_no_answer_is_touched(walk):
    content, sets = walk
    before = deepcopy(sets)
    for result in python.results(Document.model_validate(content), sets):
        off = {place for place, relevant in result["relevant"].items() if not relevant}
        assert not off & {*result["values"], *result["errors"]}
    assert sets == before


@given(walks(sets=2))
@settings(BOUNDED, max_examples=6)
def test_a_draft_walked_back_and_forth_loses_nothing_and_hands_in_just_what_is_on_the_path(walk):
    content, (first, second) = walk
    draft = DraftWalk(make_version(content), make_teacher())
    handed_in = draft.go(first, second)
    assert handed_in == python.results(draft.document, [draft.plain()])[0]["values"]
