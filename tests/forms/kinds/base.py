"""How the tests of kinds ask: what was typed, through the question's kind."""

from __future__ import annotations

from typing import Any

from forms.definitions.document import Document
from forms.kinds import kind_of
from tests.factories.forms import one_step, question

COLOURS = {
    "choices": [
        {"value": "red", "label": "红"},
        {"value": "blue", "label": "蓝"},
        {"value": "green", "label": "绿"},
    ]
}


class Asked:
    """A question of one type in a document."""

    def __init__(self, kind: str, **more: Any) -> None:
        if kind in ("choice", "choices", "ranking", "matrix", "scored"):
            more.setdefault("list", "colours")
        content = one_step(question(kind, "a", **more), lists={"colours": COLOURS})
        self.document = Document.model_validate(content)
        self.question = self.document.questions["a"].item
        self.kind = kind_of(self.question)

    def read(self, typed: Any) -> Any:
        return self.kind.parse(self.question, typed)

    def problems(self, typed: Any) -> list[str]:
        return self.kind.problems(self.question, self.read(typed), self.document)

    def shown(self, typed: Any) -> str:
        return self.kind.display(self.question, self.read(typed), self.document)

    def typed(self, typed: Any) -> Any:
        return self.kind.typed(self.question, self.read(typed))

    def seen(self, typed: Any) -> str:
        return self.kind.to_expression(self.question, self.read(typed))
