"""How the tests of checks ask."""

from __future__ import annotations

from typing import Any

from forms.definitions.checks import faults
from forms.definitions.document import Document
from forms.definitions.fault import Fault
from tests.factories.forms import one_step

COLOURS = {"choices": [{"value": "red", "label": "红"}, {"value": "blue", "label": "蓝"}]}


def found(*items: dict[str, Any], check: str, public: bool = False, **more: Any) -> list[Fault]:
    """Return the faults of one check in a form of one step with these items."""
    return found_in(one_step(*items, **more), check=check, public=public)


def found_in(content: dict[str, Any], *, check: str, public: bool = False) -> list[Fault]:
    """Return the faults of one check in a form."""
    return [one for one in faults(Document.model_validate(content), public=public) if one.check == check]


def roster(name: str, *items: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return a roster for a document."""
    return {"type": "roster", "name": name, "label": f"名册{name}", "items": list(items), **more}
