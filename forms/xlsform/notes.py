"""What an import has to tell: what a form cannot carry, and why a workbook is refused."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field

#: Rows of a sheet are counted as in a spreadsheet: the titles are row 1.
TITLES = 1


@dataclass(frozen=True)
class NotCarried:
    """A cell that the form does not carry as it stands, and what became of it."""

    sheet: str
    row: int
    column: str
    value: str
    reason: str

    def to_json(self) -> dict[str, str | int]:
        return asdict(self)


class WorkbookRefusedError(Exception):
    """The workbook is no form. `messages` are sentences that name the sheet and the row where they are known."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__("\n".join(messages))
        self.messages = messages


@dataclass
class Notes:
    """Collects what is not carried, in the order of the workbook."""

    found: list[NotCarried] = field(default_factory=list)

    def add(self, sheet: str, row: int, column: str, value: str, reason: str) -> None:
        self.found.append(NotCarried(sheet, row, column, value, str(reason)))

    def sorted(self) -> list[NotCarried]:
        order = {"survey": 0, "choices": 1, "settings": 2, "entities": 3}
        unique = dict.fromkeys(self.found)
        return sorted(unique, key=lambda note: (order.get(note.sheet, 4), note.row))
