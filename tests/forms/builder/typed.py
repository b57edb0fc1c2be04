"""What a browser sends from the builder."""

from __future__ import annotations

import json
from html import unescape
from re import findall
from typing import Any

from forms.builder.edit_form import BuilderForm


def typed(content: dict[str, Any], revision: int = 0, **more: Any) -> dict[str, Any]:
    """Return the fields of the builder with this document in them."""
    initial = BuilderForm.initial_for(content)
    fields: dict[str, Any] = {
        "revision": revision,
        "audience": "teachers",
        "title": "",
        "mode": "about",
        "on": "approved",
    }
    fields |= {name: value for name, value in initial.items() if isinstance(value, str)}
    form = BuilderForm()
    for name in ("steps", "lists", "scores"):
        block = form.fields[name].block
        fields |= _stream(name, block.get_form_state(initial[name]), block)
    return fields | more


def _stream(prefix: str, state: list[dict[str, Any]], block: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {f"{prefix}-count": len(state)}
    for number, child in enumerate(state):
        at = f"{prefix}-{number}"
        fields |= {
            f"{at}-deleted": "",
            f"{at}-order": number,
            f"{at}-type": child["type"],
            f"{at}-id": child["id"] or "",
        }
        fields |= _value(f"{at}-value", child["value"], block.child_blocks[child["type"]])
    return fields


def _value(prefix: str, state: Any, block: Any) -> dict[str, Any]:
    if hasattr(block, "child_blocks") and isinstance(state, dict):
        fields: dict[str, Any] = {}
        for name, child in state.items():
            fields |= _value(f"{prefix}-{name}", child, block.child_blocks[name])
        return fields
    if hasattr(block, "child_blocks"):
        return _stream(prefix, state, block)
    if isinstance(state, list):
        state = state[0] if state else ""
    if isinstance(state, bool):
        return {prefix: "on"} if state else {}
    return {prefix: "" if state is None else state}


def shown_errors(html: str, field: str = "steps") -> Any:
    """Return the errors that the page gives to the blocks of a field."""
    for identity, arguments in findall(
        r'id="(\w+)" data-block[^>]*data-w-block-arguments-value="([^"]*)"', html
    ):
        if identity == field:
            return json.loads(unescape(arguments))[1]
    raise AssertionError(f"there is no {field} on the page")
