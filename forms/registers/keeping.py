"""The facts of a record on their way to and from the database: the sensitive ones sealed, each in its own place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from forms.sealing.seal import is_sealed, seal, unseal

if TYPE_CHECKING:
    from forms.registers.properties import Schema


def pack_facts(schema: Schema, facts: dict[str, Any], owner: str) -> dict[str, Any]:
    """Return the facts as JSON for the database; `owner` names the row that they are kept in."""
    return {
        name: seal(value, place_of_fact(owner, name)) if is_sensitive(schema, name) else value
        for name, value in facts.items()
    }


def unpack_facts(kept: dict[str, Any], owner: str) -> dict[str, Any]:
    """Return the facts, all opened. Raises BrokenSealError. Who shows them masks what the reader may not see."""
    return {
        name: unseal(value, place_of_fact(owner, name)) if is_sealed(value) else value
        for name, value in kept.items()
    }


def place_of_fact(owner: str, name: str) -> str:
    """Return the place that a fact is sealed to."""
    return f"{owner}/{name}"


def is_sensitive(schema: Schema, name: str) -> bool:
    """Say whether the property is sensitive. One that the register no longer knows is taken to be."""
    known = schema.properties.get(name)
    return known is None or known.sensitive
