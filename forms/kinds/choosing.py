"""Choices, rankings and matrices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext as _

from forms.codes.lookup import choice_of, label_of
from forms.definitions.questions import Gender, Matrix, MultipleChoice, Ranking, Scored, SingleChoice, YesNo
from forms.kinds.base import Kind, raw_answer

if TYPE_CHECKING:
    from forms.definitions.document import Document


def unknown_choice() -> str:
    """Say that the value is not one of the choices."""
    return _("Please choose one of the answers offered.")


class ChoiceKind(Kind[SingleChoice | Scored]):
    """One of a list: the choice's value."""

    expression_type = "choice"

    def check(self, question: SingleChoice | Scored, value: Any, document: Document) -> list[str]:
        return [] if choice_of(document, question.list, value) else [unknown_choice()]

    def show(self, question: SingleChoice | Scored, value: Any, document: Document) -> str:
        return label_of(document, question.list, value)

    def schema(self, question: SingleChoice | Scored, document: Document) -> dict[str, Any]:
        return choice_schema(question.list, document)


def choice_schema(list_name: str, document: Document) -> dict[str, Any]:
    """Return the schema of one choice; a code list is named, not written out."""
    chosen = document.lists.get(list_name)
    if chosen is None or chosen.codes:
        return {"type": "string", "x-codes": chosen.codes if chosen else ""}
    return {
        "type": "string",
        "enum": [choice.value for choice in chosen.choices],
        "x-labels": [choice.label for choice in chosen.choices],
    }


class ChoicesKind(Kind[MultipleChoice]):
    """Several of a list: values in the order of the list."""

    expression_type = "choices"

    def parse(self, question: MultipleChoice, typed: Any) -> Any:
        values = _as_list(typed)
        if values is None:
            return raw_answer(typed)
        return list(dict.fromkeys(values)) or None

    def check(self, question: MultipleChoice, value: Any, document: Document) -> list[str]:
        if any(choice_of(document, question.list, one) is None for one in value):
            return [unknown_choice()]
        if len(value) < question.minimum:
            return [_("Please choose at least %(count)d.") % {"count": question.minimum}]
        if question.maximum and len(value) > question.maximum:
            return [_("Please choose at most %(count)d.") % {"count": question.maximum}]
        return []

    def to_expression(self, question: MultipleChoice, value: Any) -> str:
        return " ".join(value) if isinstance(value, list) else ""

    def show(self, question: MultipleChoice, value: Any, document: Document) -> str:
        return "、".join(label_of(document, question.list, one) for one in value)

    def typed(self, question: MultipleChoice, value: Any) -> Any:
        return value if isinstance(value, list) else []

    def schema(self, question: MultipleChoice, document: Document) -> dict[str, Any]:
        return {"type": "array", "items": choice_schema(question.list, document), "uniqueItems": True}


def _as_list(typed: Any) -> list[str] | None:
    """Return what was sent as a list of values: a list, or a text with spaces between; None when it is neither."""
    if typed is None:
        return []
    if isinstance(typed, str):
        return typed.split()
    if isinstance(typed, list | tuple) and all(isinstance(one, str) for one in typed):
        return [one for one in typed if one]
    return None


class RankingKind(Kind[Ranking]):
    """Choices in the person's order: each of the list's values once."""

    expression_type = "choices"

    def parse(self, question: Ranking, typed: Any) -> Any:
        values = _as_list(typed)
        return raw_answer(typed) if values is None else values or None

    def check(self, question: Ranking, value: Any, document: Document) -> list[str]:
        chosen = document.lists.get(question.list)
        wanted = {choice.value for choice in chosen.choices} if chosen else set()
        if len(set(value)) < len(value):
            return [_("Two choices have the same place.")]
        if not set(value) <= wanted:
            return [unknown_choice()]
        return [] if set(value) == wanted else [_("Please give each choice a place.")]

    def to_expression(self, question: Ranking, value: Any) -> str:
        return " ".join(value) if isinstance(value, list) else ""

    def show(self, question: Ranking, value: Any, document: Document) -> str:
        return " > ".join(label_of(document, question.list, one) for one in value)

    def typed(self, question: Ranking, value: Any) -> Any:
        return value if isinstance(value, list) else []

    def schema(self, question: Ranking, document: Document) -> dict[str, Any]:
        return {"type": "array", "items": choice_schema(question.list, document), "uniqueItems": True}


class MatrixKind(Kind[Matrix]):
    """Choices by row: {"row name": "value"}. What expressions see of it, they see by the rows' names."""

    expression_type = "none"

    def parse(self, question: Matrix, typed: Any) -> Any:
        if typed in (None, ""):
            return None
        if not isinstance(typed, dict) or not all(isinstance(one, str) for one in typed.values()):
            return raw_answer(typed)
        names = {row.name for row in question.rows}
        return {row: value for row, value in typed.items() if row in names and value} or None

    def check(self, question: Matrix, value: Any, document: Document) -> list[str]:
        known = all(choice_of(document, question.list, one) for one in value.values())
        return [] if known else [unknown_choice()]

    def to_expression(self, question: Matrix, value: Any) -> str:
        return ""

    def show(self, question: Matrix, value: Any, document: Document) -> str:
        return "；".join(
            f"{row.label}：{label_of(document, question.list, value[row.name])}"
            for row in question.rows
            if row.name in value
        )

    def typed(self, question: Matrix, value: Any) -> Any:
        return value if isinstance(value, dict) and set(value) != {"raw"} else {}

    def schema(self, question: Matrix, document: Document) -> dict[str, Any]:
        one = choice_schema(question.list, document)
        return {
            "type": "object",
            "properties": {row.name: one for row in question.rows},
            "additionalProperties": False,
        }


class _Fixed(Kind[Any]):
    """One of a few values that the type itself knows."""

    expression_type = "choice"
    values: ClassVar[frozenset[str]]

    def labels(self) -> dict[str, str]:
        """Return the values with their labels."""
        raise NotImplementedError

    def check(self, question: Any, value: Any, document: Document) -> list[str]:
        return [] if value in self.values else [unknown_choice()]

    def show(self, question: Any, value: Any, document: Document) -> str:
        return self.labels().get(value, value)

    def schema(self, question: Any, document: Document) -> dict[str, Any]:
        labels = self.labels()
        return {"type": "string", "enum": list(labels), "x-labels": list(labels.values())}


class YesNoKind(_Fixed):
    """ "yes" or "no"."""

    values = frozenset({"yes", "no"})

    def read(self, question: YesNo, typed: Any) -> Any:
        if isinstance(typed, bool):
            return "yes" if typed else "no"
        return super().read(question, typed)

    def labels(self) -> dict[str, str]:
        return {"yes": _("Yes"), "no": _("No")}


class GenderKind(_Fixed):
    """ "male" or "female"."""

    values = frozenset({"male", "female"})

    def read(self, question: Gender, typed: Any) -> Any:
        value = super().read(question, typed)
        return {"男": "male", "女": "female"}.get(value, value) if isinstance(value, str) else value

    def labels(self) -> dict[str, str]:
        return {"male": _("Male"), "female": _("Female")}
