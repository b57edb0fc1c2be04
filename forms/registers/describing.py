"""What a record's row says of it, taken from the facts by the properties' roles."""

from __future__ import annotations

from datetime import date
from typing import Any

from forms.kinds.base import is_raw
from forms.registers.models import Record, RecordFact
from forms.registers.names import initials_of, sort_key_of, sound_of
from forms.registers.properties import Property, Schema
from forms.sealing.masking import mask
from forms.sealing.seal import blind

FACT_LIMIT = 200
NAME_LIMIT = 120


def describe(record: Record, schema: Schema, facts: dict[str, Any]) -> None:
    """Put name, sort key, sounds, birth, gender and fingerprints into the row. Saving is the caller's."""
    naming = schema.of_role("name")
    name = text_of_role(schema, facts, "name")
    hidden = naming is not None and naming.sensitive
    record.label = (mask(naming, name) if hidden else name[:NAME_LIMIT]) or "?"
    record.sort_key = "" if hidden else sort_key_of(name)
    record.initials = "" if hidden else initials_of(name)
    record.sound = "" if hidden else sound_of(name)
    born = text_of_role(schema, facts, "birth_date")
    record.birth_date = date.fromisoformat(born) if born and not _sensitive(schema, "birth_date") else None
    record.gender = "" if _sensitive(schema, "gender") else text_of_role(schema, facts, "gender")
    record.id_blind = id_fingerprint(text_of_role(schema, facts, "id_number"))
    record.birth_blind = birth_fingerprint(name, born)


def text_of_role(schema: Schema, facts: dict[str, Any], role: str) -> str:
    """Return the value of the property with the role; empty when there is none that could be read."""
    one = schema.of_role(role)
    value = facts.get(one.name) if one else None
    return value if isinstance(value, str) and not is_raw(value) else ""


def id_fingerprint(id_number: str) -> str:
    """Return what finds an id number again, empty for none."""
    return blind(id_number, "id_number") if id_number else ""


def birth_fingerprint(name: str, born: str) -> str:
    """Return what finds a name with a date of birth again, empty unless both are known."""
    return blind(f"{name}|{born}", "name_birth") if name and born else ""


def keep_searchable(record: Record, schema: Schema, facts: dict[str, Any]) -> None:
    """Make the record's searchable facts those of its newest version. Two queries."""
    rows = [
        RecordFact(
            record=record, property_name=one.name, value=schema.show(one.name, facts[one.name])[:FACT_LIMIT]
        )
        for one in schema.properties.values()
        if one.searchable and not one.sensitive and facts.get(one.name) is not None
    ]
    record.searchable_facts.all().delete()
    RecordFact.objects.bulk_create(rows)


def _sensitive(schema: Schema, role: str) -> bool:
    one: Property | None = schema.of_role(role)
    return one is not None and one.sensitive
