"""`/design/`: every component of `templates/design/` with its parameters and states.

The parameters are read from the comment at the head of each file, so that they stand in one place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cms.web.design_examples import EXAMPLES

FOLDER = "design"
_HEAD = re.compile(r"^\{% comment %\}\s*(.*?)\s*\{% endcomment %\}", re.DOTALL)
_PARAMETER = re.compile(r"^(?P<names>[a-z_]+(?:, [a-z_]+)*): (?P<what>.+)$")
#: Put together from others or part of every page: nothing to show by themselves.
PARTS = {
    "blocks/caption.html",
    "choice.html",
    "hero_art.html",
    "icon.html",
    "mark.html",
    "single.html",
    "site_foot.html",
    "site_head.html",
}


@dataclass(frozen=True)
class Component:
    """A file of the library: what it is, what it takes, how it looks in each state."""

    name: str
    template: str
    about: str
    parameters: list[tuple[str, str]]

    @property
    def examples(self) -> list[tuple[str, dict[str, Any]]]:
        """Return label and values of each state; parts of other components have none."""
        make = EXAMPLES.get(self.name)
        return make() if make else []


def component_files() -> list[str]:
    """Return the files of the library, relative to its folder."""
    folder = _folder()
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*.html"))


def describe(name: str) -> Component:
    """Read what a component says of itself; raises ValueError when it says nothing."""
    head = _HEAD.match((_folder() / name).read_text())
    if head is None:
        raise ValueError(f"{FOLDER}/{name} does not begin with a comment that documents it")
    lines = [line.strip() for line in head[1].splitlines()]
    found = [_PARAMETER.match(line) for line in lines]
    about = " ".join(line for line, parameter in zip(lines, found, strict=True) if not parameter)
    parameters = [(match["names"], match["what"]) for match in found if match]
    return Component(name, f"{FOLDER}/{name}", about, parameters)


@require_safe
def design_page(request: HttpRequest) -> HttpResponse:
    """Show the library. Linked from nowhere, not to be indexed."""
    components = [describe(name) for name in component_files() if name not in PARTS]
    response = render(request, "cms/design.html", {"components": components})
    response["X-Robots-Tag"] = "noindex"
    return response


def _folder() -> Path:
    return Path(settings.BASE_DIR) / "templates" / FOLDER
