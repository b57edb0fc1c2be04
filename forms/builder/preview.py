"""A form as it will look, without anybody's answers: the pages of filling, each step below the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from forms.definitions.document import AnyRoster, Document, InnerRoster, Roster, Step
from forms.definitions.fault import Fault
from forms.definitions.reading import read_leniently
from forms.filling.places import Place
from forms.filling.step_form import StepForm

#: Stands for an item of a roster that nobody has added.
EXAMPLE = "example"


@dataclass
class Page:
    """A step, or an item of a roster, in the preview."""

    step: Step
    form: StepForm
    roster: AnyRoster | None = None


def pages_of(document: Document) -> list[Page]:
    """Return every page that a person may come to, an item of each roster after its step."""
    return [page for step in document.steps for page in _pages(Place(document, step))]


def _pages(place: Place) -> list[Page]:
    pages = [Page(place.step, StepForm(place), place.roster)]
    for part in place.parts:
        if isinstance(part, Roster | InnerRoster):
            pages += _pages(place.within(part, EXAMPLE))
    return pages


def preview_of(content: dict[str, Any]) -> tuple[Document | None, list[Page], list[Fault]]:
    """Return what can be shown of a document's JSON, and what keeps the rest from being shown."""
    document, faults = read_leniently(content)
    return document, pages_of(document) if document else [], faults
