"""The published JSON Schema is that of the code."""

import json

from forms.definitions.document import json_schema
from xinqiao.settings.env import ROOT


def test_the_published_schema_is_current():
    kept = json.loads((ROOT / "docs/api/form.schema.json").read_text())
    assert kept == json_schema(), "run: make form-schema"


def test_the_schema_names_every_type_of_question_and_refuses_unknown_settings():
    from forms.definitions.questions import QUESTION_TYPES

    definitions = json_schema()["$defs"]
    for kind, cls in QUESTION_TYPES.items():
        assert definitions[cls.__name__]["properties"]["type"]["const"] == kind
        assert definitions[cls.__name__]["additionalProperties"] is False
