"""pyxform's example workbooks and the tables of its tests: files in workbooks/, tables in workbooks/cases.md."""

from pathlib import Path

FOLDER = Path(__file__).parent / "workbooks"
FILES = sorted(path for path in FOLDER.iterdir() if path.suffix in {".xls", ".xlsx", ".xlsm", ".csv"})


def _tables() -> dict[str, str]:
    parts = (FOLDER / "cases.md").read_text().split("\n## ")[1:]
    return {name.strip(): table.strip() for name, _, table in (part.partition("\n") for part in parts)}


TABLES = _tables()


def every() -> list[tuple[str, bytes]]:
    """Give the name and the bytes of each workbook."""
    files = [(path.name, path.read_bytes()) for path in FILES]
    return files + [(f"{name}.md", table.encode()) for name, table in TABLES.items()]
