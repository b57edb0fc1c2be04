"""What XLSForm allows and an offered form cannot have: mended where that is possible, and listed; else refused."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from forms.definitions.checks import faults
from forms.definitions.document import Document
from forms.definitions.fault import Fault
from forms.xlsform.notes import NotCarried, WorkbookRefusedError
from forms.xlsform.reading import Imported

_LAST_SAVED = re.compile(r"\$\{last-saved#[^}]*\}")
#: Stands where a label showed an answer that is not at hand.
_GAP = "____"


def publishable(imported: Imported) -> Imported:
    """Return the form without what keeps it from being published; each change becomes a note.

    Raises WorkbookRefusedError with what cannot be mended.
    """
    errors = [fault for fault in faults(imported.document) if fault.is_error]
    if not errors:
        return imported
    work = _Mending(imported.rows, deepcopy(imported.document.compact()))
    left = [fault for fault in errors if not work.mend(fault)]
    if left:
        raise WorkbookRefusedError([work.told(fault) for fault in left])
    document = Document.model_validate(work.content)
    return replace(imported, document=document, not_carried=[*imported.not_carried, *work.notes])


@dataclass
class _Mending:
    """One document's JSON while it is mended; `rows` tells where each question stands in the workbook."""

    rows: dict[str, int]
    content: dict[str, Any]
    notes: list[NotCarried] = field(default_factory=list)

    def mend(self, fault: Fault) -> bool:
        """Mend one fault; say whether that was possible."""
        if fault.check == "default-unfit":
            value = self._part(fault).pop("default")
            self._note(fault, "default", value, fault.message)
            return True
        if fault.check == "label-unknown-name":
            return self._without_last_saved(fault)
        return False

    def _without_last_saved(self, fault: Fault) -> bool:
        """Take answers of the last submission out of a text. The second fault of a text finds it mended."""
        part = self._part(fault)
        text = part.get(fault.setting, "")
        plain = _LAST_SAVED.sub(_GAP, text)
        if plain != text:
            part[fault.setting] = plain
            self._note(
                fault, fault.setting, text, _("The answers of the last submission are not at hand here.")
            )
        return "last-saved#" in fault.message

    def told(self, fault: Fault) -> str:
        """Return a sentence that names the row, where the fault has one."""
        if fault.question not in self.rows:
            return str(fault)
        where = {"sheet": "survey", "row": self.rows[fault.question]}
        return (
            _("Sheet “%(sheet)s”, row %(row)s") % where + f"：{fault.label or fault.question}：{fault.text}"
        )

    def _part(self, fault: Fault) -> dict[str, Any]:
        part: Any = self.content
        for key in fault.path:
            part = part[key]
        return part

    def _note(self, fault: Fault, column: str, value: str, reason: str) -> None:
        row = self.rows.get(fault.question, 0)
        self.notes.append(NotCarried("survey", row, column, value, reason))
