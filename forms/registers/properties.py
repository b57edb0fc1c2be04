"""The properties of a register: what is known of each record. They are read and shown as questions of a form."""

from __future__ import annotations

import json
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Literal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from pydantic import Field
from pydantic import ValidationError as InvalidPropertyError

from forms.definitions.base import Label, Name, Part
from forms.definitions.choices import Choice
from forms.definitions.document import Document
from forms.definitions.questions import QUESTION_TYPES, Question
from forms.kinds import kind_of

if TYPE_CHECKING:
    from forms.registers.models import Register

PropertyType = Literal[
    "text", "long_text", "integer", "decimal", "date", "time", "month", "choice", "choices", "yes_no",
    "name", "gender", "id_number", "phone", "address",
]  # fmt: skip
PropertyRole = Literal["", "name", "id_number", "birth_date", "gender"]
CHOOSING = frozenset({"choice", "choices"})
#: Which types a role may have.
ROLE_TYPES: dict[str, frozenset[str]] = {
    "name": frozenset({"name", "text"}),
    "id_number": frozenset({"id_number"}),
    "birth_date": frozenset({"date"}),
    "gender": frozenset({"gender"}),
}


class Property(Part):
    """A property (属性). `role` says which one names the record, identifies it, dates its birth, tells its gender.

    A property to choose from has `choices` of its own, or `codes`, the name of a code list of the site.
    """

    name: Name
    label: Label = Field(min_length=1, max_length=120)
    hint: Label = ""
    type: PropertyType = "text"
    sensitive: bool = False
    searchable: bool = False
    required: bool = False
    role: PropertyRole = ""
    choices: tuple[Choice, ...] = ()
    codes: str = Field("", max_length=64)

    def model_post_init(self, _context: Any) -> None:
        if self.type in CHOOSING and bool(self.choices) == bool(self.codes):
            raise ValueError("A property to choose from has either choices or the name of a code list.")
        if self.role and self.type not in ROLE_TYPES[self.role]:
            raise ValueError("The property's type does not fit its role.")

    @cached_property
    def question(self) -> Question:
        """Return the question that asks for the property."""
        return QUESTION_TYPES[self.type].model_validate(self._content)

    @property
    def _content(self) -> dict[str, Any]:
        content = {"type": self.type, "name": self.name, "label": self.label, "hint": self.hint}
        chosen = {"list": self.name} if self.type in CHOOSING else {}
        return {**content, "required": self.required, "sensitive": self.sensitive, **chosen}


class Schema:
    """All properties of a register, and the document that asks for them."""

    def __init__(self, properties: tuple[Property, ...]) -> None:
        self.properties = {one.name: one for one in properties}

    def of_role(self, role: str) -> Property | None:
        """Return the property with the role."""
        return next((one for one in self.properties.values() if one.role == role), None)

    @cached_property
    def document(self) -> Document:
        """Return a form of one step with a question a property, its name the property's."""
        lists = {
            one.name: {"codes": one.codes}
            if one.codes
            else {"choices": [choice.compact() for choice in one.choices]}
            for one in self.properties.values()
            if one.type in CHOOSING
        }
        items = [one._content for one in self.properties.values()]
        step = {"name": "facts", "title": "facts", "items": items}
        return Document.model_validate({"title": "facts", "lists": lists, "steps": [step]})

    def parse(self, name: str, typed: Any) -> Any:
        """Return the value of what was typed for the property, as `Kind.parse` does."""
        return kind_of(self.properties[name].question).parse(self.properties[name].question, typed)

    def problems(self, name: str, value: Any) -> list[str]:
        """Return what is wrong with the property's value; a required one must be there."""
        one = self.properties[name]
        if value is None:
            return [_("This must be filled in.")] if one.required else []
        return kind_of(one.question).problems(one.question, value, self.document)

    def show(self, name: str, value: Any) -> str:
        """Return the property's value for people who may see it."""
        one = self.properties[name].question
        return kind_of(one).display(one, value, self.document)


def schema_of(register: Register) -> Schema:
    """Return the register's properties, read once in this process. Raises ValidationError when they are unfit."""
    return read_schema(json.dumps(register.properties, sort_keys=True, ensure_ascii=False))


@lru_cache(maxsize=64)
def read_schema(text: str) -> Schema:
    """Read a JSON list of properties. Raises ValidationError that names what is wrong."""
    found: list[Property] = []
    for number, content in enumerate(json.loads(text), 1):
        try:
            found.append(Property.model_validate(content))
        except InvalidPropertyError as error:
            raise ValidationError([_said(number, content, one) for one in error.errors()]) from error
    _check_once([one.name for one in found], _("The name “%(name)s” comes twice."))
    _check_once([one.role for one in found if one.role], _("Two properties have the role “%(name)s”."))
    return Schema(tuple(found))


def _check_once(names: list[str], sentence: str) -> None:
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise ValidationError(sentence % {"name": twice})


def _said(number: int, content: Any, error: Any) -> str:
    name = content.get("label") or content.get("name") if isinstance(content, dict) else ""
    place = " › ".join(str(part) for part in error["loc"])
    return _("Property %(number)d (%(name)s) %(place)s: %(problem)s") % {
        "number": number,
        "name": name or "?",
        "place": place,
        "problem": error["msg"],
    }
