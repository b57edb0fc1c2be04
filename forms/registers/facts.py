"""The facts of a record as they are shown: sensitive ones masked, whoever looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from forms.registers.models import Record
from forms.registers.properties import Property, Schema
from forms.registers.versions import facts_now
from forms.sealing.masking import mask
from forms.sealing.permissions import user_can_see_sensitive


@dataclass(frozen=True)
class Fact:
    """A property of a record as a reader sees it. `value` is None when it is masked.

    `may_reveal` says whether the reader may have the masked value shown, giving a reason that is logged.
    """

    property: Property
    shown: str
    value: Any = None
    masked: bool = False
    may_reveal: bool = False


def facts_of(record: Record, reader: Any) -> dict[str, Fact]:
    """Return the record's facts by property, in the order of the register; sensitive ones masked.

    Whether the reader may see the record at all has been asked before. One query, and one for each code list.
    """
    schema = record.register.schema
    values = facts_now(record)
    may_reveal = user_can_see_sensitive(reader, record)
    return {name: shown_fact(schema, name, values.get(name), may_reveal) for name in schema.properties}


def shown_fact(schema: Schema, name: str, value: Any, may_reveal: bool = False) -> Fact:
    """Return one fact as it is shown."""
    one = schema.properties[name]
    if one.sensitive:
        masked = value is not None
        return Fact(one, mask(one, value), masked=masked, may_reveal=masked and may_reveal)
    return Fact(one, schema.show(name, value), value)
