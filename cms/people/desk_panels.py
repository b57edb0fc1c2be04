"""Parts of the desk that other apps bring: `register_desk_panel("forms", "forms/desk/panel.html", gather)`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True)
class DeskPanel:
    """A part of the desk: its template, and what it shows (`panel` in the template)."""

    template: str
    content: Any


Gather = Callable[[HttpRequest], Any]
_MAKERS: dict[str, tuple[str, Gather]] = {}


def register_desk_panel(name: str, template: str, gather: Gather) -> None:
    """Show a part on everybody's desk, under the greeting; `gather` returns None for whom it is not meant.

    Registering a name again replaces the part.
    """
    _MAKERS[name] = (template, gather)


def desk_panels(request: HttpRequest) -> list[DeskPanel]:
    """Return the parts that the person's desk shows, in the order in which they were registered."""
    found = ((template, gather(request)) for template, gather in _MAKERS.values())
    return [DeskPanel(template, content) for template, content in found if content is not None]
