"""A form's document (表单定义): steps with questions, notes and rosters; lists; what it writes to a register."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from forms.definitions.base import Expression, Label, Name, Part
from forms.definitions.choices import ChoiceList
from forms.definitions.questions import AnyQuestion, Matrix, Question

SCHEMA_ID = "https://json-schema.org/draft/2020-12/schema"


class Note(Part):
    """A text between questions (说明). `${name}` in the label shows an answer."""

    type: Literal["note"] = "note"
    name: Name
    label: Label
    relevant: Expression = ""
    #: "heading" begins a group of questions within the step.
    appearance: Literal["text", "heading", "notice"] = "text"


class _Listing(Part):
    """What rosters of both levels share."""

    type: Literal["roster"] = "roster"
    name: Name
    label: Label
    hint: Label = ""
    #: What one item is called: 监护人.
    item_name: Label = ""
    #: How an item shows in the list: a text with `${name}` of its questions.
    item_label: Label = ""
    relevant: Expression = ""
    minimum: int = Field(0, ge=0, le=200)
    maximum: int = Field(50, ge=1, le=200)
    #: The number of items, when it follows from answers; people then neither add nor remove items.
    count: Expression = ""


class InnerRoster(_Listing):
    """A list within the items of a list (子列表)."""

    items: tuple[Annotated[AnyQuestion | Note, Field(discriminator="type")], ...] = Field(min_length=1)


class Roster(_Listing):
    """A list of things with questions of their own (名册), such as the members of a household."""

    items: tuple[Annotated[AnyQuestion | Note | InnerRoster, Field(discriminator="type")], ...] = Field(
        min_length=1
    )


Item = Annotated[AnyQuestion | Note | Roster, Field(discriminator="type")]
AnyRoster = Roster | InnerRoster


class Step(Part):
    """A page of the form (步骤)."""

    name: Name
    title: Label
    intro: Label = ""
    relevant: Expression = ""
    items: tuple[Item, ...] = ()


class Score(Part):
    """A sum of points (得分): of named scored items, each times its weight, or of an expression."""

    name: Name
    label: Label
    of: tuple[Name, ...] = ()
    weights: dict[Name, Decimal] = Field(default_factory=dict)
    expression: Expression = ""
    #: Bands of the result, from the lowest: {"from": 60, "label": "合格"}.
    bands: tuple[Band, ...] = ()


class Band(Part):
    """A range of a score, from this value on (分数段)."""

    at_least: Decimal
    label: Label


class About(Part):
    """How a form stands to a register (与台账的关系): it makes a record, or is about one.

    A form that is about a record also updates the properties that its questions save to. `when` is a condition.
    """

    register_name: Name = Field(alias="register")
    mode: Literal["makes", "about"]
    #: Writes to the register only when this holds.
    when: Expression = ""
    #: Writes when the submission is "approved", or as soon as it is "submitted".
    on: Literal["approved", "submitted"] = "approved"


class Document(Part):
    """A whole form, as it is published and kept for ever."""

    model_config = ConfigDict(title="Xinqiao form")

    format: Literal[1] = 1
    title: Label = Field(min_length=1, max_length=200)
    intro: Label = ""
    thanks: Label = ""
    about: About | None = None
    lists: dict[Name, ChoiceList] = Field(default_factory=dict)
    steps: tuple[Step, ...] = Field(min_length=1)
    scores: tuple[Score, ...] = ()
    #: A text with `${name}`: what a submission is called in lists.
    summary: Label = ""

    @cached_property
    def questions(self) -> dict[str, Placed]:
        """Every question by name, with the step and the rosters that it stands in. The first of a name wins."""
        found: dict[str, Placed] = {}
        for placed in self.walk():
            if isinstance(placed.item, Question):
                found.setdefault(placed.item.name, placed)
        return found

    @cached_property
    def sensitive(self) -> frozenset[str]:
        """The names of the questions whose answers are sealed."""
        return frozenset(name for name, placed in self.questions.items() if placed.item.sensitive)

    @cached_property
    def rosters(self) -> dict[str, Placed]:
        """Every roster by name."""
        return {p.item.name: p for p in self.walk() if isinstance(p.item, _Listing)}

    @cached_property
    def matrix_rows(self) -> dict[str, str]:
        """The name of the matrix for each row's name."""
        return {
            row.name: placed.item.name
            for placed in self.walk()
            if isinstance(placed.item, Matrix)
            for row in placed.item.rows
        }

    def walk(self) -> Iterator[Placed]:
        """Give every item of every step, in order; a roster before its items."""
        for step in self.steps:
            yield from _walk(step.items, step, ())


class Placed:
    """An item of a document and where it stands: its step and its rosters, from the outer to the inner."""

    __slots__ = ("item", "rosters", "step")

    def __init__(self, item: Any, step: Step, rosters: tuple[AnyRoster, ...]) -> None:
        self.item, self.step, self.rosters = item, step, rosters


def _walk(items: tuple[Any, ...], step: Step, rosters: tuple[AnyRoster, ...]) -> Iterator[Placed]:
    for item in items:
        yield Placed(item, step, rosters)
        if isinstance(item, _Listing):
            yield from _walk(item.items, step, (*rosters, item))  # type: ignore[attr-defined,arg-type]


Score.model_rebuild()


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a form's document."""
    return {"$schema": SCHEMA_ID, **Document.model_json_schema(by_alias=True)}
