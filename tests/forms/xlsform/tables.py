"""Workbooks written down as tables: short to read in a test."""

from forms.xlsform.reading import Imported, read_workbook


def imported(table: str, name: str = "probe") -> Imported:
    """Import a workbook written as | cells | between bars |, each sheet under its name."""
    lines = [line.strip() for line in table.strip().splitlines()]
    return read_workbook("\n".join(lines).encode(), f"{name}.md")


def survey(*rows: str, more: str = "") -> Imported:
    """Import a survey of rows `type | name | label | ...`; the first may be a row of titles."""
    titled = rows if rows[0].startswith("type") else ("type | name | label", *rows)
    return imported("| survey |\n" + "\n".join(f"| | {row} |" for row in titled) + "\n" + more)


def question(result: Imported, name: str) -> dict:
    """Return a question, note or roster as JSON, without what is at its default."""
    return next(placed.item.compact() for placed in result.document.walk() if placed.item.name == name)


def reasons(result: Imported) -> list[tuple[str, int, str]]:
    return [(note.sheet, note.row, note.column) for note in result.not_carried]
