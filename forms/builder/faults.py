"""Faults on the builder's page: at their blocks, and in a list with links to these."""

from __future__ import annotations

from typing import Any

from forms.builder.convert.to_blocks import block_id, own_lists
from forms.builder.edit_form import BuilderForm
from forms.builder.errors import FRONT, block_errors
from forms.definitions.fault import Fault, Path
from forms.definitions.places import part_at


def put_faults(form: BuilderForm, content: dict[str, Any], faults: list[Fault]) -> None:
    """Give the form errors where the faults are: at the blocks, and at the form's own fields."""
    own = own_lists(content)
    shared = [name for name in content.get("lists", {}) if name not in own]
    errors: dict[str, Any] = dict(block_errors(faults, shared))
    for fault in faults:
        if fault.setting in FRONT and (not fault.path or fault.path == ("about",)):
            errors.setdefault(fault.setting, []).append(fault.text)
        elif fault.path == ("about",):
            errors.setdefault("register", []).append(fault.text)
    form.show_errors(errors)


def said_with_links(content: dict[str, Any], faults: list[Fault]) -> list[dict[str, Any]]:
    """Return the faults with the id of the block that each is about."""
    return [{"fault": fault, "block": _block_of(content, fault.path)} for fault in faults]


def _block_of(content: dict[str, Any], path: Path) -> str:
    while path and path[-2:-1] not in (("steps",), ("items",), ("scores",)):
        path = path[:-1]
    part = part_at(content, path) if path else None
    if not isinstance(part, dict):
        return ""
    kind = "step" if path[-2] == "steps" else "score" if path[-2] == "scores" else part.get("type", "")
    return block_id(f"{kind}/{part.get('name', '')}")
