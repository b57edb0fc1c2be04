"""Names that pyxform takes, for the names of a form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyxform.parsing.expression import is_xml_tag

from forms.definitions.document import Document
from forms.definitions.questions import Matrix

#: Names that mean something of their own in an XForm.
_TAKEN = {"meta", "data", "instanceID", "instanceName", "audit"}


class Names:
    """A name in the workbook for each part of the form, none given twice.

    Most names stay as they are. Those of steps give way to those of questions, since `${name}` knows no difference.
    """

    def __init__(self, document: Document) -> None:
        self.given: dict[str, str] = {}
        self._used: set[str] = set()
        for name in _answering(document):
            self.given.setdefault(name, self._fresh(name))
        self.steps = {step.name: self.new(step.name) for step in document.steps}
        self.lists: dict[str, str] = {}
        for name in document.lists:
            clean = name.replace(".", "_")
            while clean in self.lists.values():
                clean += "_"
            self.lists[name] = clean

    def of(self, name: str) -> str:
        """Return the workbook's name of a question, note, roster, matrix row or score."""
        return self.given.get(name, name)

    def new(self, name: str) -> str:
        """Return a name like this one that nothing else has."""
        return self._fresh(name)

    def label(self, text: str) -> str:
        """Return a label with its `${name}` under the workbook's names."""
        return re.sub(r"\$\{\s*([^\s{}]+)\s*\}", lambda match: f"${{{self.of(match[1])}}}", text)

    def _fresh(self, name: str) -> str:
        base = name if is_xml_tag(name) else re.sub(r"[^\w]", "_", name)
        base = base if is_xml_tag(base) else f"q_{len(self._used) + 1}"
        found, number = base, 1
        while found in self._used or found in _TAKEN:
            number += 1
            found = f"{base}_{number}"
        self._used.add(found)
        return found


def _answering(document: Document) -> Iterator[str]:
    for placed in document.walk():
        yield placed.item.name
        if isinstance(placed.item, Matrix):
            yield from (row.name for row in placed.item.rows)
    yield from (score.name for score in document.scores)
